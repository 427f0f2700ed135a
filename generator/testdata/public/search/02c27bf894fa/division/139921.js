banshi.put("division/139921","示例县\t139900\t示例市\n9S8S\n")
