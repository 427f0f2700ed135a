banshi.put("letters/o","kuuuvn","")
