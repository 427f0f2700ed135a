banshi.put("letters/u","kuuv0t","")
