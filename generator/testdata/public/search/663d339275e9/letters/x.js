banshi.put("letters/x","1m2tn54","3\t新开店\n6\t小吃摊\nf\t5administrative-litigation-law\t中华人民共和国行政诉讼法\t行政诉讼法\ng\t5administrative-reconsideration-law\t中华人民共和国行政复议法\t行政复议法")
