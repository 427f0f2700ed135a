package tomlfile

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"time"

	"github.com/BurntSushi/toml"

	"banshi/generator/internal/diag"
)

// filler moves parsed values into a Go value and collects what does not fit.
type filler struct {
	document *Document
	options  Options
	root     *plan
	path     []string // of the value being filled
	member   bool     // the last step of path is an index of a list
	problems []diag.Problem
}

// fill sets v from a parsed value and reports whether it did. What has a
// problem is left as it is.
func (f *filler) fill(value any, v reflect.Value) bool {
	t := v.Type()
	p := planOf(t)
	switch p.role {
	case rolePointer:
		target := reflect.New(t.Elem())
		if !f.fill(value, target.Elem()) {
			return false
		}
		v.Set(target)
		return true
	case roleAny:
		v.Set(reflect.ValueOf(value))
		return true
	case roleTime:
		if date, ok := value.(time.Time); ok {
			v.Set(reflect.ValueOf(date))
			return true
		}
	case roleUnmarshaler:
		return f.accept(v.Addr().Interface().(toml.Unmarshaler).UnmarshalTOML(value))
	case roleText:
		if s, ok := value.(string); ok {
			return f.accept(v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(s)))
		}
		return f.wrongType(reflect.TypeFor[string](), value)
	case roleStruct:
		if table, ok := value.(map[string]any); ok {
			f.fillStruct(table, v, p)
			return true
		}
	case roleMap:
		if table, ok := value.(map[string]any); ok {
			f.fillMap(table, v)
			return true
		}
	case roleSlice, roleArray:
		if elements, ok := elementsOf(value); ok {
			return f.fillList(elements, v)
		}
	case roleScalar:
		return f.fillScalar(value, v)
	}
	return f.wrongType(t, value)
}

// within fills v from a value one step further down the path: a key, or with
// member the index in a list.
func (f *filler) within(step string, member bool, value any, v reflect.Value) bool {
	outer := f.member
	f.path, f.member = append(f.path, step), member
	ok := f.fill(value, v)
	f.path, f.member = f.path[:len(f.path)-1], outer
	return ok
}

// fillStruct sets the fields of a struct. What an embedded pointer points to may be shared by many, so it is copied before the first key
// that stands in it is set; where no key does, it points to one empty struct, so that readers need not ask.
func (f *filler) fillStruct(table map[string]any, v reflect.Value, p *plan) {
	var own []uintptr
	for key, value := range table {
		index, ok := p.fields[key]
		if !ok {
			f.unknown(key, p)
			continue
		}
		field := v
		for _, i := range index {
			if field.Kind() == reflect.Pointer { // an embedded *struct
				if !slices.Contains(own, field.Pointer()) {
					part := reflect.New(field.Type().Elem())
					if !field.IsNil() {
						part.Elem().Set(field.Elem())
					}
					field.Set(part)
					own = append(own, part.Pointer())
				}
				field = field.Elem()
			}
			field = field.Field(i)
		}
		f.within(key, false, value, field)
	}
	for _, s := range p.shared {
		if field := v.FieldByIndex(s.index); field.IsNil() {
			field.Set(s.empty)
		}
	}
}

func (f *filler) fillMap(table map[string]any, v reflect.Value) {
	t := v.Type()
	if v.IsNil() {
		v.Set(reflect.MakeMapWithSize(t, len(table)))
	}
	for key, value := range table {
		member := reflect.New(t.Elem()).Elem()
		if f.within(key, false, value, member) {
			v.SetMapIndex(reflect.ValueOf(key).Convert(t.Key()), member)
		}
	}
}

// fillList keeps every element in its place, so that indices agree with the
// file; one with a problem is zero. An empty list is not nil: in a record []
// says something else than no key.
func (f *filler) fillList(elements []any, v reflect.Value) bool {
	switch {
	case v.Kind() == reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), len(elements), len(elements)))
	case v.Len() != len(elements):
		return f.report("wrong-value", f.path, diag.Text{
			ZH: fmt.Sprintf("%s应当有 %d 项，这里有 %d 项", f.name().ZH, v.Len(), len(elements)),
			EN: fmt.Sprintf("%s must have %d members and has %d", f.name().EN, v.Len(), len(elements)),
		}, diag.Text{})
	}
	for i, element := range elements {
		f.within(strconv.Itoa(i), true, element, v.Index(i))
	}
	return true
}

func elementsOf(value any) ([]any, bool) {
	switch list := value.(type) {
	case []any:
		return list, true
	case []map[string]any:
		elements := make([]any, len(list))
		for i, table := range list {
			elements[i] = table
		}
		return elements, true
	}
	return nil, false
}

func (f *filler) fillScalar(value any, v reflect.Value) bool {
	switch kind := v.Kind(); {
	case kind == reflect.String:
		if s, ok := value.(string); ok {
			v.SetString(s)
			return true
		}
	case kind == reflect.Bool:
		if b, ok := value.(bool); ok {
			v.SetBool(b)
			return true
		}
	case v.CanFloat():
		if i, ok := value.(int64); ok {
			value = float64(i)
		}
		if x, ok := value.(float64); ok {
			if v.OverflowFloat(x) {
				return f.outOfRange(value)
			}
			v.SetFloat(x)
			return true
		}
	case v.CanInt():
		if i, ok := value.(int64); ok {
			if v.OverflowInt(i) {
				return f.outOfRange(value)
			}
			v.SetInt(i)
			return true
		}
	case v.CanUint():
		if i, ok := value.(int64); ok {
			if i < 0 || v.OverflowUint(uint64(i)) {
				return f.outOfRange(value)
			}
			v.SetUint(uint64(i))
			return true
		}
	}
	return f.wrongType(v.Type(), value)
}

// report adds a problem at a path; it returns false, the answer of fill.
func (f *filler) report(rule string, path []string, message, hint diag.Text) bool {
	f.problems = append(f.problems, diag.Problem{
		Position: f.document.Position(path...), Rule: rule, Message: message, Hint: hint,
	})
	return false
}

// name says which value is meant: the key, or the member of a list.
func (f *filler) name() diag.Text {
	if len(f.path) == 0 {
		return diag.Text{ZH: "文件", EN: "the file"}
	}
	last := f.path[len(f.path)-1]
	if i, err := strconv.Atoi(last); err == nil && f.member {
		key := f.path[len(f.path)-2]
		return diag.Text{
			ZH: fmt.Sprintf("%s 的第 %d 项", quoted(key), i+1),
			EN: fmt.Sprintf("member %d of %q", i+1, key),
		}
	}
	return diag.Text{ZH: quoted(last) + " ", EN: strconv.Quote(last)}
}

func (f *filler) wrongType(want reflect.Type, value any) bool {
	w, g := words(want), words(reflect.TypeOf(value))
	return f.report("wrong-type", f.path, diag.Text{
		ZH: fmt.Sprintf("%s应当是%s，这里写的是%s", f.name().ZH, w.ZH, g.ZH),
		EN: fmt.Sprintf("%s must be %s, not %s", f.name().EN, w.EN, g.EN),
	}, howToWrite(want, value))
}

func (f *filler) outOfRange(value any) bool {
	return f.report("wrong-value", f.path, diag.Text{
		ZH: fmt.Sprintf("%s的数字 %v 超出范围", f.name().ZH, value),
		EN: fmt.Sprintf("the number %v of %s is out of range", value, f.name().EN),
	}, diag.Text{})
}

// accept reports the error of a type that reads its own value. The error may
// have methods ZH and EN that return its text in each language.
func (f *filler) accept(err error) bool {
	if err == nil {
		return true
	}
	message := diag.Text{ZH: err.Error(), EN: err.Error()}
	var chinese interface{ ZH() string }
	if errors.As(err, &chinese) {
		message.ZH = chinese.ZH()
	}
	var english interface{ EN() string }
	if errors.As(err, &english) {
		message.EN = english.EN()
	}
	return f.report("wrong-value", f.path, message, diag.Text{})
}

// unknown reports a key that the struct being filled does not have.
func (f *filler) unknown(key string, p *plan) {
	path := append(slices.Clone(f.path), key)
	if f.options.Unknown != nil {
		if rule, message, hint, ok := f.options.Unknown(slices.Clone(path)); ok {
			f.report(rule, path, message, hint)
			return
		}
	}
	hint := diag.Text{
		ZH: "这里可以写的键：" + list(p.names, "、"),
		EN: "keys that may stand here: " + list(p.names, ", "),
	}
	_, atTop := f.root.fields[key]
	if near := nearest(key, p.names); len(path) > 1 && atTop {
		hint = diag.Text{
			ZH: "这是顶层的键：[ ] 标题行之后的键都算作那个表的，请把它移到第一个标题行之前",
			EN: "this key belongs to the top: what follows a [header] is part of that table, so move it before the first one",
		}
	} else if near != "" {
		hint = diag.Text{ZH: "是不是想写 " + quoted(near) + "？", EN: fmt.Sprintf("did you mean %q?", near)}
	}
	f.report("unknown-key", path, diag.Text{
		ZH: "没有 " + quoted(key) + " 这个键",
		EN: fmt.Sprintf("there is no key %q", key),
	}, hint)
}
