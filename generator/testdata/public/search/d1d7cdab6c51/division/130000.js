banshi.put("division/130000","10fjcrl","示例省\t\t\n\n2A\n139900 示例市\n1")
