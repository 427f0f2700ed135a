banshi.put("division/139900","示例市\t130000\t示例省\nhS\n9.")
