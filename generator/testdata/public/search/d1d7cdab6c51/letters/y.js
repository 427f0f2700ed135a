banshi.put("letters/y","183eehd","8\t3business-license\t营业执照")
