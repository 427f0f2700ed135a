banshi.put("letters/k","7yjqa3","0\t困难补助\n3\t开小吃店\t开餐馆\t开饭店\n6\t开饭馆")
