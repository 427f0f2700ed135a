banshi.put("letters/x","1q15s36","4\t新开店\ne\t5administrative-reconsideration-law\t中华人民共和国行政复议法\t行政复议法\nf\t5administrative-litigation-law\t中华人民共和国行政诉讼法\t行政诉讼法")
