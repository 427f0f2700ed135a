banshi.put("letters/0","kuutde","")
