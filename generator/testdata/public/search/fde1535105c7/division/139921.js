banshi.put("division/139921","5vo2hy","示例县\t139900\t示例市\n0C3C\n0A\n139921101 示例镇\nC")
