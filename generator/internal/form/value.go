package form

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"banshi/generator/internal/record"
	"banshi/generator/internal/tomlfile"
)

// valueAt returns what a record says at a path of TOML keys and indices; the zero Value where it says nothing.
func valueAt(v reflect.Value, path []string) reflect.Value {
	for v.IsValid() && v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return reflect.Value{}
		}
		v = v.Elem()
	}
	if len(path) == 0 || !v.IsValid() {
		return stated(v)
	}
	switch v.Kind() {
	case reflect.Struct:
		for _, f := range reflect.VisibleFields(v.Type()) {
			if f.Tag.Get("toml") == path[0] {
				return valueAt(v.FieldByIndex(f.Index), path[1:])
			}
		}
	case reflect.Map:
		return valueAt(v.MapIndex(reflect.ValueOf(path[0])), path[1:])
	case reflect.Slice:
		if i, err := strconv.Atoi(path[0]); err == nil && 0 <= i && i < v.Len() {
			return valueAt(v.Index(i), path[1:])
		}
	}
	return reflect.Value{}
}

// stated returns v, or the zero Value for a text, list or date that is not there.
func stated(v reflect.Value) reflect.Value {
	if v.IsValid() && (v.Kind() == reflect.String || v.Kind() == reflect.Slice || v.Type() == reflect.TypeFor[record.Date]()) && v.IsZero() {
		return reflect.Value{}
	}
	return v
}

// separator stands between the values of a list in one line.
const separator = "、"

// written is a value as people write it in a form.
func written(v reflect.Value) string {
	if !v.IsValid() {
		return ""
	}
	switch x := v.Interface().(type) {
	case record.Date:
		return x.String()
	case []string:
		return strings.Join(x, separator)
	}
	return fmt.Sprint(v.Interface())
}

// parsed is an answer as a value of TOML; nil for no answer. The error says how the answer is to be written.
func (f *Field) parsed(answer string) (any, error) {
	if answer == "" {
		return nil, nil
	}
	switch f.typ {
	case "date":
		d, err := record.ParseDate(answer)
		if err != nil {
			return nil, err
		}
		return tomlfile.Literal(d.String()), nil
	case "boolean":
		return answer == "true", nil
	case "integer":
		n, err := strconv.Atoi(answer)
		if err != nil {
			return nil, fmt.Errorf("%s 应是一个整数，不是 %q", f.Label, answer)
		}
		return n, nil
	case "text-list":
		var out []string
		for _, part := range strings.FieldsFunc(answer, func(r rune) bool { return strings.ContainsRune("、；;\n", r) }) {
			if part = strings.TrimSpace(part); part != "" {
				out = append(out, part)
			}
		}
		return out, nil
	}
	return answer, nil
}

// clean is an answer without what keyboards and browsers add: white space around it, line ends of Windows.
func clean(answer string) string {
	return strings.TrimSpace(strings.ReplaceAll(answer, "\r\n", "\n"))
}
