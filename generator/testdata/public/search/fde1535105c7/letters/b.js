banshi.put("letters/b","hftja","0\t办低保\n5\t补证")
