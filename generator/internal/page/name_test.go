package page

import (
	"testing"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// TestShortName keeps a procedure's own brackets and takes off those around what follows the item's name.
func TestShortName(t *testing.T) {
	tests := map[[2]string]string{
		{"食品经营许可", "食品经营许可新办"}:         "新办",
		{"食品经营许可", "食品经营许可（新办）"}:       "新办",
		{"护士执业注册", "护士执业注册"}:           "",
		{"灵活就业人员参保登记", "停保（暂停缴费）"}:     "停保（暂停缴费）",
		{"个体工商户登记", "个体工商户登记-变更（经营者）"}: "变更（经营者）",
	}
	for names, want := range tests {
		p := &catalog.Procedure{Item: &catalog.Item{Item: &record.Item{Name: names[0]}}, Procedure: &record.Procedure{Name: names[1]}}
		if got := shortNameOf(p); got != want {
			t.Errorf("%s of %s is called %q, want %q", names[1], names[0], got, want)
		}
	}
}
