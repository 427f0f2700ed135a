banshi.put("letters/d","1ob7tsi","0\t低保\t低保户\n6\t地摊")
