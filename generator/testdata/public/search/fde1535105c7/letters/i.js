banshi.put("letters/i","kuuuqh","")
