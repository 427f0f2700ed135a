package office

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"banshi/generator/internal/record"
	"banshi/generator/internal/tomlfile"
)

// decodeTree reads a record as plain values; what cannot be read is left out, and named by the check.
func decodeTree(name string, data []byte, tree *map[string]any) {
	tomlfile.Decode(name, data, tree, tomlfile.Options{})
}

// lookup returns what stands at a path of keys and, in lists, numbers from 0.
func lookup(tree any, path ...string) any {
	for _, key := range path {
		if list, ok := listOf(tree); ok {
			i, err := strconv.Atoi(key)
			if err != nil || i < 0 || i >= len(list) {
				return nil
			}
			tree = list[i]
			continue
		}
		table, ok := tree.(map[string]any)
		if !ok {
			return nil
		}
		tree = table[key]
	}
	return tree
}

// listOf returns the elements of a list, and false for what is none.
func listOf(v any) ([]any, bool) {
	switch v := v.(type) {
	case []any:
		return v, true
	case []map[string]any:
		out := make([]any, len(v))
		for i, m := range v {
			out[i] = m
		}
		return out, true
	}
	return nil, false
}

// writer writes values as texts of cells.
type writer struct {
	names    *names
	division string // in which halls and bodies are meant
}

// text writes a value of a form; nil is "".
func (w *writer) text(v any, c *column) string {
	if v == nil {
		return ""
	}
	list, isList := listOf(v)
	switch c.form {
	case formTexts:
		return w.texts(list, c)
	case formLimit:
		return w.limit(v)
	case formLimits, formBasis, formPhones, formPlaces:
		if !isList {
			return w.scalar(v, c.key)
		}
		return w.several(list, c.form)
	case formWhen:
		return w.when(v)
	}
	return w.scalar(v, c.key)
}

func (w *writer) several(list []any, f form) string {
	if len(list) == 0 {
		return wordNone
	}
	var lines []string
	for _, m := range list {
		switch f {
		case formLimits:
			lines = append(lines, w.limit(m))
		case formBasis:
			lines = append(lines, w.basis(m))
		case formPhones:
			lines = append(lines, phone(m))
		case formPlaces:
			lines = append(lines, w.place(m))
		}
	}
	return strings.Join(lines, "\n")
}

// scalar writes a single value.
func (w *writer) scalar(v any, k record.Key) string {
	switch v := v.(type) {
	case string:
		if k.Ref != "" && k.Vocabulary == "" {
			return w.names.name(k.Ref, w.division, v)
		}
		return v
	case bool:
		if v {
			return "是"
		}
		return "否"
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case time.Time:
		return v.Format(time.DateOnly)
	}
	return fmt.Sprint(v)
}

// texts writes a list: sentences on lines, words with 、 between.
func (w *writer) texts(list []any, c *column) string {
	if len(list) == 0 {
		return wordNone
	}
	var words []string
	for _, v := range list {
		words = append(words, w.scalar(v, c.key))
	}
	if c.key.Vocabulary == "" && c.key.Ref == "" {
		for _, word := range words {
			if strings.ContainsAny(word, separators+"。") {
				return strings.Join(words, "\n")
			}
		}
	}
	return strings.Join(words, "、")
}

// limit writes 【kind：sale】10个工作日（可延长5；说明）.
func (w *writer) limit(v any) string {
	value, _ := lookup(v, "value").(int64)
	unit, _ := lookup(v, "unit").(string)
	text := strconv.FormatInt(value, 10)
	switch unit {
	case record.UnitDay:
		text += "日"
	default:
		text += "个" + unit
	}
	if value == 0 && unit == record.UnitWorkday {
		text = "即办"
	}
	var more []string
	if n, ok := lookup(v, "extension").(int64); ok && n != 0 {
		more = append(more, fmt.Sprintf("可延长%d", n))
	}
	if note, ok := lookup(v, "note").(string); ok && note != "" {
		more = append(more, note)
	}
	if len(more) > 0 {
		text += "（" + strings.Join(more, "；") + "）"
	}
	if when := lookup(v, "when"); when != nil {
		text = "【" + w.when(when) + "】" + text
	}
	return text
}

// when writes kind：sale、catering；who：old.
func (w *writer) when(v any) string {
	table, ok := v.(map[string]any)
	if !ok {
		return fmt.Sprint(v)
	}
	var parts []string
	for _, question := range sortedKeys(table) {
		list, _ := listOf(table[question])
		var options []string
		for _, o := range list {
			options = append(options, fmt.Sprint(o))
		}
		parts = append(parts, question+"："+strings.Join(options, "、"))
	}
	return strings.Join(parts, "；")
}

// basis writes 《食品安全法》第三十五条（说明）.
func (w *writer) basis(v any) string {
	law, _ := lookup(v, "law").(string)
	article, _ := lookup(v, "article").(string)
	text := "《" + w.names.name("law", "", law) + "》" + article
	if note, ok := lookup(v, "note").(string); ok && note != "" {
		text += "（" + note + "）"
	}
	return text
}

// phone writes 咨询：0311-12345678（工作日）.
func phone(v any) string {
	kind, _ := lookup(v, "kind").(string)
	number, _ := lookup(v, "number").(string)
	text := number
	if kind != "" {
		text = kind + "：" + number
	}
	if note, ok := lookup(v, "note").(string); ok && note != "" {
		text += "（" + note + "）"
	}
	return text
}

// place writes 示例县政务服务中心，3号窗口（受理）.
func (w *writer) place(v any) string {
	hall, _ := lookup(v, "hall").(string)
	text := w.names.name("hall", w.division, hall)
	if window, ok := lookup(v, "window").(string); ok && window != "" {
		text += "，窗口" + window
	}
	if role, ok := lookup(v, "role").(string); ok && role != "" {
		text += "（" + role + "）"
	}
	return text
}

func sortedKeys(table map[string]any) []string { return slices.Sorted(maps.Keys(table)) }
