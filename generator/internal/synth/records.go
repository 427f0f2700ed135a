package synth

import (
	"fmt"
	"strings"
)

const (
	kindItem = iota + 1
	kindLocal
)

const lawCount, materialCount = 120, 240

func (w *writer) laws() {
	for i := range lawCount {
		w.put(fmt.Sprintf("data/laws/law-%03d.toml", i), fmt.Sprintf(
			"name = \"%s管理条例（测速%03d）\"\nkind = \"行政法规\"\nissued_by = \"国务院\"\nin_force = 2010-01-01\narticles = [{ no = \"第十条\" }, { no = \"第二十条\" }]\n",
			themes[i%len(themes)], i))
	}
}

func (w *writer) materials() {
	for i := range materialCount {
		w.put(fmt.Sprintf("data/materials/mat-%03d.toml", i), fmt.Sprintf(
			"name = \"%s（%03d）\"\nkind = \"证件证书证明\"\nissuer = \"%s主管部门\"\nholder = \"均可\"\nremedy = \"向原出具单位补打。\"\n",
			objects[i%len(objects)], i, themes[i%len(themes)]))
	}
}

func itemID(i int) string { return fmt.Sprintf("item-%05d", i) }

// item writes a catalogue record and its procedure, together about 5 KB.
func (w *writer) item(i int) {
	r := w.random(kindItem, i, 0)
	t, d := types[i%len(types)], departments[i%len(departments)]
	name := fmt.Sprintf("%s%s（%05d）", themes[i%len(themes)], acts[(i/len(themes))%len(acts)], i)
	law := fmt.Sprintf("law-%03d", i%lawCount)
	w.put("data/items/"+itemID(i)+"/item.toml", fmt.Sprintf(`name = "%s"
code = "13%s%s%s000"
code_status = "sample"
type = "%s"
department = "%s"
levels = ["市级", "县级"]
sharing = "共同实施"
origin = "省"
status = "在用"
effective_from = 2020-01-01
plain = "%s"
aliases = ["办%s", "%s怎么办", "%s手续"]
basis = [{ law = "%s", article = "第十条" }]
`, name, t.code, d.code, sequence(i), t.term, d.term, sentence(r, 1), themes[i%len(themes)], themes[i%len(themes)], themes[i%len(themes)], law))
	var b strings.Builder
	fmt.Fprintf(&b, `name = "办理"
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
`, sentence(r, 2), 8+r.IntN(8), sentence(r, 2), personTopics[i%len(personTopics)], legalTopics[i%len(legalTopics)], sentence(r, 1))
	for n := range 5 {
		fmt.Fprintf(&b, "[[conditions]]\nid = \"c%d\"\ntext = \"%s\"\n", n+1, sentence(r, 3))
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

// sequence returns three characters of a code's sequence, unique within the types and departments an item cycles through.
func sequence(i int) string {
	const digits = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	n := i / 10
	return string([]byte{'9', digits[n/len(digits)%len(digits)], digits[n%len(digits)]})
}

// divisions writes the province, its cities and counties, and the local records of about a quarter of the guides.
func (w *writer) divisions() {
	var orgs strings.Builder
	for n, d := range departments {
		fmt.Fprintf(&orgs, "[[orgs]]\nid = \"o%d\"\nname = \"{name}%s局\"\nname_status = \"by_rule\"\nkind = \"法定机关\"\nhandles = { departments = [\"%s\"] }\nphone = \"12345\"\ncomplaint = \"12345\"\n", n, d.term, d.term)
	}
	hall := "[[halls]]\nid = \"hall\"\nname = \"{name}政务服务中心\"\nname_status = \"by_rule\"\nkind = \"政务服务中心\"\nhours = [{ days = \"周一至周五\", open = [\"9:00–12:00\", \"13:00–17:00\"] }]\n"
	w.put("data/divisions/defaults/city.toml", "level = \"市级\"\n"+orgs.String()+hall)
	w.put("data/divisions/defaults/county.toml", "level = \"县级\"\n"+orgs.String()+hall)
	w.put("data/divisions/130000/division.toml", "id = \"130000\"\ncode = \"130000\"\nname = \"示例省\"\nlevel = \"省级\"\nkind = \"省\"\nsample = true\n")
	city := ""
	for d := range w.o.Divisions {
		id := divisionID(d)
		if d%16 == 0 {
			city = id
			w.put("data/divisions/"+id+"/division.toml", fmt.Sprintf("id = \"%s\"\ncode = \"%s\"\nname = \"示例%d市\"\nlevel = \"市级\"\nkind = \"地级市\"\nparent = \"130000\"\n", id, id, d/16+1))
		} else {
			w.put("data/divisions/"+id+"/division.toml", fmt.Sprintf("id = \"%s\"\ncode = \"%s\"\nname = \"示例%d县\"\nlevel = \"县级\"\nkind = \"县\"\nparent = \"%s\"\n", id, id, d, city))
		}
		for i := range w.o.Items {
			w.local(d, i)
		}
	}
}

// divisionID is a six-digit code: cities end in 00.
func divisionID(d int) string { return fmt.Sprintf("13%02d%02d", d/16+1, d%16) }

func (w *writer) localPath(d, i int) string {
	return "data/divisions/" + divisionID(d) + "/" + itemID(i) + ".toml"
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
