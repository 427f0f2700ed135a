banshi.put("letters/r","kuuuy8","")
