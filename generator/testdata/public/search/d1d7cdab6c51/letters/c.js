banshi.put("letters/c","1rxyepo","0\t吃低保\n2\t餐厅")
