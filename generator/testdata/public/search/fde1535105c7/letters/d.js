banshi.put("letters/d","1m899qd","0\t低保\t低保户")
