banshi.put("letters/m","1otck40","2\t面馆")
