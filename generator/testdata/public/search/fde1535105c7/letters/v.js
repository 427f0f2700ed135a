banshi.put("letters/v","kuuv1o","")
