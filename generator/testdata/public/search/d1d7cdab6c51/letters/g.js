banshi.put("letters/g","7b3650","i\t6about/\t关于本站")
