banshi.put("division/139921101","示例镇\t139921\t示例县\n9S\n")
