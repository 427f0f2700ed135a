banshi.put("letters/c","1rxz1p7","0\t吃低保\n3\t餐厅")
