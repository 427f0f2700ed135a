banshi.put("letters/p","kuuuwi","")
