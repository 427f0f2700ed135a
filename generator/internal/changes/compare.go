package changes

import (
	"path"
	"slices"
	"sync"
)

// compare returns what differs between two states of one subject, in the order of the newer one, then what is gone.
func compare(old, now *leaves) []Field { return compared(old, now, true) }

// compared is compare. Without words only what is better or worse has them.
func compared(old, now *leaves, words bool) []Field {
	room := fieldRooms.Get().(*[]Field)
	out := *room
	hidden := old.hideLimits || now.hideLimits
	skip := func(x leaf, other *leaves) bool {
		if hidden && x.plain == "steps.limit" {
			return true
		}
		if x.owner == "" {
			return false
		}
		// A member that the other state does not have at all is told once, not key by key.
		_, there := other.get(x.owner)
		return !there
	}
	for _, n := range now.all {
		o, had := old.get(n.key)
		if had && o.raw == n.raw || skip(n, old) {
			continue
		}
		out = append(out, now.changed(o, n, had, true, words))
	}
	for _, o := range old.all {
		if _, still := now.get(o.key); still || skip(o, now) {
			continue
		}
		gone := leaf{key: o.key, plain: o.plain, owner: o.owner, member: o.member}
		out = append(out, old.changed(o, gone, true, false, words))
	}
	var fields []Field
	if len(out) > 0 {
		fields = slices.Clone(replaced(out)) // without the room they grew in
	}
	clear(out)
	*room = out[:0]
	fieldRooms.Put(room)
	return fields
}

// fieldRooms are where fields are gathered, which are held for every place that differs.
var fieldRooms = sync.Pool{New: func() any { return new([]Field) }}

// replaced takes the direction from members of one list of which some came and some went: one paper for another is neither
// better nor worse.
func replaced(fields []Field) []Field {
	const came, went = 1, 2
	lists := map[string]int{}
	for i := range fields {
		switch f := &fields[i]; {
		case f.list == "":
		case f.Old == "":
			lists[f.list] |= came
		default:
			lists[f.list] |= went
		}
	}
	for i := range fields {
		if f := &fields[i]; f.list != "" && lists[f.list] == came|went {
			f.Direction = Same
		}
	}
	return fields
}

// changed makes a Field of two leaves, of which one may be missing.
func (l *leaves) changed(o, n leaf, had, has bool, words bool) Field {
	f := Field{Key: n.key, Label: l.label(n.plain), Member: n.member, Old: o.text, New: n.text, Class: classOf(l.kind, n.plain)}
	f.Direction = l.direction(o, n, had, has)
	if had != has && (o.raw == isThere || n.raw == isThere) {
		f.list = n.key[:len(n.key)-len(path.Ext(n.key))]
	}
	if words || f.Direction != Same {
		l.say(&f, o, n, had, has)
	}
	return f
}
