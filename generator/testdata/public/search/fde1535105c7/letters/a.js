banshi.put("letters/a","kuuujl","")
