package changes

// compare returns what differs between two states of one subject, in the order of the newer one, then what is gone.
func compare(old, now *leaves) []Field {
	var out []Field
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
		out = append(out, now.changed(o, n, had, true))
	}
	for _, o := range old.all {
		if _, still := now.get(o.key); still || skip(o, now) {
			continue
		}
		gone := leaf{key: o.key, plain: o.plain, owner: o.owner, member: o.member}
		out = append(out, old.changed(o, gone, true, false))
	}
	return out
}

// changed makes a Field of two leaves, of which one may be missing.
func (l *leaves) changed(o, n leaf, had, has bool) Field {
	f := Field{Key: n.key, Label: l.label(n.plain), Member: n.member, Old: o.text, New: n.text, Class: classOf(l.kind, n.plain)}
	f.Direction = l.direction(o, n, had, has)
	l.say(&f, o, n, had, has)
	return f
}
