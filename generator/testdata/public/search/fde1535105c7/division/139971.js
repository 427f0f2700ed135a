banshi.put("division/139971","nkufua","示例经济开发区\t139921\t示例市\n\n\n\n-")
