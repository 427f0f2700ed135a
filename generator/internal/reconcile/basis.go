package reconcile

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
	"banshi/generator/internal/zh"
)

// citation is a law and the articles of it that a legal basis names.
type citation struct {
	law      string // as printed, without 《》
	key      string // what two names of one law agree in
	articles []article
}

// article is the number of an article: 35, or 10 之一.
type article struct{ no, sub int }

func (a article) String() string {
	s := "第" + numeral(a.no) + "条"
	if a.sub > 0 {
		s += "之" + numeral(a.sub)
	}
	return s
}

// numeral writes a number as articles are numbered.
func numeral(n int) string {
	switch {
	case n < 1 || n > 9999:
		return strconv.Itoa(n)
	case n < 100:
		return zh.Numeral(n)
	case n < 1000:
		return zh.Numeral(n/100) + "百" + following(n%100, 10)
	}
	return zh.Numeral(n/1000) + "千" + following(n%1000, 100)
}

// following is what stands behind a hundred or thousand: 零五, 一十五, 二十, 零四十六. Below least a 零 comes first.
func following(n, least int) string {
	zero := ""
	if n < least {
		zero = "零"
	}
	switch {
	case n == 0:
		return ""
	case n >= 10 && n < 20:
		return zero + "一" + zh.Numeral(n)
	}
	return zero + numeral(n)
}

// lawKey is what two names of a law agree in: 中华人民共和国 before it and the year of a revision after it do not count.
func lawKey(name string) string {
	key := nameKey(name)
	if i := strings.IndexByte(key, '('); i > 0 && revision.MatchString(key[i:]) {
		key = key[:i]
	}
	return strings.TrimPrefix(key, "中华人民共和国")
}

var (
	revision = regexp.MustCompile(`^\((\d{4}年?|[一二〇零三四五六七八九]{4}年)?(\d+月\d+日)?(第[一二三四五六七八九\d]+次)?(修订|修正|修改|发布|公布|施行|实施)*(本|版)?\)`)

	// A basis is read sign by sign: names of laws, articles, and what says that the text of the law begins or another point starts.
	basisToken = regexp.MustCompile(`《([^《》]{2,120}(?:〈[^〉]*〉[^《》]*)?)》|第([零〇○一二三四五六七八九十百千两0-9０-９]+(?:[、，,和及至—－–-]第?[零〇○一二三四五六七八九十百千两0-9０-９]+)*)条((?:之[一二三四五六七八九十]+)?)|[:：]|规定|\n`)
	numberSign = regexp.MustCompile(`[、，,和及]第?`)
	rangeSign  = regexp.MustCompile(`[至—－–-]第?`)
)

// theirs reads the legal basis of a row; a law that our library knows by another of its names has the key of its full name.
func (x *index) theirs(text string) []citation {
	list := citationsOf(text)
	for i, c := range list {
		if key, ok := x.lawKeys[c.key]; ok {
			list[i].key = key
		}
	}
	return merged(list)
}

// maxCitations bounds what is read of one cell.
const maxCitations = 60

// citationsOf reads a legal basis as tables print it: laws in 《》 with articles behind them. What follows a colon or 规定 is the
// text of the law, in which other laws are only mentioned; a new line or point ends it.
func citationsOf(text string) []citation {
	if !strings.Contains(text, "《") {
		text = withSigns(text)
	}
	var out []citation
	quoting := false
	for _, m := range basisToken.FindAllStringSubmatchIndex(text, -1) {
		token := text[m[0]:m[1]]
		switch {
		case token == "\n":
			quoting = false
		case strings.HasPrefix(token, "《"):
			if quoting && !startsPoint(text[:m[0]]) {
				continue
			}
			quoting = false
			if name := together(text[m[2]:m[3]]); len(out) < maxCitations {
				out = append(out, citation{law: name, key: lawKey(name)})
			}
		case strings.HasPrefix(token, "第"):
			if len(out) > 0 && !quoting {
				last := &out[len(out)-1]
				last.articles = append(last.articles, articlesOf(text[m[4]:m[5]], text[m[6]:m[7]])...)
			}
		case token == ":" || token == "：" || token == "规定":
			quoting = len(out) > 0 && !joined.MatchString(text[m[1]:])
		}
	}
	return merged(out)
}

// withSigns puts 《》 around the names of laws, and 第 before numbers, in a basis written without: 食品安全法（2021修正）35条；公司法29条.
func withSigns(text string) string {
	pieces := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(";；\n。", r) })
	for i, p := range pieces {
		if m := bareLaw.FindStringSubmatch(p); m != nil {
			pieces[i] = "《" + m[1] + "》" + bareArticle.ReplaceAllString(m[2], "第${1}条")
		}
	}
	return strings.Join(pieces, "\n")
}

var (
	bareLaw     = regexp.MustCompile(`^\s*(?:\d{1,2}[.．、]\s*)?(\p{Han}{1,40}?(?:法|法典|条例|办法|规定|细则|规则|决定|规程))(?:[（(][^）)]*[）)])?\s*((?:第?[零一二三四五六七八九十百千\d].*)?)$`)
	bareArticle = regexp.MustCompile(`第?([零一二三四五六七八九十百千\d]+(?:[、，,和至—－–-][零一二三四五六七八九十百千\d]+)*)条`)
)

// startsPoint reports whether a text ends where a new point of a list begins: 2. or （二） or 【行政法规】.
func startsPoint(before string) bool { return point.MatchString(before) }

var joined = regexp.MustCompile(`^[、和及与以]{1,2}《`)

var point = regexp.MustCompile(`[;；。]\s*$|(?:^|[\s。；;”"])(?:\d{1,2}[.．、)）]|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,2}、|【[^】]{1,8}】|\[[^\]]{1,8}\])\s*$`)

// articlesOf reads 三十五 or 三十五、三十六 or 三至五; sub is 之一 or "".
func articlesOf(list, sub string) []article {
	var out []article
	for _, one := range numberSign.Split(list, -1) {
		ends := rangeSign.Split(one, 2)
		from, ok := zh.ParseNumeral(ends[0])
		to := from
		if len(ends) == 2 {
			to, _ = zh.ParseNumeral(ends[1])
		}
		for n := from; ok && n <= to && n < from+20; n++ {
			out = append(out, article{no: n})
		}
	}
	if n, ok := zh.ParseNumeral(strings.TrimPrefix(sub, "之")); ok && len(out) > 0 {
		out[len(out)-1].sub = n
	}
	return out
}

// merged puts the citations of one law together, in the order in which laws are first named.
func merged(list []citation) []citation {
	var out []citation
	for _, c := range list {
		i := slices.IndexFunc(out, func(o citation) bool { return o.key == c.key })
		if i < 0 {
			out, i = append(out, citation{law: c.law, key: c.key}), len(out)
		}
		for _, a := range c.articles {
			if !slices.Contains(out[i].articles, a) {
				out[i].articles = append(out[i].articles, a)
			}
		}
	}
	return out
}

// ours returns the legal basis of an item as citations.
func (x *index) ours(basis []record.Basis) []citation {
	var out []citation
	for _, b := range basis {
		c := citation{law: b.Law, key: lawKey(b.Law)}
		if e := x.catalog.Laws.Get(b.Law); e != nil {
			c.law, c.key = shortest(e), lawKey(e.Record.Name)
		}
		for _, m := range basisToken.FindAllStringSubmatch(b.Article, -1) {
			if m[2] != "" {
				c.articles = append(c.articles, articlesOf(m[2], m[3])...)
			}
		}
		out = append(out, c)
	}
	return merged(out)
}

// shortest is a law's short name, or its name without the name of the country.
func shortest(e *catalog.Entry[record.Law]) string {
	if e.Record.ShortName != "" {
		return e.Record.ShortName
	}
	return strings.TrimPrefix(e.Record.Name, "中华人民共和国")
}

// sayCitations writes citations: 《食品安全法》第三十五条；《食品经营许可和备案管理办法》.
func sayCitations(list []citation) string {
	words := make([]string, len(list))
	for i, c := range list {
		words[i] = "《" + strings.TrimPrefix(c.law, "中华人民共和国") + "》" + sayArticles(c.articles)
	}
	return strings.Join(words, "；")
}

func sayArticles(list []article) string {
	words := make([]string, len(list))
	for i, a := range list {
		words[i] = a.String()
	}
	return strings.Join(words, "、")
}

// compareBasis says in words where two bases differ; "" where they agree. An article is compared only where both name some: many
// tables print the law alone, and we leave out a number that is not verified.
func compareBasis(theirs, ours []citation) string {
	var words []string
	for _, t := range theirs {
		i := slices.IndexFunc(ours, func(o citation) bool { return o.key == t.key })
		if i < 0 {
			words = append(words, "上级多"+sayCitations([]citation{t}))
			continue
		}
		if o := ours[i]; len(t.articles) > 0 && len(o.articles) > 0 && !sameArticles(t.articles, o.articles) {
			words = append(words, "《"+o.law+"》上级是"+sayArticles(t.articles)+"，本省是"+sayArticles(o.articles))
		}
	}
	for _, o := range ours {
		if !slices.ContainsFunc(theirs, func(t citation) bool { return t.key == o.key }) {
			words = append(words, "本省多"+sayCitations([]citation{o}))
		}
	}
	return strings.Join(words, "；")
}

func sameArticles(a, b []article) bool {
	order := func(x, y article) int { return (x.no-y.no)*100 + x.sub - y.sub }
	a, b = slices.SortedFunc(slices.Values(a), order), slices.SortedFunc(slices.Values(b), order)
	return slices.Equal(a, b)
}
