banshi.put("letters/h","kuuupm","")
