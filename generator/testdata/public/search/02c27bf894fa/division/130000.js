banshi.put("division/130000","示例省\t\t\n\nh.")
