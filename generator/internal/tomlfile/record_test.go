package tomlfile

import (
	"errors"
	"fmt"
	"time"
)

// The types of these tests are cut from real records: a standard procedure and
// a county's implementation of it.

type procedure struct {
	common
	Name      string            `toml:"name"`
	Effective date              `toml:"effective_from"`
	Audience  []string          `toml:"audience"`
	Promise   []limit           `toml:"promise"`
	Fee       *fee              `toml:"fee"`
	Visits    *int              `toml:"visits"`
	Materials []material        `toml:"materials"`
	Steps     []step            `toml:"steps"`
	Cases     []question        `toml:"cases"`
	Topics    map[string]string `toml:"topics"`
	Local     map[string]local  `toml:"procedure"`
	Phone     phone             `toml:"phone"`
	Location  [2]float64        `toml:"location"`
	Checked   time.Time         `toml:"checked"`
	Extra     any               `toml:"extra"`
	Derived   string
	Ignored   string `toml:"-"`
}

type common struct {
	Status string   `toml:"status"`
	Verify verified `toml:"verified"`
}

type verified struct {
	On   date   `toml:"on"`
	Role string `toml:"role"`
}

type limit struct {
	Value int8   `toml:"value"`
	Unit  string `toml:"unit"`
	When  when   `toml:"when"`
}

type fee struct {
	Charged bool    `toml:"charged"`
	Amount  float64 `toml:"amount"`
	Note    string  `toml:"note,omitempty"`
}

type material struct {
	ID        string `toml:"id"`
	Material  string `toml:"material"`
	Necessity string `toml:"necessity"`
	Copies    uint   `toml:"copies"`
	When      when   `toml:"when"`
}

type step struct {
	ID       string `toml:"id"`
	Name     string `toml:"name"`
	Required bool   `toml:"required"`
}

type question struct {
	ID      string `toml:"id"`
	Options []struct {
		ID    string `toml:"id"`
		Label string `toml:"label"`
	} `toml:"options"`
}

type local struct {
	Promise  []limit             `toml:"promise"`
	Material map[string]material `toml:"material"`
}

// when = {question = ["option", …]}
type when map[string][]string

// date is a local date; its error has both languages.
type date struct{ year, month, day int }

func (d *date) UnmarshalTOML(value any) error {
	t, ok := value.(time.Time)
	if !ok || t.Location().String() != "date-local" {
		return badDate{value}
	}
	year, month, day := t.Date()
	*d = date{year, int(month), day}
	return nil
}

type badDate struct{ value any }

func (e badDate) Error() string { return "bad date" }
func (e badDate) ZH() string {
	return fmt.Sprintf("日期应写成 2026-03-01，这里是 %v", e.value)
}
func (e badDate) EN() string { return fmt.Sprintf("write a date as 2026-03-01, not %v", e.value) }

type phone string

func (p *phone) UnmarshalText(text []byte) error {
	if len(text) < 5 {
		return errors.New("电话号码太短")
	}
	*p = phone(text)
	return nil
}

const goodRecord = `# 食品经营许可（新办）省级标准
name           = "食品经营许可（新办）"
status         = "在用"
effective_from = 2026-03-01
audience       = ["企业", "个体工商户"]   # 名称里的 [括号] 不算
promise        = [
  { value = 10, unit = "工作日" },
  { value = 5, unit = "工作日", when = { scope = ["solid-drinks"] } },  # 简易情形
]
visits   = 0
phone    = "0310-12345"
location = [114.48, 36.6]
checked  = 2026-02-28T08:30:00+08:00
fee.charged = false
fee.note = """
不收费。[[这不是标题]]
fee = "也不是键"
"""

[verified]
on   = 2026-02-01
role = "县行政审批局"

[topics]
person = "就业创业"
"法人" = '准营准办'

[[materials]]
id        = "application"
material  = "food-business-application"
necessity = "必要"

  [[materials]]
  id        = "premises-layout"
  material  = "premises-layout"
  necessity = "容缺后补"
  copies    = 1
  when.scope = ["solid-drinks", "hot-food"]

[[cases]]
id = "scope"
options = [{ id = "hot-food", label = "热食" }, { id = "solid-drinks", label = "预包装" }]

[[steps]]
id = "accept"
name = "受理"
[[steps]]
id = "publish"
name = "公示"
required = true

[procedure.01]
promise = [{ value = 5, unit = "工作日" }]
[procedure.01.material.premises-layout]
necessity = "非必要"
[extra]
anything = [1, [2, 3]]
`
