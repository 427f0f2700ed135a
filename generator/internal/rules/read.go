package rules

import "banshi/generator/internal/diag"

// readRules are the mistakes found while files are read: by the decoder, by the loader and by the configuration. They have no
// check here; they are listed so that every problem can be explained.
var readRules = []Rule{
	{
		ID: "bad-encoding", Family: "read",
		Title:       diag.Text{ZH: "文件不是 UTF-8", EN: "the file is not UTF-8"},
		Reason:      diag.Text{ZH: "TOML 1.0 规定文件用 UTF-8 编码。", EN: "TOML 1.0 demands UTF-8."},
		Explanation: diag.Text{ZH: "用编辑器“另存为”UTF-8（不带 BOM）。从旧系统导出的 GBK 文本要先转码。", EN: "Save the file as UTF-8 without a byte order mark."},
		Bad:         "# 用 GBK 保存的文件", Good: `name = "食品经营许可"`,
	}, {
		ID: "control-character", Family: "read",
		Title:       diag.Text{ZH: "有看不见的控制字符", EN: "an invisible control character"},
		Reason:      diag.Text{ZH: "看不见的字符会让页面和检索与看到的不一样（TOML 1.0；Unicode TR36）。", EN: "Text must be what it looks like (TOML 1.0, Unicode TR36)."},
		Explanation: diag.Text{ZH: "删掉那个字符，重新输入这一段，不要从网页或 Word 里整段复制。", EN: "Delete the character and type the passage again."},
		Bad:         "# 文字中间夹着改变阅读方向的字符", Good: `plain = "开饭店先办这个证。"`,
	}, {
		ID: "file-too-large", Family: "read",
		Title:       diag.Text{ZH: "文件太大", EN: "the file is too large"},
		Reason:      diag.Text{ZH: "一条记录不会超过 64 KiB；更大的多半放错了东西。", EN: "No record needs more than 64 KiB."},
		Explanation: diag.Text{ZH: "长篇说明放到 content/ 的文章里，记录里写链接；附件不放进 data/。", EN: "Move long text to an article under content/ and link to it."},
		Bad:         "# 超过 64 KiB 的记录", Good: `plain = "一句话说清什么时候办。"`,
	}, {
		ID: "nesting-too-deep", Family: "read",
		Title:       diag.Text{ZH: "括号套得太深", EN: "brackets nested too deep"},
		Reason:      diag.Text{ZH: "记录最多套 8 层，更深的会拖垮读取程序。", EN: "Records nest at most 8 deep; more would hurt the reader."},
		Explanation: diag.Text{ZH: "检查是不是少了一个右括号，或者把列表写成了列表的列表。", EN: "Look for a missing closing bracket."},
		Bad:         "levels = [[[[[[[[[\"县级\"]]]]]]]]]", Good: `levels = ["县级"]`,
	}, {
		ID: "key-too-long", Family: "read",
		Title:       diag.Text{ZH: "键写得太长", EN: "a key is too long"},
		Reason:      diag.Text{ZH: "一个键最多 8 段、512 字节。", EN: "A key has at most 8 parts and 512 bytes."},
		Explanation: diag.Text{ZH: "检查等号前面是不是写进了正文。", EN: "Look whether text stands before the equals sign."},
		Bad:         "a.b.c.d.e.f.g.h.i = 1", Good: `fee.charged = false`,
	}, {
		ID: "too-many-keys", Family: "read",
		Title:       diag.Text{ZH: "键太多", EN: "too many keys"},
		Reason:      diag.Text{ZH: "一条记录最多 2,000 个键。", EN: "A record has at most 2,000 keys."},
		Explanation: diag.Text{ZH: "一个文件只写一条记录；情形用 cases，不要把每种情形抄成一份。", EN: "One record a file; use cases instead of copies."},
		Bad:         "# 超过 2,000 个键的记录", Good: `name = "新办"`,
	}, {
		ID: "syntax", Family: "read",
		Title:       diag.Text{ZH: "TOML 写法有错", EN: "a mistake of TOML syntax"},
		Reason:      diag.Text{ZH: "记录是 TOML 1.0 文件，写错的地方读不出来。", EN: "Records are TOML 1.0."},
		Explanation: diag.Text{ZH: "文字要用英文双引号括起来，列表用方括号、逗号隔开，日期写 2026-01-31。报错的位置往往就在出错处或者它的前一行。", EN: "Put text in straight double quotes, lists in brackets with commas, dates as 2026-01-31."},
		Bad:         "name = 食品经营许可", Good: `name = "食品经营许可"`,
	}, {
		ID: "duplicate-key", Family: "read",
		Title:       diag.Text{ZH: "同一个键写了两次", EN: "a key written twice"},
		Reason:      diag.Text{ZH: "TOML 1.0 规定一个键只写一次，写两次不知道哪个算数。", EN: "TOML 1.0: a key is written once."},
		Explanation: diag.Text{ZH: "合并两处或者删掉一处。列表的每一项用 [[materials]] 这样的双方括号。", EN: "Merge the two or delete one; members of lists begin with [[…]]."},
		Bad:         "visits = 1\nvisits = 0", Good: "visits = 0",
	}, {
		ID: "unknown-key", Family: "read",
		Title:       diag.Text{ZH: "没有这个键", EN: "unknown key"},
		Reason:      diag.Text{ZH: "写错的键如果不报错，内容就会悄悄丢掉（data/README.md）。", EN: "A misspelt key would silently lose what it says (data/README.md)."},
		Explanation: diag.Text{ZH: "按提示改成正确的键；全部的键用 banshi explain 或 banshi schema 查。", EN: "Use the key suggested; `banshi explain` lists them."},
		Bad:         `promis = [{ value = 5, unit = "工作日" }]`, Good: `promise = [{ value = 5, unit = "工作日" }]`,
	}, {
		ID: "wrong-type", Family: "read",
		Title:       diag.Text{ZH: "值的种类不对", EN: "a value of the wrong type"},
		Reason:      diag.Text{ZH: "每个键只有一种写法，别的写法读不出来（data/README.md）。", EN: "Every key has one type (data/README.md)."},
		Explanation: diag.Text{ZH: "数字不加引号，文字要加引号，列表用方括号。", EN: "No quotes around numbers, quotes around text, brackets around lists."},
		Bad:         `visits = "1"`, Good: `visits = 1`,
	}, {
		ID: "wrong-value", Family: "read",
		Title:       diag.Text{ZH: "值读不懂", EN: "a value that cannot be read"},
		Reason:      diag.Text{ZH: "日期等值有固定的写法（TOML 1.0）。", EN: "Dates and such have one form (TOML 1.0)."},
		Explanation: diag.Text{ZH: "日期写成 2026-01-31，不加引号、不带时间。", EN: "Write dates as 2026-01-31 without quotes."},
		Bad:         `effective_from = 2026-01-31T08:00:00`, Good: `effective_from = 2026-01-31`,
	}, {
		ID: "path", Family: "read",
		Title:       diag.Text{ZH: "文件放错了地方", EN: "a file in the wrong place"},
		Reason:      diag.Text{ZH: "记录的种类和编号由它的位置决定（data/README.md），放错了就没人读它。", EN: "Where a record stands says what it is (data/README.md)."},
		Explanation: diag.Text{ZH: "事项放在 items/<事项>/item.toml，业务办理项是旁边的 01.toml，各地的放在 divisions/<区划>/<事项>.toml。", EN: "Items live in items/<item>/item.toml, procedures beside them in 01.toml, local records in divisions/<division>/<item>.toml."},
		Bad:         "# data/items/food-business.toml", Good: "# data/items/food-business/item.toml",
	}, {
		ID: "catalogue-locked", Family: "standard",
		Title:       diag.Text{ZH: "地方记录里写了目录要素", EN: "a catalogue key in a local record"},
		Reason:      diag.Text{ZH: "同一事项名称、类型、依据、编码全省统一（冀政办《加快推进“互联网+政务服务”》三级四同）。", EN: "Name, type, basis and code are the same in the whole province (三级四同)."},
		Explanation: diag.Text{ZH: "删掉这一行。省里写得不对的，改 data/items/…/item.toml，全省一起改。", EN: "Remove the line; propose a change of item.toml instead."},
		Bad:         "# data/divisions/139921/food-business.toml\nname = \"食品经营许可证办理\"", Good: "# data/divisions/139921/food-business.toml\none_window = true",
	}, {
		ID: "site-setting", Family: "read",
		Title:       diag.Text{ZH: "网站设置缺项", EN: "a setting of the site is missing"},
		Reason:      diag.Text{ZH: "没有名称、网址、许可和所属地区，编不出网站（site.toml）。", EN: "A site needs a title, an address, a licence and a division (site.toml)."},
		Explanation: diag.Text{ZH: "在 site.toml 里补上提示的那一项。", EN: "Add what the message names to site.toml."},
		Bad:         `title = ""`, Good: "title = \"示例县政务服务\"\nbase_url = \"https://example.gov.cn\"\ndivision = \"139921\"",
	},
}

// articleRules are those of content/, found by package article.
var articleRules = []Rule{
	{
		ID: "article-path", Family: "read",
		Title:       diag.Text{ZH: "文章放错了地方", EN: "an article in the wrong place"},
		Reason:      diag.Text{ZH: "文章的网址由它在 content/ 里的位置决定（content/README.md）。", EN: "The address of an article is its path under content/ (content/README.md)."},
		Explanation: diag.Text{ZH: "文件名只用小写字母、数字和连字符，以 .md 结尾。", EN: "Names use a–z, 0–9 and hyphens and end in .md."},
		Bad:         "# content/帮助.md", Good: "# content/help.md",
	}, {
		ID: "article-address", Family: "read",
		Title:       diag.Text{ZH: "两篇文章的网址一样", EN: "two articles with one address"},
		Reason:      diag.Text{ZH: "一个网址只能有一篇文章（content/README.md）。", EN: "One address, one article (content/README.md)."},
		Explanation: diag.Text{ZH: "给其中一篇改名，或者并成一篇。", EN: "Rename one of them or make one of both."},
		Bad:         "# content/help.md 和 content/help/index.md", Good: "# content/help.md",
	}, {
		ID: "article-head", Family: "read",
		Title:       diag.Text{ZH: "文章没有题头", EN: "an article without a head"},
		Reason:      diag.Text{ZH: "题头说明文章是什么（content/README.md）。", EN: "The head says what an article is (content/README.md)."},
		Explanation: diag.Text{ZH: "文件以一行 +++ 开头，写 TOML，再以一行 +++ 结束。", EN: "Begin with a line +++, write TOML, and end with a line +++."},
		Bad:         "# 没有 +++ 的文章", Good: "# +++\ntitle = \"怎么看办事指南\"\nkind = \"帮助\"\n# +++",
	}, {
		ID: "article-limit", Family: "read",
		Title:       diag.Text{ZH: "文章太大或者套得太深", EN: "an article too large or nested too deep"},
		Reason:      diag.Text{ZH: "过深的嵌套会拖垮读取程序（CommonMark 实现的已知风险）。", EN: "Deep nesting hurts readers of Markdown."},
		Explanation: diag.Text{ZH: "拆成几篇，或者减少引用和列表的层数。", EN: "Split it, or nest quotes and lists less."},
		Bad:         "# > > > > > > > > 引用套引用", Good: "# > 引用一层",
	}, {
		ID: "article-required", Family: "read",
		Title:       diag.Text{ZH: "文章题头缺项", EN: "the head of an article lacks a key"},
		Reason:      diag.Text{ZH: "没有标题和种类，不知道放在哪里（content/README.md）。", EN: "Without a title and a kind an article has no place (content/README.md)."},
		Explanation: diag.Text{ZH: "在两行 +++ 之间补上提示的键；政策和公告要写日期。", EN: "Add the key to the head; policies and notices are dated."},
		Bad:         `title = "怎么看办事指南"`, Good: "title = \"怎么看办事指南\"\nkind = \"帮助\"",
	}, {
		ID: "article-kind", Family: "read",
		Title:       diag.Text{ZH: "没有这种文章", EN: "unknown kind of article"},
		Reason:      diag.Text{ZH: "文章的种类决定它出现在哪里（content/README.md）。", EN: "The kind of an article decides where it appears (content/README.md)."},
		Explanation: diag.Text{ZH: "按提示改 kind。", EN: "Use one of the kinds the message names."},
		Bad:         `kind = "新闻稿"`, Good: `kind = "公告"`,
	}, {
		ID: "article-heading", Family: "read",
		Title:       diag.Text{ZH: "标题跳级", EN: "headings skip a level"},
		Reason:      diag.Text{ZH: "读屏软件靠标题说出文章的结构（GB/T 37668-2019 无障碍）。", EN: "Screen readers tell the outline by headings (GB/T 37668-2019)."},
		Explanation: diag.Text{ZH: "正文从 ## 开始，一级一级往下。", EN: "Begin with ## and skip none."},
		Bad:         "# 正文里：#### 怎么查", Good: "# 正文里：## 怎么查",
	}, {
		ID: "article-link", Family: "read",
		Title:       diag.Text{ZH: "不能用的链接", EN: "a link that cannot be used"},
		Reason:      diag.Text{ZH: "javascript: 等地址会在读者的电脑上执行程序（OWASP）。", EN: "Addresses such as javascript: run programs at the reader's (OWASP)."},
		Explanation: diag.Text{ZH: "写 https、http、mailto、tel 开头的地址，或者本站的相对地址。", EN: "Write https, http, mailto, tel or an address of this site."},
		Bad:         "# [查询](javascript:open())", Good: "# [查询](https://zwfw.hebei.gov.cn)",
	},
}
