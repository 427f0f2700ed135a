banshi.put("current","02c27bf894fa")
