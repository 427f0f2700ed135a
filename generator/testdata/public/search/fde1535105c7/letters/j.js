banshi.put("letters/j","m4lpnb","7\t健康证在哪办")
