package tomlfile

import (
	"slices"
	"strconv"
)

// The changes of an edit made on parsed values, to hold its text against.

// plainTable returns a copy of a parsed table whose lists are all []any.
func plainTable(table map[string]any) map[string]any {
	out := make(map[string]any, len(table))
	for key, value := range table {
		out[key] = plainValue(value)
	}
	return out
}

func plainValue(value any) any {
	if table, ok := value.(map[string]any); ok {
		return plainTable(table)
	}
	elements, ok := elementsOf(value)
	if !ok {
		return value
	}
	list := make([]any, len(elements))
	for i, element := range elements {
		list[i] = plainValue(element)
	}
	return list
}

// setIn sets what stands at a path of a plain tree and returns the tree, nil
// where there is no place.
func setIn(tree any, path []string, value any) any {
	if len(path) == 0 {
		return value
	}
	switch t := tree.(type) {
	case nil:
		return setIn(map[string]any{}, path, value)
	case map[string]any:
		inner := setIn(t[path[0]], path[1:], value)
		if inner == nil {
			return nil
		}
		t[path[0]] = inner
		return t
	case []any:
		i, err := strconv.Atoi(path[0])
		if err != nil || i < 0 || i > len(t) {
			return nil
		}
		if i == len(t) {
			t = append(t, nil)
		}
		if t[i] = setIn(t[i], path[1:], value); t[i] == nil {
			return nil
		}
		return t
	}
	return nil
}

// removeIn removes what stands at a path of a plain tree and returns the tree,
// nil where nothing stands there.
func removeIn(tree any, path []string) any {
	last := len(path) == 1
	switch t := tree.(type) {
	case map[string]any:
		inner, ok := t[path[0]]
		if !ok {
			return nil
		}
		if last {
			delete(t, path[0])
		} else if t[path[0]] = removeIn(inner, path[1:]); t[path[0]] == nil {
			return nil
		}
		return t
	case []any:
		i, err := strconv.Atoi(path[0])
		if err != nil || i < 0 || i >= len(t) {
			return nil
		}
		if last {
			return slices.Delete(t, i, i+1)
		}
		if t[i] = removeIn(t[i], path[1:]); t[i] == nil {
			return nil
		}
		return t
	}
	return nil
}

// dropEmptied removes from want what stood on the way to a path and is gone with
// its last member: a table that only dotted keys or headers of its members
// named, and a list whose elements had headers.
func dropEmptied(want, got map[string]any, path []string) {
	for i := len(path) - 1; i > 0; i-- {
		inner, ok := lookIn(want, path[:i])
		_, still := lookIn(got, path[:i])
		if ok && !still && empty(inner) {
			removeIn(want, path[:i])
		}
	}
}

func empty(value any) bool {
	switch v := value.(type) {
	case map[string]any:
		return len(v) == 0
	case []any:
		return len(v) == 0
	}
	return false
}

// lookIn returns what stands at a path of a plain tree.
func lookIn(tree any, path []string) (any, bool) {
	for _, part := range path {
		switch t := tree.(type) {
		case map[string]any:
			inner, ok := t[part]
			if !ok {
				return nil, false
			}
			tree = inner
		case []any:
			i, err := strconv.Atoi(part)
			if err != nil || i < 0 || i >= len(t) {
				return nil, false
			}
			tree = t[i]
		default:
			return nil, false
		}
	}
	return tree, true
}
