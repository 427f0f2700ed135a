package markdown

import (
	"errors"
	"reflect"
	"strings"
	"sync"
	"testing"
)

func convert(t *testing.T, src string, o Options) Doc {
	t.Helper()
	doc, err := Convert([]byte(src), o)
	if err != nil {
		t.Fatalf("Convert(%q): %v", src, err)
	}
	return doc
}

const article = `# 怎么办食品经营许可

**注意：**请先看*是不是*办这个。详见https://www.hebei.gov.cn/a_b。
第二行接着写
ETC 也一样。

## 一、要带什么？

| 材料 | 份数 |
|:--|--:|
| 营业执照 | 1 |
| [身份证](../materials/id-card.html) | 1 |

## 一、要带什么？

3. 到窗口
4. 等 5 个工作日

> 打 [12345](tel:12345)。

` + "`申请书.docx`" + ` 与 ![窗口](hall.png)，[外站](https://example.org/?a=1&copy=2)。
`

func TestConvert(t *testing.T) {
	doc := convert(t, article, Options{HeadingShift: 1, IDPrefix: "a-"})
	wantHeadings := []Heading{
		{2, 1, "a-怎么办食品经营许可", "怎么办食品经营许可"},
		{3, 7, "a-一-要带什么", "一、要带什么？"},
		{3, 14, "a-一-要带什么-2", "一、要带什么？"},
	}
	if !reflect.DeepEqual(doc.Headings, wantHeadings) {
		t.Errorf("headings %+v", doc.Headings)
	}
	wantLinks := []string{
		"https://www.hebei.gov.cn/a_b", "../materials/id-card.html", "tel:12345", "hall.png", "https://example.org/?a=1&copy=2",
	}
	if !reflect.DeepEqual(doc.Links, wantLinks) || doc.Refused != nil {
		t.Errorf("links %q, refused %q", doc.Links, doc.Refused)
	}
	for _, want := range []string{
		`<h2 id="a-怎么办食品经营许可">怎么办食品经营许可</h2>`,
		`<p><strong>注意：</strong>请先看<em>是不是</em>办这个。`,
		`详见<a href="https://www.hebei.gov.cn/a_b" rel="noopener">https://www.hebei.gov.cn/a_b</a>。第二行接着写` + "\nETC 也一样。",
		`<th scope="col" class="align-left">材料</th>`,
		`<td class="align-right">1</td>`,
		`<td class="align-left"><a href="../materials/id-card.html">身份证</a></td>`,
		`<ol start="3">`,
		`<a href="tel:12345">12345</a>`,
		`<code>申请书.docx</code>`,
		`<img src="hall.png" alt="窗口" loading="lazy">`,
		`<a href="https://example.org/?a=1&amp;copy=2" rel="noopener">外站</a>`,
	} {
		if !strings.Contains(doc.HTML, want) {
			t.Errorf("the HTML lacks %s\n%s", want, doc.HTML)
		}
	}
	wantText := `怎么办食品经营许可
注意：请先看是不是办这个。详见https://www.hebei.gov.cn/a_b。第二行接着写 ETC 也一样。
一、要带什么？
材料 份数
营业执照 1
身份证 1
一、要带什么？
到窗口
等 5 个工作日
打 12345。
申请书.docx 与 窗口，外站。`
	if doc.Text != wantText {
		t.Errorf("text:\n%s", doc.Text)
	}
}

func TestDeterministic(t *testing.T) {
	want := convert(t, article, Options{})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 20 {
				if got, err := Convert([]byte(article), Options{}); err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("another result: %v", err)
				}
			}
		})
	}
	all.Wait()
}

func TestEmphasis(t *testing.T) {
	for in, want := range map[string]string{
		"**注意：**请带身份证":            "<strong>注意：</strong>请带身份证",
		"请**注意：**带身份证":            "请<strong>注意：</strong>带身份证",
		"请带**身份证**原件":             "请带<strong>身份证</strong>原件",
		"请带**《居住证》**原件":           "请带<strong>《居住证》</strong>原件",
		"请带**“居住证”**原件":           "请带<strong>“居住证”</strong>原件",
		"**（一）**申请人":              "<strong>（一）</strong>申请人",
		"**(一)**申请人":              "<strong>(一)</strong>申请人",
		"**注意:**请带":               "<strong>注意:</strong>请带",
		"**5个工作日。**逾期不办":          "<strong>5个工作日。</strong>逾期不办",
		"**办理时限：**5个工作日":          "<strong>办理时限：</strong>5个工作日",
		"**“一件事”**2026年":          "<strong>“一件事”</strong>2026年",
		"**不收费！**，不另收":            "<strong>不收费！</strong>，不另收",
		"收费**（50元）**，可减免":         "收费<strong>（50元）</strong>，可减免",
		"**注意：***只*受理一次":          "<strong>注意：</strong><em>只</em>受理一次",
		"***只受理一次。***不予退回":        "<em><strong>只受理一次。</strong></em>不予退回",
		"*就近办。*请到*村*里":            "<em>就近办。</em>请到<em>村</em>里",
		"**材料：**\n请带原件":           "<strong>材料：</strong>请带原件",
		"**[申请书](a.docx)**下载":     `<strong><a href="a.docx">申请书</a></strong>下载`,
		"见**`申请书.docx`**。":        "见<strong><code>申请书.docx</code></strong>。",
		"**注意**：**请带原件**":         "<strong>注意</strong>：<strong>请带原件</strong>",
		"**长期有效——**无须换证":          "<strong>长期有效——</strong>无须换证",
		"**省、市、县**……**乡镇**":       "<strong>省、市、县</strong>……<strong>乡镇</strong>",
		"**承诺件**/**即办件**":         "<strong>承诺件</strong>/<strong>即办件</strong>",
		"3 * 4 * 5 份":             "3 * 4 * 5 份",
		"** 不是强调 **文字":            "** 不是强调 **文字",
		"snake_case_name 不变":      "snake_case_name 不变",
		`\*\*原样\*\*`:              "**原样**",
		"**没有收尾：请带":               "**没有收尾：请带",
		"English **bold**, as is": "English <strong>bold</strong>, as is",
		"a**(b)**c":               "a**(b)**c", // CommonMark's rule where nothing is Chinese
	} {
		if got := convert(t, in, Options{}).HTML; got != "<p>"+want+"</p>\n" {
			t.Errorf("%s\n got %s want <p>%s</p>", in, got, want)
		}
		if got := Inline(in); got != want {
			t.Errorf("Inline(%s)\n got %s\nwant %s", in, got, want)
		}
	}
}

func TestBareURL(t *testing.T) {
	for in, want := range map[string]string{
		"详见https://a.gov.cn。":               `详见<a href="https://a.gov.cn" rel="noopener">https://a.gov.cn</a>。`,
		"（http://a.gov.cn/x?y=1&z=2）":       `（<a href="http://a.gov.cn/x?y=1&amp;z=2" rel="noopener">http://a.gov.cn/x?y=1&amp;z=2</a>）`,
		"See https://a.gov.cn/b_c_d, then.": `See <a href="https://a.gov.cn/b_c_d" rel="noopener">https://a.gov.cn/b_c_d</a>, then.`,
		"(https://a.cn/x(1))":               `(<a href="https://a.cn/x(1)" rel="noopener">https://a.cn/x(1)</a>)`,
		"xhttp://a.cn":                      "xhttp://a.cn",
		"https:// 没有":                       "https:// 没有",
		"[看 https://a.cn](b.html)":          `<a href="b.html">看 https://a.cn</a>`,
		"`https://a.cn`":                    "<code>https://a.cn</code>",
		"见“https://a.cn/**”":                `见“<a href="https://a.cn/" rel="noopener">https://a.cn/</a>**”`,
	} {
		if got := Inline(in); got != want {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
	}
}

func TestAddresses(t *testing.T) {
	for address, ok := range map[string]bool{
		"https://zwfw.hebei.gov.cn/": true, "HTTP://a.cn": true, "mailto:a@b.cn": true, "tel:+86-311-12345": true,
		"../items/food-business/": true, "#一-要带什么": true, "?a=b:c": true, "a/b:c": true, "": true, "/": true,
		"javascript:alert(1)": false, "JaVaScRiPt:alert(1)": false, "data:text/html,x": false, "vbscript:x": false,
		"java\tscript:x": false, " javascript:x": false, "//evil.example": false, `/\evil.example`: false,
		"file:///etc/passwd": false, "ftp://a.cn": false, "https:a.cn": false, "https:///a.cn": false, "mailto:": false,
		"&#106;avascript:x": false, "&amp;#106;avascript:x": false, "javascript&colon;x": false, "%zz": false, ":x": false,
		"/a\u202Eb": false, "weixin://x": false,
	} {
		if got := safe(address); got != ok {
			t.Errorf("safe(%q) = %v", address, got)
		}
	}
	doc := convert(t, "[甲](javascript:x) [乙](a.html) <data:x,y> ![丙](https://e.example/p.png) [a\\&amp;b]: x", Options{})
	if want := []string{"javascript:x", "data:x,y", "https://e.example/p.png"}; !reflect.DeepEqual(doc.Refused, want) {
		t.Errorf("refused %q, want %q", doc.Refused, want)
	}
	if want := "<p>甲 <a href=\"a.html\">乙</a> data:x,y 丙 [a&amp;amp;b]: x</p>\n"; doc.HTML != want {
		t.Errorf("refused links are not plain text: %s", doc.HTML)
	}
	if want := "甲 乙 data:x,y 丙 [a&amp;b]: x"; doc.Text != want {
		t.Errorf("text %q, want %q", doc.Text, want)
	}
}

func TestLimits(t *testing.T) {
	row := func(n int) string { return strings.Repeat("|甲", n) + "|\n" + strings.Repeat("|-", n) + "|\n" }
	bare := func(n int) string {
		return "甲" + strings.Repeat("|甲", n-1) + "\n-" + strings.Repeat("|-", n-1) + "\n"
	}
	nested := func(n int) (s string) {
		for i := range n {
			s += strings.Repeat("  ", i) + "- 项\n"
		}
		return s
	}
	for name, c := range map[string]struct {
		src  string
		line int // 0: allowed
	}{
		"20 KB":                    {strings.Repeat("字", DefaultMaxBytes/3), 0},
		"more":                     {"头\n" + strings.Repeat("字", DefaultMaxBytes/3), 2},
		"12 columns":               {row(12), 0},
		"13 columns":               {"\n" + row(13), 2},
		"12 columns without frame": {bare(12), 0},
		"13 columns without frame": {"表\n\n" + bare(13), 3},
		"14 columns without frame": {bare(14), 1},
		"escaped bars":             {strings.Repeat(`\|`, 40), 0},
		"5 quotes":                 {">>>>> 引", 0},
		"6 quotes":                 {"\n> > > > > > 引", 2},
		"quotes in a list":         {"- >>>>>> 引", 1},
		"6 lists":                  {nested(6), 0},
		"7 lists":                  {nested(7), 7},
		"lists on one line":        {"- 1. - 1. - 1. - 项", 1},
		"a break":                  {"* * * * * * * * * *\n\n- - - - - - - - -", 0},
		"deep emphasis":            {strings.Repeat("*字 **字 ", 40) + strings.Repeat("字** 字* ", 40), 1},
		"not UTF-8":                {"好\n\xff", 2},
		"NUL":                      {"好\x00", 1},
		"right to left":            {"好\u202e", 1},
		"empty":                    {"", 0},
	} {
		_, err := Convert([]byte(c.src), Options{})
		if c.line == 0 {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		var le *LimitError
		if !errors.As(err, &le) || le.Line != c.line || le.ZH == "" || le.EN == "" {
			t.Errorf("%s: error %v, want one on line %d", name, err, c.line)
		}
		if got := Inline(c.src); strings.ContainsAny(got, "<>") {
			t.Errorf("%s: Inline wrote markup past a limit: %.80s", name, got)
		}
	}
	if _, err := Convert([]byte("三个字"), Options{MaxBytes: 8}); err == nil {
		t.Error("MaxBytes is not held")
	}
}

func TestInline(t *testing.T) {
	for in, want := range map[string]string{
		"食品经营许可":                    "食品经营许可",
		" 两行\n\n 一句 ":               "两行一句",
		"ETC\nOBU":                  "ETC OBU",
		"# 不是标题":                    "# 不是标题",
		"- 不是列表":                    "- 不是列表",
		"1. 不是列表":                   "1. 不是列表",
		"> 不是引用":                    "&gt; 不是引用",
		"    不是代码":                  "不是代码",
		"甲 & 乙":                     "甲 &amp; 乙",
		"[办](javascript:x)":         "办",
		"[办](../a.html)":            `<a href="../a.html">办</a>`,
		"![窗口](hall.png)":           "窗口",
		"<script>alert(1)</script>": "&lt;script&gt;alert(1)&lt;/script&gt;",
		"[a]: b":                    "[a]: b",
		"办理\\ **时限**":               "办理<strong>时限</strong>",
		"":                          "",
	} {
		if got := Inline(in); got != want {
			t.Errorf("Inline(%q) = %q, want %q", in, got, want)
		}
	}
}

func BenchmarkConvert(b *testing.B) {
	for b.Loop() {
		if _, err := Convert([]byte(article), Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkInline(b *testing.B) {
	for b.Loop() {
		Inline("**注意：**请带[身份证](../materials/id-card.html)原件")
	}
}
