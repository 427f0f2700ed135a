package synth

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// naming is what an item's name says besides the name: what it is about, its department and type, and other words for it.
type naming struct {
	name    string
	thing   thing
	kind    kind
	aliases []string
}

// field is a department with the things people come to it for, by class. The words are those that catalogues of provinces use;
// put together they name items that may or may not exist.
type field struct {
	term, code string
	objects    map[class][]string
}

// class decides which acts go with an object.
type class int

const (
	business class = iota // something carried on
	project               // something built
	person                // a profession or a post
	benefit               // money or help
	document              // a paper in somebody's hand
	body                  // an organisation
	use                   // something that is everybody's, taken for one's own
)

// kind is a type of items with its code.
type kind struct{ term, code string }

var (
	licensing    = kind{"行政许可", "01"}
	benefits     = kind{"行政给付", "05"}
	confirmation = kind{"行政确认", "07"}
	reward       = kind{"行政奖励", "08"}
	ruling       = kind{"行政裁决", "09"}
	filing       = kind{"行政备案", "10"}
	service      = kind{"公共服务", "20"}
)

// act is what is done with an object, and of which type such an item is.
type act struct {
	word string
	kind kind
}

// acts of a class; the first ones are the common ones.
var acts = map[class][]act{
	business: {{"经营许可", licensing}, {"许可", licensing}, {"备案", filing}, {"资质认定", licensing}, {"许可证核发", licensing}, {"单位资格认定", confirmation},
		{"场所审批", licensing}, {"活动备案", filing}, {"信用评价", service}, {"质量安全奖励", reward}, {"年度报告", filing}, {"纠纷裁决", ruling}},
	project: {{"审批", licensing}, {"施工许可", licensing}, {"竣工验收备案", filing}, {"初步设计审批", licensing}, {"设计文件审查", licensing}, {"开工备案", filing},
		{"质量监督手续办理", confirmation}, {"招标方案核准", licensing}, {"验收", confirmation}, {"方案变更审查", licensing}, {"资金补助申报", benefits}},
	person: {{"资格认定", licensing}, {"执业注册", licensing}, {"执业变更注册", licensing}, {"注销注册", licensing}, {"资格证书补发", service}, {"继续教育登记", service},
		{"职业技能等级评价", confirmation}, {"考试报名", service}, {"从业信息查询", service}, {"表彰", reward}},
	benefit: {{"补贴申领", benefits}, {"补助给付", benefits}, {"待遇核定", confirmation}, {"资格确认", confirmation}, {"救助金给付", benefits}, {"待遇停发", service},
		{"待遇信息查询", service}, {"对象认定", confirmation}, {"补助标准调整", service}, {"一次性奖励", reward}},
	document: {{"申领", confirmation}, {"补领", confirmation}, {"换领", confirmation}, {"信息变更", confirmation}, {"注销", confirmation}, {"查询", service},
		{"遗失声明", service}, {"真伪核验", service}, {"邮寄", service}},
	body: {{"设立审批", licensing}, {"成立登记", confirmation}, {"变更登记", confirmation}, {"注销登记", confirmation}, {"章程核准", licensing}, {"年度检查", confirmation},
		{"负责人备案", filing}, {"等级评估", confirmation}, {"名称核准", licensing}, {"终止审批", licensing}, {"扶持资金给付", benefits}},
	use: {{"审批", licensing}, {"使用许可", licensing}, {"占用审核", licensing}, {"有偿使用登记", confirmation}, {"权属纠纷裁决", ruling}, {"用途变更审批", licensing},
		{"登记", confirmation}, {"延续登记", confirmation}, {"资料查询", service}, {"保护奖励", reward}},
}

// qualifiers stand before an object and narrow it.
var qualifiers = map[class][]string{
	business: {"外商投资", "省际", "跨区域", "临时", "小型", "连锁", "农村", "互联网", "个体", "批发环节", "进口", "高风险"},
	project:  {"新建", "改建、扩建", "政府投资", "跨县（市、区）", "大型", "中小型", "农村", "涉外", "抢险救灾", "国有资金投资"},
	person:   {"港澳台", "退休", "高级", "初级", "外籍", "兼职", "乡村", "民营单位", "省级"},
	benefit:  {"城乡", "困难家庭", "脱贫户", "重度残疾人", "一次性", "老年人", "妇女", "未成年人", "企业职工", "返乡人员"},
	document: {"首次", "未成年人", "异地", "华侨", "军人", "集体户", "临时", "电子"},
	body:     {"全省性", "跨区域", "涉外", "民办", "村级", "行业性", "股份制", "非营利性"},
	use:      {"临时", "永久", "重要", "一般", "集体所有", "国有", "风景名胜区内", "城市规划区内"},
}

// limits stand after a name in brackets, as catalogues split an item by who decides or what is meant.
var limits = []string{"（初审）", "（县级权限）", "（市级权限）", "（跨省）", "（乙级）", "（丙级、丁级）", "（延续）", "（补办）", "（法人变更）", "（地址变更）", "（委托下放）",
	"（告知承诺）", "（个人）", "（单位）", "（中央驻省单位）"}

// thing is one object of a field.
type thing struct {
	field  *field
	class  class
	object string
}

// things are the objects of all fields, in order: a department with more of them has more items.
var things = func() []thing {
	var out []thing
	for i := range fields {
		for c := business; c <= use; c++ {
			for _, o := range fields[i].objects[c] {
				out = append(out, thing{&fields[i], c, o})
			}
		}
	}
	return out
}()

// name makes the i-th name; taken are those that exist already. The more are taken the more a name is narrowed.
func (w *writer) name(i int, taken map[string]bool) naming {
	r := w.random(kindName, i, 0)
	for try := 0; ; try++ {
		t := pick(r, things)
		a := common(r, acts[t.class])
		name := t.object + a.word
		if r.IntN(100) < 28+2*try {
			name = pick(r, qualifiers[t.class]) + name
		}
		if r.IntN(100) < 6+try {
			name += pick(r, limits)
		}
		if !taken[name] {
			taken[name] = true
			return naming{name: name, thing: t, kind: a.kind, aliases: spoken(r, i, name, t)}
		}
	}
}

// common picks one of a list, the first ones more often than the last ones.
func common[T any](r *rand.Rand, list []T) T { return list[min(r.IntN(len(list)), r.IntN(len(list)))] }

// spokenForms are how people ask for a thing of a class.
var spokenForms = map[class][]string{
	business: {"办%s证", "%s执照", "开%s要办的证", "做%s的手续", "%s营业手续"},
	project:  {"%s批文", "%s开工手续", "建%s要办什么", "%s报批"},
	person:   {"%s证", "考%s证", "当%s的条件", "%s上岗证", "%s证书丢了"},
	benefit:  {"%s的钱", "领%s补助", "%s政策", "申请%s", "%s咋领"},
	document: {"办%s", "%s丢了", "%s到期了", "补%s", "%s上的信息错了"},
	body:     {"办个%s", "注册%s", "成立%s", "%s关门不办了"},
	use:      {"用%s", "占%s要批不", "%s使用证", "申请%s"},
}

// spoken returns other words for an item. One item in ten is one that everybody asks for and has six; of the others every
// second has one or two: about one and a quarter an item.
func spoken(r *rand.Rand, i int, name string, t thing) []string {
	n := 0
	switch {
	case i%10 == 0:
		n = 6
	case i%2 == 0:
		n = 1 + r.IntN(2)
	}
	forms := spokenForms[t.class]
	var out []string
	for k := range min(n, len(forms)) {
		out = append(out, fmt.Sprintf(forms[(i+k)%len(forms)], t.object))
	}
	if n == 6 {
		out = append(out, short(name))
	}
	return out
}

// short is how officials shorten a name: without qualifiers in brackets and every second pair of its characters.
func short(name string) string {
	head, _, _ := strings.Cut(name, "（")
	rs := []rune(head)
	var b strings.Builder
	for i := 0; i < len(rs); i += 4 {
		b.WriteString(string(rs[i:min(i+2, len(rs))]))
	}
	return b.String()
}
