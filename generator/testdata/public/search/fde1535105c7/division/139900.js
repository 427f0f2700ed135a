banshi.put("division/139900","5sxpl5","示例市\t130000\t示例省\n3C\n0A3A\n139921 示例县\t139971 示例经济开发区 139921\nC")
