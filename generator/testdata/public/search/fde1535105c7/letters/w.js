banshi.put("letters/w","1axujat","3\t卫生许可证")
