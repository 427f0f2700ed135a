banshi.put("letters/m","1otd73j","3\t面馆")
