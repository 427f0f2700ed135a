banshi.put("letters/b","1afna56","0\t办低保\n4\t补证\n6\t摆摊")
