banshi.put("letters/w","w9g92s","2\t卫生许可证")
