banshi.put("names/6","1o1hv4o","0\t低保户\t困难补助\n4\t新开店\t首次办\n7\t体检证\t健康证在哪办\n8\t3dibao-form\t最低生活保障申请书\na\t3layout\t设备布局图和操作流程\nh\t5social-aid\t社会救助暂行办法\nj\t6about/\t关于本站")
