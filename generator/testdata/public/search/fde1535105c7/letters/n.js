banshi.put("letters/n","kuuuus","")
