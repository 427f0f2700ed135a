banshi.put("letters/y","16zi7qo","9\t3business-license\t营业执照")
