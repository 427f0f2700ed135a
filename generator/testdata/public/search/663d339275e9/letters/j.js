banshi.put("letters/j","1ey86pi","8\t健康证在哪办")
