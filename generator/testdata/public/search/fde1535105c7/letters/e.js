banshi.put("letters/e","kuuun1","")
