package changes

// Value is one thing that a version says.
type Value struct {
	Key string // materials.id-card.necessity; of the list member itself materials.id-card
	// Label is what citizens call it, with the list member it belongs to: 居民身份证：必要性.
	Label string
	Text  string // in words; the name of a list member
}

// Values returns everything that a version says, in the order of the key table, so that any two versions can be laid side by side.
func (v *Version) Values() ([]Value, error) {
	var out []Value
	for _, l := range v.flat() {
		for _, x := range l.all {
			if classOf(l.kind, x.plain) != Technical {
				out = append(out, Value{Key: string(l.kind) + "." + x.key, Label: labelOf(l.label(x.plain), x), Text: x.text})
			}
		}
	}
	return out, v.past.load.failed()
}

// labelOf names what a leaf is of.
func labelOf(label string, x leaf) string {
	switch {
	case x.raw == isThere:
		if noun, ok := nouns[x.plain]; ok {
			return noun[0]
		}
	case x.member != "" && x.member != x.text:
		return short(x.member) + "：" + label
	}
	return label
}
