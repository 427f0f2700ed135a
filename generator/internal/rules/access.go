package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
)

// accessRules hold that the ways in are open: online where it can be, at a window for whoever wants one.
var accessRules = []Rule{
	{
		ID: "depth-visits", Family: "consistency", Severity: diag.Warning,
		Title:       diag.Text{ZH: "全程网办，却要到现场", EN: "all online, but one has to come"},
		Reason:      diag.Text{ZH: "网办深度Ⅳ级（证照反馈）就是不用跑（温州指南检查规则）；凡是能实现网上办理的事项，不得要求必须到现场办理（S2 三(三)）。", EN: "Depth IV means nobody comes (Wenzhou's guide checks); what can be done online may not demand a visit (S2)."},
		Explanation: diag.Text{ZH: "网上办的一次都不用来：visits = 0；只有到窗口办的才来的，visit_reason 里写明“网上办的不用来”。", EN: "Write visits = 0, or say in visit_reason who need not come (网上办的不用来)."},
		Bad:         "online = { depth = \"证照反馈\" }\nvisits = 1\nvisit_reason = \"核对原件。\"", Good: "online = { depth = \"证照反馈\" }\nvisits = 1\nvisit_reason = \"网上办的不用来；在窗口办的，交材料来一次。\"",
		check: checkDepthVisits,
	}, {
		ID: "offline-reason", Family: "consistency", Severity: diag.Warning,
		Title:       diag.Text{ZH: "不能网上办，没有说为什么", EN: "not online, and no reason"},
		Reason:      diag.Text{ZH: "除法律、法规另有规定或涉密外，均应纳入网上办理（S1 二(二)）。", EN: "All is done online unless a law or secrecy forbids (S1)."},
		Explanation: diag.Text{ZH: "写 online = { reason = \"为什么\" }；打算上线的写 planned = 哪天。", EN: "State online = { reason = … }, or planned with its day."},
		Bad:         `channels = ["窗口办理"]`, Good: "channels = [\"窗口办理\"]\nonline = { depth = \"预审\", reason = \"要双方亲自到场签字。\" }",
		check: checkOffline,
	}, {
		ID: "no-window", Family: "consistency", Severity: diag.Warning,
		Title:       diag.Text{ZH: "只能网上办", EN: "online only"},
		Reason:      diag.Text{ZH: "不得强制要求先到线上预约或在线提交申请材料（S3 二(四)）；不会上网的人也要办得成事（S3 无障碍）。", EN: "Nobody may be made to apply online (S3); those who cannot must be served too."},
		Explanation: diag.Text{ZH: "channels 加上窗口办理；法律规定只能在平台上办的，在 in_person 里写不会上网的到哪里找人帮。", EN: "Add 窗口办理; where a law demands the platform say in in_person where people are helped (帮办, 代办, 窗口)."},
		Bad:         "channels = [\"网上办理\"]\nin_person = \"不用来。\"", Good: "channels = [\"网上办理\"]\nin_person = \"不用来；不会上网的，到政务服务中心帮办代办窗口，有人帮着填。\"",
		check: checkNoWindowChannel,
	}, {
		ID: "no-way-in", Family: "consistency",
		Title:       diag.Text{ZH: "不用来，又没有别的办法交", EN: "no visit, and no other way in"},
		Reason:      diag.Text{ZH: "到现场次数为 0 又不能网上办的，要能寄（温州指南检查规则）。", EN: "With no visits and nothing online there must be the post (Wenzhou's guide checks)."},
		Explanation: diag.Text{ZH: "channels 加上网上办理、移动端办理、快递申请或者自助终端；都没有的，visits 不能是 0。", EN: "Add a channel other than the window, or let visits be more than 0."},
		Bad:         "channels = [\"窗口办理\"]\nvisits = 0", Good: "channels = [\"窗口办理\", \"快递申请\"]\nvisits = 0",
		check: checkNoWayIn,
	}, {
		ID: "audience-topic", Family: "consistency", Severity: diag.Warning,
		Title:  diag.Text{ZH: "服务对象和主题对不上", EN: "audience and topics do not fit"},
		Reason: diag.Text{ZH: "自然人办的事要有个人主题，法人办的要有法人主题（温州指南检查规则“服务对象 ⇔ 主题分类”）。", EN: "What people apply for has a topic for people, what bodies apply for one for bodies (Wenzhou's guide checks)."},
		Explanation: diag.Text{
			ZH: "补上缺的主题，或者去掉没有对象的主题。个体工商户算自然人，他们的事也可以放在设立变更、准营准办等经营主题里。",
			EN: "Add the missing topic, or remove the one nobody looks under. Sole traders are natural persons and may be filed under topics of trade too.",
		},
		Bad: "audience = [\"企业法人\"]\ntopics = { person = [\"生育收养\"] }", Good: "audience = [\"企业法人\"]\ntopics = { legal = [\"人力资源\"] }",
		check: checkAudience,
	},
}

// deepest is the depth at which the certificate itself comes online (Ⅳ).
const deepest = "证照反馈"

// staysHome says that somebody need not come.
var staysHome = regexp.MustCompile(`不用来|不用跑|不必来|不来|在网上|不用到`)

func checkDepthVisits(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		a := p.Access
		if a.Online == nil || a.Online.Depth != deepest || a.Visits == nil || *a.Visits == 0 || a.VisitReason == "" || staysHome.MatchString(a.VisitReason) {
			return // without a reason at all another rule speaks
		}
		c.report(p.File, key("visits"), words{
			zh: fmt.Sprintf("网上能拿到证照，却要到现场 %d 次", *a.Visits), en: fmt.Sprintf("the certificate comes online, but %d visits are needed", *a.Visits),
			hint: "写 visits = 0；只有窗口办的才来的，visit_reason 写明“网上办的不用来”", hintEN: "write visits = 0, or say in visit_reason that those who apply online need not come",
		}.note(p.File.Position("online", "depth"), "网办深度", "the depth"))
	})
}

func checkOffline(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		a := p.Access
		if a.Channels == nil || online(a.Channels) || a.Online != nil && (a.Online.Reason != "" || a.Online.Planned != 0) {
			return
		}
		if rank, ok := c.depth(p); ok && rank >= acceptedOnline {
			return // online-channel says what is wrong
		}
		c.report(p.File, key("channels"), words{
			zh: "不能网上办，没有写为什么", en: "it cannot be done online, and nobody says why",
			hint: "写 online = { reason = \"…\" }，例如要当面照相、要双方到场；打算上线的写 planned", hintEN: "state online = { reason = … }, or planned",
		})
	})
}

// depth returns the rank of the depth of a procedure, where it states one.
func (c *checker) depth(p *catalog.Procedure) (int, bool) {
	if p.Access.Online == nil {
		return 0, false
	}
	return c.rank("depths", p.Access.Online.Depth)
}

// helped says where those who cannot go online find help.
var helped = regexp.MustCompile(`窗口|帮办|代办|帮着|服务中心|代填`)

func checkNoWindowChannel(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		a := p.Access
		if len(a.Channels) == 0 || !online(a.Channels) || slices.Contains(a.Channels, "窗口办理") || helped.MatchString(a.InPerson) {
			return
		}
		c.report(p.File, key("channels"), words{
			zh: "只能网上办，没有窗口", en: "it is online only, without a window",
			hint: "加上窗口办理；法律规定只在平台办的，in_person 写不会上网的到哪里找人帮", hintEN: "add 窗口办理, or say in in_person where people are helped",
		})
	})
}

func checkNoWayIn(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		a := p.Access
		if a.Visits == nil || *a.Visits > 0 || len(a.Channels) == 0 || slices.ContainsFunc(a.Channels, func(s string) bool { return s != "窗口办理" }) || p.Facilitation.Automatic != nil && *p.Facilitation.Automatic {
			return
		}
		c.report(p.File, key("visits"), words{
			zh: "一次都不用来，可是只能到窗口办", en: "no visits, but the window is the only way",
			hint: "channels 加上网上办理、快递申请或者自助终端；都没有的，visits 写 1 并说原因", hintEN: "add another channel, or state the visits and their reason",
		}.note(p.File.Position("channels"), "办理形式", "the channels"))
	})
}

// tradeTopics are topics for bodies under which sole traders, who are natural persons, look too.
var tradeTopics = []string{"设立变更", "准营准办", "资质认证", "年检年审", "税收财务", "人力资源", "社会保障", "融资信贷", "商务贸易", "农林牧渔", "交通运输", "法人注销", "知识产权", "医疗卫生", "文体教育", "环保绿化", "安全生产", "公用事业", "公安消防"}

func checkAudience(c *checker) {
	c.procedures(func(p *catalog.Procedure) {
		t, audience := p.Relations.Topics, p.Scope.Audience
		if t == nil || len(audience) == 0 || !c.terms("audiences", audience) || !c.terms("topics-person", t.Person) || !c.terms("topics-legal", t.Legal) {
			return // what is misspelt is another rule's
		}
		person := slices.Contains(audience, "自然人")
		body := slices.ContainsFunc(audience, func(a string) bool { return a != "自然人" })
		trade := slices.ContainsFunc(t.Legal, func(topic string) bool { return slices.Contains(tradeTopics, topic) })
		path, w := key("topics.person"), words{}
		switch {
		case person && len(t.Person) == 0:
			w.zh, w.en = "自然人能办，却没有个人主题，个人找不到", "natural persons may apply, but there is no topic for them"
			w.hint, w.hintEN = "写 topics.person，词在 data/vocab/topics-person.toml 里", "state topics.person, a term of topics-person"
		case body && len(t.Legal) == 0:
			path = key("topics.legal")
			w.zh, w.en = strings.Join(audience, "、")+"能办，却没有法人主题", "bodies may apply, but there is no topic for them"
			w.hint, w.hintEN = "写 topics.legal，词在 data/vocab/topics-legal.toml 里", "state topics.legal, a term of topics-legal"
		case !person && len(t.Person) > 0:
			w.zh, w.en = "自然人不能办，却放在个人主题“"+t.Person[0]+"”里", "natural persons may not apply, but it is filed under "+t.Person[0]
			w.hint, w.hintEN = "删掉 topics.person；个人也能办的，audience 加上自然人", "remove topics.person, or add 自然人 to audience"
		case !body && len(t.Legal) > 0 && !trade:
			path = key("topics.legal")
			w.zh, w.en = "只有自然人能办，却放在法人主题“"+t.Legal[0]+"”里", "only natural persons may apply, but it is filed under "+t.Legal[0]
			w.hint, w.hintEN = "删掉 topics.legal；单位也能办的，audience 加上", "remove topics.legal, or add the bodies to audience"
		default:
			return
		}
		c.report(p.File, path, w.note(p.File.Position("audience"), "服务对象", "the audience"))
	})
}

// terms reports whether all words are of a vocabulary.
func (c *checker) terms(vocabulary string, words []string) bool {
	v := c.Vocab[vocabulary]
	return v == nil || !slices.ContainsFunc(words, func(w string) bool { return v.Term(w) == nil })
}
