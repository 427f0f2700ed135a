banshi.put("letters/k","eqi1nx","0\t困难补助\n2\t开小吃店\t开餐馆\t开饭店\n7\t开饭馆")
