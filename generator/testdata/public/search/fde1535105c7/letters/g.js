banshi.put("letters/g","1xz7ckz","j\t6about/\t关于本站")
