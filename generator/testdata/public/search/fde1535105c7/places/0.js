banshi.put("places/0","xtxejj","示例镇\t139921101\t139921")
