banshi.put("letters/l","kuuut2","")
