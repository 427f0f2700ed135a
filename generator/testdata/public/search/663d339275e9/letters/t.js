banshi.put("letters/t","1xz33hx","8\t体检证")
