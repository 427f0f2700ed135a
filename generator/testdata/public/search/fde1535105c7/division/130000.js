banshi.put("division/130000","1pd3f78","示例省\t\t\n\n3A\n139900 示例市\nC")
