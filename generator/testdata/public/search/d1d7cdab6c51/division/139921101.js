banshi.put("division/139921101","1tuc207","示例镇\t139921\t示例县\n0S\n")
