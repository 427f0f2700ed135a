package record

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// fewTerms stands for data/vocab in tests of schemas.
func fewTerms(vocabulary string) []Term {
	words := map[string]string{
		"item-types": "行政许可 行政确认 公共服务", "departments": "市场监管 民政", "levels": "省级 市级 县级 乡级", "sharing": "单独实施 分别实施",
		"origins": "国家 河北", "statuses": "征求意见 在用 取消", "code-statuses": "official sample", "units": "工作日 自然日 月",
		"necessities": "必要 非必要 容缺后补", "verified-statuses": "已核实 未核实", "drop-reasons": "数据共享 电子证照", "phone-kinds": "咨询 监督",
		"org-kinds": "法定机关", "hall-kinds": "政务服务中心", "division-kinds": "县",
	}[vocabulary]
	var out []Term
	for _, w := range strings.Fields(words) {
		out = append(out, Term{Term: w, EN: vocabulary})
	}
	return out
}

// schemaFaults decodes a record and returns what its schema says against it.
func schemaFaults(t *testing.T, kind Kind, text string) string {
	t.Helper()
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(JSONSchema(kind, fewTerms)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("record.json", schema); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("record.json")
	if err != nil {
		t.Fatal(err)
	}
	var v map[string]any
	if err := toml.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(asJSON(v)); err != nil {
		return err.Error()
	}
	return ""
}

// asJSON turns the values of TOML into those of JSON as editors of TOML do: a date is its text.
func asJSON(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			v[k] = asJSON(v[k])
		}
	case []any:
		for i := range v {
			v[i] = asJSON(v[i])
		}
	case []map[string]any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = asJSON(v[i])
		}
		return out
	case time.Time:
		return v.Format(time.DateOnly)
	case int64:
		return float64(v)
	}
	return v
}

const schemaItem = `
name           = "小餐饮登记"
code           = "130731903000"
code_status    = "sample"
type           = "行政确认"
department     = "市场监管"
levels         = ["县级"]
sharing        = "单独实施"
origin         = "河北"
status         = "在用"
effective_from = 2016-07-01
basis          = [{ law = "small-food-regulation", article = "第八条" }]

[verified]
status = "未核实"
`

const schemaProcedure = `
name           = "小餐饮登记新办"
status         = "在用"
effective_from = 2016-07-01
promise        = [{ value = 5, unit = "工作日", when = { kind = ["new"] } }]

[[materials]]
material  = "business-license"
necessity = "必要"
copies    = 0

[fee]
charged = false
`

const schemaLocal = `
phones = [{ kind = "咨询", number = "12345" }]

[procedure.01]
promise = [{ value = 3, unit = "工作日" }]

[procedure.01.material.business-license]
drop = { reason = "电子证照" }

[procedure.01.step.review]
limit = { value = 1, unit = "工作日" }
`

const schemaDivision = `
id    = "139921"
name  = "示例县"
level = "县级"
kind  = "县"

[[orgs]]
id      = "market"
handles = { departments = ["市场监管"] }
`

func TestSchemaAcceptsRecords(t *testing.T) {
	for _, c := range []struct {
		kind Kind
		text string
	}{
		{KindItem, schemaItem},
		{KindProcedure, schemaProcedure},
		{KindImplementation, schemaLocal},
		{KindImplementation, ""},
		{KindDivision, schemaDivision},
		{KindSchema, "version = 1"},
	} {
		if f := schemaFaults(t, c.kind, c.text); f != "" {
			t.Errorf("a good %s is refused: %s", c.kind, f)
		}
	}
}

// TestSchemaRefuses holds that each mistake is found, and at its key.
func TestSchemaRefuses(t *testing.T) {
	for _, c := range []struct {
		kind      Kind
		text      string
		old, new  string
		at, wants string
	}{
		{KindItem, schemaItem, "sharing ", "shareing ", "at ''", "additional properties 'shareing' not allowed"},
		{KindItem, schemaItem, `"行政确认"`, `"行政确定"`, "at '/type'", "value must be one of"},
		{KindItem, schemaItem, `["县级"]`, `["县里"]`, "at '/levels/0'", "value must be one of"},
		{KindItem, schemaItem, `law = "small-food-regulation", `, "", "at '/basis/0'", "missing property 'law'"},
		{KindItem, schemaItem, "2016-07-01", `"七月"`, "at '/effective_from'", "is not valid date"},
		{KindItem, schemaItem, "name ", "# name ", "at ''", "missing property 'name'"},
		{KindProcedure, schemaProcedure, "value = 5", `value = "5"`, "at '/promise/0", "want integer"},
		{KindProcedure, schemaProcedure, `["new"]`, `"new"`, "at '/promise/0", "want array"},
		{KindProcedure, schemaProcedure, `material  = "business-license"`, "", "at '/materials/0'", "missing property 'material'"},
		{KindImplementation, schemaLocal, "[procedure.01]", "[procedure.1]", "invalid propertyName '1'", "'1' does not match pattern"},
		{KindImplementation, schemaLocal, "phones =", "name = \"别的名字\"\nphones =", "at ''", "additional properties 'name' not allowed"},
		{KindImplementation, schemaLocal, "电子证照", "不想要", "at '/procedure/01/material/business-license/drop", "value must be one of"},
		{KindDivision, schemaDivision, `id      = "market"`, "", "at '/orgs/0'", "missing property 'id'"},
	} {
		f := schemaFaults(t, c.kind, strings.Replace(c.text, c.old, c.new, 1))
		if !strings.Contains(f, c.at) || !strings.Contains(f, c.wants) {
			t.Errorf("%s with %q for %q: %q; want %q %q", c.kind, c.new, c.old, f, c.at, c.wants)
		}
	}
}

// TestSchemaOfEveryKind holds that every kind has a schema in Chinese that is the same each time.
func TestSchemaOfEveryKind(t *testing.T) {
	for _, kind := range Kinds {
		a := JSONSchema(kind, fewTerms)
		if !bytes.Equal(a, JSONSchema(kind, fewTerms)) {
			t.Errorf("the schema of %s differs from one time to the next", kind)
		}
		if kind.Title().ZH == "" || !bytes.Contains(a, []byte(`"title": "`+kind.Title().ZH+`"`)) {
			t.Errorf("the schema of %s has no title", kind)
		}
	}
	if JSONSchema("permit", fewTerms) != nil {
		t.Error("a schema of no kind of record")
	}
}

func TestSchemaWords(t *testing.T) {
	schema := string(JSONSchema(KindItem, fewTerms))
	name, _ := KeyOf(KindItem, "name")
	for _, want := range []string{`"title": "` + name.Title.ZH + `"`, `"description": "` + name.Title.ZH + "：" + name.Description.ZH + `"`, `"enumValues"`} {
		if !strings.Contains(schema, want) {
			t.Errorf("the schema of items lacks %s", want)
		}
	}
	if strings.Index(schema, `"name": {`) > strings.Index(schema, `"code": {`) {
		t.Error("keys are not in the order of records")
	}
}
