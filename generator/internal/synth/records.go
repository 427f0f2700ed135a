package synth

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

const (
	kindItem = iota + 1
	kindLocal
	kindName
)

const lawCount, materialCount = 120, 240

func lawPath(i int) string { return fmt.Sprintf("data/laws/law-%03d.toml", i) }

func lawTOML(i int) string {
	return fmt.Sprintf("name = \"%s示例管理条例\"\nkind = \"行政法规\"\nissued_by = \"国务院\"\nin_force = 2010-01-01\narticles = [{ no = \"第十条\" }, { no = \"第二十条\" }]\n", apart(i, lawCount))
}

func (w *writer) laws() {
	for i := range lawCount {
		w.put(lawPath(i), lawTOML(i))
	}
}

func (w *writer) materials() {
	for i := range materialCount {
		w.put(fmt.Sprintf("data/materials/mat-%03d.toml", i), fmt.Sprintf(
			"name = \"%s%s\"\nkind = \"证件证书证明\"\nissuer = \"%s主管部门\"\nholder = \"均可\"\nremedy = \"向原出具单位补打。\"\n",
			apart(i, materialCount), papers[i%len(papers)], apart(i, materialCount)))
	}
}

// apart returns the object of the i-th of n things, as far from each other as may be.
func apart(i, n int) string { return things[i*len(things)/n].object }

func itemID(i int) string { return fmt.Sprintf("item-%05d", i) }

// items writes the catalogue.
func (w *writer) items() {
	taken, codes := map[string]bool{}, map[string]int{}
	for i := range w.o.Items {
		n := w.name(i, taken)
		pair := n.kind.code + n.thing.field.code
		w.item(i, n, "13"+pair+sequence(codes[pair])+"000")
		codes[pair]++
	}
}

// sharing returns how levels share an item.
func sharing(levels []string) string {
	if len(levels) == 1 {
		return "单独实施"
	}
	return "共同实施"
}

// item writes a catalogue record and its procedure, together about 5 KB.
func (w *writer) item(i int, n naming, code string) {
	r := w.random(kindItem, i, 0)
	law := fmt.Sprintf("law-%03d", i%lawCount)
	aliases := ""
	if len(n.aliases) > 0 {
		aliases = "aliases = [\"" + strings.Join(n.aliases, "\", \"") + "\"]\n"
	}
	w.put("data/items/"+itemID(i)+"/item.toml", fmt.Sprintf(`name = "%s"
code = "%s"
code_status = "sample"
type = "%s"
department = "%s"
levels = ["%s"]
sharing = "%s"
origin = "省"
status = "在用"
effective_from = 2020-01-01
plain = "%s"
%sbasis = [{ law = "%s", article = "第十条" }]
`, n.name, code, n.kind.term, n.thing.field.term, strings.Join(w.o.levels(i), `", "`), sharing(w.o.levels(i)), w.about(r, n, 1), aliases, law))
	var b strings.Builder
	fmt.Fprintf(&b, `name = "%s"
status = "在用"
effective_from = 2020-01-01
plain = "%s"
audience = ["自然人", "企业法人"]
apply_at = "经营场所所在地"
legal_limit = [{ value = 20, unit = "工作日" }]
promise = [{ value = %d, unit = "工作日" }]
channels = ["窗口办理", "网上办理"]
online = { depth = "受理" }
visits = 1
visit_reason = "核对原件。"
in_person = "本人或者委托他人都可以。"
prohibitions = ["%s"]
fee = { charged = false }
delivery = { ways = ["窗口领取", "邮寄"] }
topics = { person = ["%s"], legal = ["%s"] }
permit = { validity = "5年", renewal = "期满前30个工作日申请延续。" }
rights = ["%s"]
`, n.name, w.about(r, n, 2), 8+r.IntN(8), sentence(r, 2), personTopics[i%len(personTopics)], legalTopics[i%len(legalTopics)], sentence(r, 1))
	for k := range 5 {
		fmt.Fprintf(&b, "[[conditions]]\nid = \"c%d\"\ntext = \"%s\"\n", k+1, w.about(r, n, 3))
	}
	for n := range 5 {
		fmt.Fprintf(&b, "[[materials]]\nid = \"m%d\"\nmaterial = \"mat-%03d\"\nnecessity = \"必要\"\nform = \"纸质或电子\"\noriginals = 1\ncopies = 0\nsource = \"申请人自备\"\nbasis = [{ law = \"%s\" }]\nfill_note = \"%s\"\n",
			n+1, (i*7+n*41)%materialCount, law, sentence(r, 2))
	}
	for n, s := range stepNames {
		fmt.Fprintf(&b, "[[steps]]\nid = \"s%d\"\nname = \"%s\"\nwho = \"受理窗口\"\nlimit = { value = 1, unit = \"工作日\" }\nstandard = \"%s\"\n", n+1, s, sentence(r, 2))
	}
	b.WriteString("[[results]]\nid = \"r1\"\nname = \"办理结果通知书\"\ntype = \"批文\"\n")
	for n, q := range questions[:4] {
		fmt.Fprintf(&b, "[[faq]]\nid = \"q%d\"\nq = \"%s\"\na = \"%s\"\n", n+1, q, sentence(r, 3))
	}
	w.put("data/items/"+itemID(i)+"/01.toml", b.String())
}

// sequence returns the three characters of a code's sequence that stand for n.
func sequence(n int) string {
	const digits = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	return string([]byte{'9' - byte(n/len(digits)/len(digits)%10), digits[n/len(digits)%len(digits)], digits[n%len(digits)]})
}

// about is sentences, the first one of which speaks of what the item is about.
func (w *writer) about(r *rand.Rand, n naming, clauses int) string {
	return n.thing.object + pick(r, states) + "，" + sentence(r, clauses)
}

// local writes what a place says of an item, for about a quarter of them; a city's record is for itself only.
func (w *writer) local(d, i int) {
	r := w.random(kindLocal, d, i)
	distinct := r.Float64() < w.o.Distinct
	if !distinct && r.IntN(4) != 0 {
		return
	}
	var b strings.Builder
	b.WriteString("reach = \"本级\"\n")
	if distinct {
		b.WriteString("deviation = { document = \"sample-doc\", approved_by = \"示例省\", until = 2099-12-31 }\n")
	}
	fmt.Fprintf(&b, "places = [{ hall = \"hall\", role = \"受理\" }]\nphones = [{ kind = \"咨询\", number = \"12345\" }]\n")
	if r.IntN(3) == 0 {
		fmt.Fprintf(&b, "promise = [{ value = %d, unit = \"工作日\" }]\n", 1+r.IntN(7))
	}
	fmt.Fprintf(&b, "[[faq]]\nid = \"local\"\nq = \"这里有什么不一样？\"\na = \"%s\"\n", sentence(r, 2))
	if distinct {
		for n := range 5 {
			fmt.Fprintf(&b, "[[conditions]]\nid = \"c%d\"\ntext = \"%s\"\n", n+1, sentence(r, 3))
		}
	}
	w.put(w.localPath(d, i), b.String())
}
