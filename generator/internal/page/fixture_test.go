package page

import (
	"fmt"
	"testing/fstest"
)

// fixture is a small province: two counties alike, one with a record of its own, and a township.
func fixture() fstest.MapFS {
	m := fstest.MapFS{}
	add := func(path, text string) { m["data/"+path] = &fstest.MapFile{Data: []byte(text)} }
	add("laws/food-safety-law.toml", `name = "中华人民共和国食品安全法"
kind = "法律"
articles = [{ no = "第三十五条" }]`)
	add("materials/food-business-form.toml", `name = "食品经营许可申请书"
kind = "申请表格文书"
remedy = "重新填写即可。"`)
	add("materials/business-license.toml", `name = "营业执照"
kind = "证件证书证明"`)
	add("materials/health-certificate.toml", `name = "健康证明"
kind = "证件证书证明"
alternatives = ["business-license"]`)
	add("certificates/food-business-permit.toml", `name = "食品经营许可证"
validity = "五年"`)
	add("vocab/org-kinds.toml", `name = "实施主体性质"
[[terms]]
id = "statutory"
term = "法定机关"
[terms.remedies]
review = "60日内向同级人民政府申请行政复议。"
litigation = "6个月内提起行政诉讼。"
complaint = "打12345。"`)
	add("divisions/defaults/county.toml", `level = "县级"
[[orgs]]
id = "market"
name = "{name}市场监督管理局"
name_status = "by_rule"
kind = "法定机关"
handles = { departments = ["市场监管"] }
[[orgs]]
id = "civil"
name = "{name}民政局"
name_status = "by_rule"
kind = "法定机关"
handles = { departments = ["民政"] }
[[halls]]
id = "hall"
name = "{name}政务服务中心"
name_status = "by_rule"
kind = "政务服务中心"`)
	add("divisions/130000/division.toml", "id = \"130000\"\ncode = \"130000\"\nname = \"河北省\"\nlevel = \"省级\"\nkind = \"省\"")
	for code, name := range map[string]string{"130731": "涿鹿县", "130732": "赤城县", "130733": "崇礼区"} {
		more := ""
		if code == "130733" {
			more = "\nrefers = [{ items = [\"dibao\"], to = \"130731\", note = \"两区合并办理。\" }]\nnot_adopted = [{ item = \"food-prepack\", reason = \"由市里统一办。\" }]"
		}
		add("divisions/"+code+"/division.toml", fmt.Sprintf("id = %q\ncode = %q\nname = %q\nlevel = \"县级\"\nkind = \"县\"\nparent = \"130000\"%s", code, code, name, more))
	}
	add("divisions/130731/100/division.toml", `id = "130731100"
code = "130731100"
name = "涿鹿镇"
level = "乡级"
kind = "镇"
parent = "130731"
[[orgs]]
id = "government"
name = "涿鹿镇人民政府"
kind = "乡镇政府和街道办事处"
handles = { departments = ["民政"] }
[[halls]]
id = "hall"
name = "涿鹿镇便民服务中心"
kind = "便民服务中心"
[[halls]]
id = "village"
name = "五堡村代办点"
kind = "代办点"
serves = ["五堡村"]
does = { agent = ["dibao"] }`)
	item := func(id, name, dep, levels string) {
		add("items/"+id+"/item.toml", fmt.Sprintf(`name = %q
plain = "开店卖吃的，先办这个证。"
code = "130131901000"
code_status = "sample"
type = "行政许可"
department = %q
levels = %s
sharing = "分别实施"
origin = "国家"
status = "在用"
effective_from = 2015-10-01
basis = [{ law = "food-safety-law", article = "第三十五条" }]`, name, dep, levels))
	}
	item("food-business", "食品经营许可", "市场监管", `["县级"]`)
	item("food-prepack", "仅销售预包装食品备案", "市场监管", `["县级"]`)
	item("dibao", "最低生活保障审核确认", "民政", `["县级", "乡级"]`)
	add("items/food-business/01.toml", foodProcedure)
	add("items/food-business/02.toml", "name = \"食品经营许可延续\"\nstatus = \"在用\"\neffective_from = 2015-10-01\nlegal_limit = []\nmaterials = []")
	add("items/food-prepack/01.toml", "name = \"仅销售预包装食品备案\"\nstatus = \"在用\"\neffective_from = 2015-10-01\npromise = [{ value = 0, unit = \"工作日\" }]")
	add("items/dibao/01.toml", "name = \"最低生活保障审核确认\"\nstatus = \"在用\"\neffective_from = 2021-07-01\nauthority = [{ accept = [\"乡级\"], decide = \"县级\" }]")
	add("divisions/130731/food-business.toml", `promise = [{ value = 3, unit = "工作日" }]
suspended = { from = 2026-11-01, to = 2026-12-01, reason = "大厅搬迁", instead = "到市政务服务中心办" }
[procedure.01.material.business-license]
drop = { reason = "数据共享", note = "窗口自己查" }`)
	return m
}

const foodProcedure = `name = "食品经营许可新办"
status = "在用"
effective_from = 2015-10-01
audience = ["企业", "个体工商户"]
apply_at = "经营场所所在地"
legal_limit = [{ value = 20, unit = "工作日" }]
promise = [{ value = 10, unit = "工作日", when = { trade = ["shop", "canteen"] } }, { value = 5, unit = "工作日", when = { trade = ["machine"] } }]
visits = 1
channels = ["窗口办理", "网上办理"]
in_person = "不用本人来；可以委托别人"
fee = { charged = false }
not_needed = [{ id = "farm", text = "只卖自家种的菜", instead = "不用办。" }]
cases = [{ id = "trade", question = "您做哪一种买卖？", options = [{ id = "shop", label = "饭店" }, { id = "canteen", label = "食堂" }, { id = "machine", label = "自动售货机" }] }]
conditions = [{ id = "licence", text = "有营业执照。" }]
results = [{ id = "permit", certificate = "food-business-permit" }]
before = [{ id = "prepack", item = "food-prepack", text = "卖包装食品的先备案" }]
faq = [{ id = "q", q = "网上卖也要办吗？", a = "要。" }]
apply_by = [{ id = "renew", who = "持证人", within = { value = 30, unit = "工作日" }, from = "到期前", if_missed = "要重新办。" }]
[[special_procedures]]
id = "site"
kind = "现场核查"
limit = { value = 5, unit = "工作日" }
counted = false
[[materials]]
material = "food-business-form"
necessity = "必要"
form = "纸质或电子"
originals = 1
[[materials]]
material = "business-license"
necessity = "必要"
form = "纸质或电子"
[[materials]]
material = "health-certificate"
necessity = "必要"
when = { trade = ["shop", "canteen"] }
[[steps]]
id = "receive"
name = "收件"
who = "窗口"
standard = "材料齐全"
[[steps]]
id = "check"
name = "现场核查"
limit = { value = 5, unit = "工作日" }
when = { trade = ["shop"] }`
