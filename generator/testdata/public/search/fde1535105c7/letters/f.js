banshi.put("letters/f","1li26uj","3\t饭馆")
