banshi.put("letters/q","kuuuxd","")
