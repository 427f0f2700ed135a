banshi.put("letters/f","1li1jv0","2\t饭馆")
