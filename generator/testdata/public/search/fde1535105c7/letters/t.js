banshi.put("letters/t","1xyjawk","7\t体检证")
