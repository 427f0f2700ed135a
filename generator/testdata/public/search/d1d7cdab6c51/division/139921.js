banshi.put("division/139921","r71d6m","示例县\t139900\t示例市\n0S2S\n")
