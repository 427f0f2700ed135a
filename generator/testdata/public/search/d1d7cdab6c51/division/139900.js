banshi.put("division/139900","ml9p3t","示例市\t130000\t示例省\n2S\n0A\n139921 示例县\t139971 示例经济开发区\n1")
