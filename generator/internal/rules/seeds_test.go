package rules

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"banshi/generator/internal/diag"
)

// seed is one mistake that somebody makes in a record of the small portal: old is replaced by new, in which ‸ stands where the
// problem must be reported. Without old the file is new. more is a second place of the same file that has to change with it.
type seed struct {
	rule, file, old, new string
	more                 [2]string
}

const (
	business = "data/items/food-business/01.toml"
	reissue  = "data/items/food-business/02.toml"
	catalog1 = "data/items/food-business/item.toml"
	merged   = "data/items/food-circulation/item.toml"
	aid      = "data/items/dibao/01.toml"
	county   = "data/divisions/139921/division.toml"
	locally  = "data/divisions/139921/food-business.toml"
	payments = "data/divisions/139921/dibao.toml"
)

// seeds are written by hand as careless, hurried and clever people would make them.
var seeds = []seed{
	// reading
	{rule: "syntax", file: reissue, old: `visits = 1`, new: `visits = ‸一`},
	{rule: "duplicate-key", file: reissue, old: "visits = 1\n", new: "visits = 1\n‸visits = 1\n"},
	{rule: "unknown-key", file: business, old: `quantity_limit =`, new: `‸quantity_limt =`},
	{rule: "wrong-type", file: business, old: `visits = 1`, new: `‸visits = "1"`},
	{rule: "wrong-value", file: business, old: `effective_from = 2015-10-01`, new: `‸effective_from = 2015-10-01T08:00:00`},
	{rule: "path", file: "data/items/food.toml", new: "‸name = \"x\"\n"},
	{rule: "stray-file", file: "data/items/dibao/申请人名单.xlsx", new: "‸x"},
	// shape
	{rule: "missing-key", file: catalog1, old: "origin = \"国家\"\n", new: "", more: [2]string{`name = "食品经营许可"`, `‸name = "食品经营许可"`}},
	{rule: "unknown-term", file: catalog1, old: `department = "市场监管"`, new: `‸department = "市场监督"`},
	{rule: "unknown-term", file: locally, old: `value = 5, unit = "工作日"`, new: `value = 5, ‸unit = "天"`},
	{rule: "empty-text", file: business, old: `plain = "第一次开店卖现做的吃的。"`, new: `‸plain = ""`},
	{rule: "unknown-term", file: business, old: `channels = ["窗口办理", "网上办理"]`, new: `channels = ["窗口办理", ‸"网上", "网上办理"]`},
	{rule: "id-form", file: business, old: `id = "fitting"`, new: `‸id = "装修"`},
	{rule: "duplicate-id", file: business, old: `id = "rules", text`, new: `‸id = "place", text`},
	{rule: "date-order", file: merged, old: `effective_to = 2015-10-01`, new: `‸effective_to = 2005-10-01`},
	{rule: "limit-value", file: business, old: `within = { value = 30`, new: `within = { ‸value = -30`},
	{rule: "url-scheme", file: business, old: `online = { depth`, new: `online = { ‸url = "zwfw.hebei.gov.cn", depth`},
	{rule: "id-path", file: county, old: `id = "139921"`, new: `‸id = "139922"`},
	{rule: "item-code", file: catalog1, old: `code = "130131901000"`, new: `‸code = "1301-31-901000"`},
	{rule: "code-type", file: catalog1, old: `code = "130131901000"`, new: `‸code = "130731901000"`},
	{rule: "code-department", file: catalog1, old: `code = "130131901000"`, new: `‸code = "130111901000"`},
	{rule: "duplicate-code", file: "data/items/food-stall/item.toml", old: `code = "131031901000"`, new: `‸code = "130131902000"`, more: [2]string{`type = "行政备案"`, `type = "行政许可"`}},
	{rule: "sample-code", file: catalog1, old: `code_status = "sample"`, new: `‸code_status = "official"`},
	{rule: "uscc", file: county, old: "name = \"示例县行政审批局\"\n", new: "name = \"示例县行政审批局\"\n‸uscc = \"119999990000920138\"\n"},
	{rule: "amount-form", file: payments, old: `value = "700"`, new: `‸value = "700元"`},
	{rule: "bare-day", file: business, old: `legal_limit = [{ value = 20, unit = "工作日" }]`, new: `legal_limit = [{ value = 20, ‸unit = "日" }]`},
	{rule: "future-date", file: "data/laws/food-safety.toml", old: `articles = [{ no = "第三十五条" }]`, new: `articles = [{ no = "第三十五条", ‸checked_on = 2062-01-01 }]`},
	// references
	{rule: "unknown-law", file: business, old: `basis = [{ law = "food-safety", article`, new: `basis = [{ ‸law = "food-safty", article`},
	{rule: "unknown-material", file: business, old: `material = "layout"`, new: `‸material = "lay-out"`},
	{rule: "unknown-record", file: business, old: `certificate = "food-permit"`, new: `‸certificate = "food-permitt"`},
	{rule: "unknown-document", file: payments, old: `document = "sample-doc"`, new: `‸document = "示政发〔2026〕1号"`},
	{rule: "unknown-item", file: catalog1, old: `replaces = ["food-circulation"]`, new: `replaces = [‸"food-circulaton"]`},
	{rule: "unknown-procedure", file: "data/bundles/open-restaurant.toml", old: `procedure = "01"`, new: `‸procedure = "09"`},
	{rule: "unknown-hall", file: county, old: `hall = "hall"`, new: `‸hall = "大厅"`},
	{rule: "unknown-target", file: "data/synonyms.toml", old: `targets = ["food-business"]`, new: `targets = [‸"food-busines"]`},
	{rule: "unknown-member", file: locally, old: `[procedure.01.material.layout]`, new: `[procedure.01.material.‸lay-out]`},
	{rule: "unlisted-article", file: business, old: `article = "第三十五条"`, new: `‸article = "第三百五十条"`},
	{rule: "bundle-order", file: "data/bundles/open-restaurant.toml", old: `procedure = "01" }`, new: `procedure = "01", after = [‸"dibao"] }`},
	{rule: "synonym-conflict", file: "data/synonyms.toml", old: `"面馆"]`, new: `"面馆", ‸"最低生活保障审核确认"]`},
	// authority
	{rule: "no-basis", file: "data/items/dibao/item.toml", old: `basis = [{ law = "social-aid", article = "第九条" }]`, new: `‸basis = []`},
	{rule: "refused-type", file: "data/items/dibao/item.toml", old: `type = "行政给付"`, new: `‸type = "行政检查"`, more: [2]string{`code = "130511901000"`, `code = "130611901000"`}},
	{rule: "not-on-application", file: catalog1, old: `replaces = `, new: "‸on_application = false\nreplaces = "},
	{rule: "no-item", file: "data/divisions/139921/food-busines.toml", new: "‸one_window = true\n"},
	{rule: "not-taken-on", file: "data/divisions/139921/101/food-business.toml", new: "‸one_window = true\n"},
	{rule: "authority-level", file: aid, old: `decide = "县级"`, new: `‸decide = "乡级"`},
	{rule: "sharing-levels", file: catalog1, old: `sharing = "共同实施"`, new: `‸sharing = "单独实施"`},
	{rule: "duplicate-name", file: reissue, old: `name = "补办"`, new: `‸name = "新办"`},
	// the standard
	{rule: "catalogue-locked", file: locally, old: "[procedure.01]\n", new: "‸type = \"行政备案\"\n\n[procedure.01]\n"},
	{rule: "standard-locked", file: locally, old: "[procedure.01]\n", new: "[procedure.01]\n‸quantity_limit = \"每县十家\"\n"},
	{rule: "added-material", file: locally, old: "[procedure.01.material.layout]", new: "[[procedure.01.materials]]\nmaterial = \"dibao-form\"\nnecessity = \"必要\"\n\n[procedure.01.material.layout]", more: [2]string{"[[procedure.01.materials]]", "‸[[procedure.01.materials]]"}},
	{rule: "tighten-promise", file: locally, old: `promise = [{ value = 5`, new: `promise = [{ ‸value = 15`},
	{rule: "tighten-visits", file: locally, old: "[procedure.01]\n", new: "[procedure.01]\n‸visits = 3\n"},
	{rule: "tighten-channels", file: locally, old: "[procedure.01]\n", new: "[procedure.01]\n‸channels = [\"窗口办理\"]\n"},
	{rule: "tighten-tolerance", file: locally, old: "[procedure.01]\n", new: "[procedure.01]\ntolerance = { ‸limit = { value = 3, unit = \"工作日\" } }\n"},
	{rule: "same-as-standard", file: locally, old: `promise = [{ value = 5`, new: `‸promise = [{ value = 10`},
	{rule: "shadowed", file: locally, old: `necessity = "容缺后补"`, new: "drop = { reason = \"数据共享\" }\n‸form = \"纸质或电子\""},
	// cases
	{rule: "unknown-case", file: business, old: `when = { kind = ["canteen"] } },`, new: `when = { kind = [‸"canten"] } },`},
	{rule: "case-without-limit", file: business, old: `promise = [{ value = 10, unit = "工作日" }]`, new: `‸promise = [{ value = 10, unit = "工作日", when = { kind = ["shop"] } }]`},
	// consistency
	{rule: "visit-reason", file: business, old: "visit_reason = \"领取证件，也可以邮寄。\"\n", new: "", more: [2]string{"visits = 1", "‸visits = 1"}},
	{rule: "fee", file: business, old: `fee = { charged = false }`, new: `fee = { charged = false, ‸online_payment = true }`},
	{rule: "material-basis", file: business, old: "[[materials]]\nmaterial = \"layout\"\nnecessity = \"必要\"\nform = \"纸质或电子\"\noriginals = 1\ncopies = 0\nsource = \"申请人自备\"\nbasis = [{ law = \"food-safety\" }]\n", new: "‸[[materials]]\nmaterial = \"layout\"\nnecessity = \"必要\"\nform = \"纸质或电子\"\noriginals = 1\ncopies = 0\nsource = \"申请人自备\"\n"},
	{rule: "copies-reason", file: business, old: "originals = 1\ncopies = 0", new: "originals = 1\n‸copies = 1"},
	{rule: "tolerance", file: business, old: "necessity = \"必要\"\nform = \"电子\"", new: "‸necessity = \"容缺后补\"\nform = \"电子\"", more: [2]string{"limit = { value = 10, unit = \"工作日\" } }", "limit = { value = 10, unit = \"工作日\" }, main = [\"business-license\"] }"}},
	{rule: "result-type", file: business, old: `certificate = "food-permit"`, new: "certificate = \"food-permit\"\n‸type = \"批文\""},
	{rule: "online-channel", file: business, old: `channels = ["窗口办理", "网上办理"]`, new: `channels = ["窗口办理"]`, more: [2]string{`online = { depth`, `online = { ‸depth`}},
	{rule: "promise-over-legal", file: business, old: `promise = [{ value = 10`, new: `promise = [‸{ value = 30`},
	{rule: "steps-over-promise", file: business, old: `promise = [{ value = 10`, new: `promise = [‸{ value = 9`},
	{rule: "special-without-limit", file: business, old: "[[special_procedures]]\nid = \"inspect\"\nkind = \"现场核查\"\nlimit = { value = 5, unit = \"工作日\" }\n", new: "‸[[special_procedures]]\nid = \"inspect\"\nkind = \"现场核查\"\n"},
	{rule: "depth-visits", file: business, old: `depth = "受理" }`, new: `depth = "证照反馈" }`, more: [2]string{"visits = 1\nvisit_reason = \"领取证件，也可以邮寄。\"", "‸visits = 1\nvisit_reason = \"领取证件。\""}},
	{rule: "offline-reason", file: reissue, old: "channels = [\"窗口办理\"]\nonline = { reason = \"窗口当场补，不用在网上申请。\" }\n", new: "‸channels = [\"窗口办理\"]\n"},
	{rule: "audience-topic", file: business, old: `audience = ["企业法人", "非法人企业"]`, new: `audience = ["自然人", "企业法人"]`, more: [2]string{`topics = {`, `‸topics = {`}},
	{rule: "proof-not-listed", file: business, old: `id = "rules", text = "有食品安全管理人员和保证食品安全的规章制度。"`, new: `id = "rules", ‸text = "提交从业人员健康证明。"`},
	{rule: "obtainable-paper", file: business, old: "[[materials]]\nmaterial = \"business-license\"", new: "‸[[materials]]\nmaterial = \"business-license\"", more: [2]string{"waived_by = [\"数据共享\"]\n", ""}},
	{rule: "paper-and-electronic", file: business, old: `fill_note = "经营项目按实际填。"`, new: `‸fill_note = "网上填完后，还要交纸质的。"`},
	{rule: "intermediary-unlisted", file: business, old: `source = "其他"`, new: `‸source = "中介机构出具"`},
	{rule: "near-duplicate", file: "data/materials/license-copy.toml", new: "‸name = \"营业执照（复印件）\"\nkind = \"其他\"\n"},
	{rule: "alias-taken", file: "data/materials/layout.toml", old: `kind = "其他"`, new: "aliases = [‸\"营业执照\"]\nkind = \"其他\""},
	{rule: "alias-repeated", file: catalog1, old: `"食品证"`, new: `‸"食品经营许可"`},
	{rule: "status-date", file: reissue, old: `effective_from = 2015-10-01`, new: `‸effective_from = 2027-10-01`},
	// places
	{rule: "hall-name", file: county, old: `name = "示例县政务服务中心"`, new: `‸name = "示例县行政审批大厅"`},
	{rule: "address-detail", file: county, old: `address = "示例县示例路1号"`, new: `‸address = "示例县示例路"`},
	{rule: "hours-form", file: county, old: `days = "周六", open = ["9:00–12:00"]`, new: `days = "周六", open = [‸"9:00-12:00"]`},
	{rule: "phone-form", file: county, old: `phone = "12345"`, new: `‸phone = "8012345"`},
	{rule: "complaint-phone", file: county, old: "phone = \"12345\"\ncomplaint = \"12345\"", new: "phone = \"0319-8012345\"\n‸complaint = \"0319-8012345\""},
	{rule: "duplicate-window", file: county, old: `number = "9"`, new: `‸number = "3"`},
	{rule: "location", file: county, old: "\n[[orgs]]", new: "‸location = { lat = 114.5, lon = 38.0 }\n\n[[orgs]]"},
	{rule: "no-window-number", file: locally, old: "[procedure.01]\n", new: "places = [‸{ hall = \"hall\" }]\n\n[procedure.01]\n"},
	{rule: "unknown-window", file: locally, old: "[procedure.01]\n", new: "places = [{ hall = \"hall\", ‸window = \"4\" }]\n\n[procedure.01]\n"},
	{rule: "not-entered", file: payments, old: "benefit", new: "‸hall_entry = { entered = false }\nbenefit"},
	{rule: "appointment-forced", file: payments, old: "benefit", new: "‸appointment = \"须预约，不预约不受理。\"\nbenefit"},
	// wording
	{rule: "vague-wording", file: business, old: `text = "有食品安全管理人员和保证食品安全的规章制度。"`, new: `‸text = "法律法规规定的其他条件。"`},
	{rule: "traditional", file: business, old: `q = "还没装修好`, new: `‸q = "還没装修好`},
	{rule: "han-space", file: business, old: `prohibitions = ["被吊销许可证未满5年的`, new: `prohibitions = [‸"被吊销许可证未满 5 年的`},
	{rule: "half-width", file: business, old: `instead = "直接经营。"`, new: `‸instead = "直接经营,不用办。"`},
	{rule: "full-width", file: aid, old: `in_person = "行动不便的`, new: `‸in_person = "８０岁以上行动不便的`},
	{rule: "jargon", file: business, old: `in_person = "不用本人到场`, new: `‸in_person = "行政相对人不用到场`},
	{rule: "long-sentence", file: aid, old: `visit_reason = "签字并核对身份。"`, new: `‸visit_reason = "` + strings.Repeat("要到窗口签字并核对身份", 6) + `。"`},
	// privacy
	{rule: "id-number", file: business, old: `note = "看场所和设备。"`, new: `‸note = "联系11010519491231002X"`},
	{rule: "mobile-number", file: business, old: `who = "市场监管部门"`, new: `‸who = "张某13900139000"`},
	{rule: "bank-card", file: payments, old: "benefit", new: "‸self_service = \"打到6222021234567890128\"\nbenefit"},
	{rule: "private-mail", file: aid, old: `a = "看车的用途`, new: `‸a = "发到dibao@163.com，看车的用途`},
	{rule: "password", file: aid, old: `plain = "家里收入低`, new: `‸plain = "查询密码：Dibao2026。家里收入低`},
	{rule: "token", file: business, old: `online = { depth`, new: `online = { ‸url = "https://zwfw.example.gov.cn/?token=abcdef123456", depth`},
	{rule: "invisible", file: business, old: `stops = "现场核查`, new: "‸stops = \"现场\u200b核查"},
	{rule: "formula", file: business, old: `stops = "现场核查`, new: `‸stops = "=现场核查`},
	{rule: "attachment", file: "data/materials/food-form.toml", old: `remedy = `, new: "‸blank_form = \"申请书.exe\"\nremedy = "},
	// completeness
	{rule: "no-faq", file: business, old: "[[faq]]\nid = \"fitting\"\nq = \"还没装修好，能先申请吗？\"\na = \"不能。现场核查要看场所和设备。\"\n", new: "", more: [2]string{`name = "新办"`, `‸name = "新办"`}},
	{rule: "no-remedy", file: "data/materials/canteen-proof.toml", old: "remedy = \"请举办单位再开。\"\n", new: "", more: [2]string{"name = ", "‸name = "}},
	{rule: "no-aliases", file: catalog1, old: "aliases = [\"开饭店\", \"开餐馆\", \"卫生许可证\", \"食品证\", \"开小吃店\"]\n", new: "", more: [2]string{`name = "食品经营许可"`, `‸name = "食品经营许可"`}},
	{rule: "verify-again", file: aid, old: "[[cases]]", new: "[verified]\nstatus = \"已核实\"\n‸on = 2024-01-01\nrole = \"省民政厅\"\n\n[[cases]]"},
	{rule: "no-ending", file: merged, old: "ending = { document = \"sample-doc\", replaced_by = \"food-business\", what_now = \"改办食品经营许可。\", old_certificates = \"原证到期后不用换。\" }", new: "", more: [2]string{"status = \"合并\"\neffective_from = 2009-07-30\neffective_to = 2015-10-01\nplain = \"以前卖包装食品要办的证。\"\naliases = [\"食品流通证\"]\nbasis = [{ law = \"food-safety\" }]\nreplaced_by = \"food-business\"\n", "‸status = \"合并\"\neffective_from = 2009-07-30\neffective_to = 2015-10-01\nplain = \"以前卖包装食品要办的证。\"\naliases = [\"食品流通证\"]\nbasis = [{ law = \"food-safety\" }]\n"}},
}

// portal returns the small portal of the golden tests with the vocabularies of the library.
func portal(t *testing.T) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	for prefix, dir := range map[string]string{"": "../../testdata/site", "data/vocab/": "../../../data/vocab"} {
		from := os.DirFS(dir)
		err := fs.WalkDir(from, ".", func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(from, p)
			out[prefix+p] = &fstest.MapFile{Data: data}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// plant makes one mistake in a site and returns where it must be found.
func plant(t *testing.T, site fstest.MapFS, s seed) diag.Position {
	t.Helper()
	text := s.new
	if s.old != "" {
		before := string(site[s.file].Data)
		if !strings.Contains(before, s.old) {
			t.Fatalf("%s: %s no longer says %q", s.rule, s.file, s.old)
		}
		text = strings.Replace(before, s.old, s.new, 1)
	}
	if s.more[0] != "" {
		if !strings.Contains(text, s.more[0]) {
			t.Fatalf("%s: %s no longer says %q", s.rule, s.file, s.more[0])
		}
		text = strings.Replace(text, s.more[0], s.more[1], 1)
	}
	head, tail, marked := strings.Cut(text, "‸")
	if !marked {
		t.Fatalf("%s in %s: no mark", s.rule, s.file)
	}
	site[s.file] = &fstest.MapFile{Data: []byte(head + tail)}
	last := head[strings.LastIndexByte(head, '\n')+1:]
	return diag.Position{File: s.file, Line: strings.Count(head, "\n") + 1, Column: len([]rune(last)) + 1}
}

// TestSixty holds that every mistake is found, by the rule it is against, at its line and column, and that it makes no other
// finding. As many mistakes as fit, one a file, are made in one copy of the portal.
func TestSixty(t *testing.T) {
	whole := portal(t)
	for _, p := range problems(t, whole) {
		t.Errorf("before any mistake: %s:%d [%s] %s", p.File, p.Line, p.Rule, p.Message.ZH)
	}
	kinds := map[string]bool{}
	for rest := slices.Clone(seeds); len(rest) > 0; {
		site, touched := fstest.MapFS{}, map[string]bool{}
		for p, f := range whole {
			site[p] = f
		}
		var want []string
		var later []seed
		for _, s := range rest {
			if touched[s.file] {
				later = append(later, s)
				continue
			}
			touched[s.file], kinds[s.rule] = true, true
			at := plant(t, site, s)
			want = append(want, fmt.Sprintf("%s:%d:%d: [%s]", at.File, at.Line, at.Column, s.rule))
		}
		rest = later
		var got []string
		for _, p := range problems(t, site) {
			got = append(got, fmt.Sprintf("%s:%d:%d: [%s]", p.File, p.Line, p.Column, p.Rule))
			if reported(p.Rule) && (p.Hint.ZH == "" || p.Hint.EN == "") {
				t.Errorf("%s has no hint", got[len(got)-1])
			}
		}
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("missed %s", w)
			}
		}
		for _, g := range got {
			if !slices.Contains(want, g) {
				t.Errorf("extra  %s", g)
			}
		}
	}
	if len(seeds) < 60 || len(kinds) < 40 {
		t.Errorf("%d mistakes against %d rules, want 60 against 40", len(seeds), len(kinds))
	}
}
