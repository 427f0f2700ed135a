banshi.put("letters/b","hf6jr","0\t办低保\n4\t补证")
