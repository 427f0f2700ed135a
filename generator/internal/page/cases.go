package page

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"banshi/generator/internal/record"
)

// Cases are chosen without script: each option is a radio button #c<question>o<option> that stands before the content, and
// the style sheet hides what does not belong to a chosen option. An element that belongs to options 2 and 3 of question 1
// has the classes w1 w1o2 w1o3. The style sheet has rules for as many questions and options as the record format allows.

// questions are the cases of a procedure.
type questions []record.Case

// Only says for which answers an element holds. The zero Only is "always".
type Only struct {
	Class string // w1 w1o2: what the style sheet hides by
	Mark  string // k1: the tag «仅…需要» goes once its one question is answered; "" where it depends on several
	Text  string // “幼儿园、小学、初中”或“高中、中职”; “高校”以外
	Tag   string // of papers: 仅“高中、中职”需要; “高校”不需要
	When  string // of all else: 选“高中、中职”时; 除“高校”外
}

// only returns for which answers w holds. Questions and options that do not exist are left out; package rules reports them.
func (b *builder) only(qs questions, w record.When) Only {
	var o Only
	var classes, texts []string
	inverse := ""
	for i, q := range qs {
		options, asked := w[q.ID]
		if !asked {
			continue
		}
		no := strconv.Itoa(i + 1)
		o.Mark = "k" + no
		classes = append(classes, "w"+no)
		var yes, not []string
		for j, opt := range q.Options {
			if slices.Contains(options, opt.ID) {
				classes = append(classes, "w"+no+"o"+strconv.Itoa(j+1))
				yes = append(yes, b.say("quote", "text", opt.Label))
			} else {
				not = append(not, b.say("quote", "text", opt.Label))
			}
		}
		text := strings.Join(yes, b.say("or"))
		// Few exceptions are easier to read than many cases.
		if len(not) > 0 && len(yes) > 2 && len(yes) > len(not) {
			inverse = strings.Join(not, b.say("or"))
			text = b.say("except", "cases", inverse)
		}
		texts = append(texts, text)
	}
	if len(texts) == 0 {
		return o
	}
	o.Class, o.Text = strings.Join(classes, " "), strings.Join(texts, b.say("and"))
	o.Tag, o.When = b.say("only_for", "cases", o.Text), b.say("case_when", "cases", o.Text)
	switch {
	case len(texts) > 1:
		o.Mark = ""
	case inverse != "":
		o.Tag, o.When = b.say("not_for", "cases", inverse), b.say("case_not", "cases", inverse)
	}
	return o
}

// involved returns the questions that any of the conditions names, by index.
func (qs questions) involved(whens ...record.When) []int {
	var out []int
	for i, q := range qs {
		for _, w := range whens {
			if _, ok := w[q.ID]; ok {
				out = append(out, i)
				break
			}
		}
	}
	return out
}

// Node is a value that may depend on answers. Without Options it is just its figure. With Options the figure is a range, shown
// until question Hide is answered (class r1), and then the option with the class of the answer is shown (v1o2).
type Node struct {
	Figure
	Hide    string
	Options []Branch
}

// Branch is the value for some answers of one question.
type Branch struct {
	Class string
	Node  Node
}

// Figure is a value on the card: a number with its unit and a short remark, or a sentence.
type Figure struct {
	Number, Unit, Remark string
	Text                 string
}

// Long reports whether the number needs smaller type beside its neighbours on a phone: 28–43, 未写明.
func (f Figure) Long() bool { return utf8.RuneCountInString(f.Number) > 3 }

// maxBranches bounds the nodes of one value; beyond it only the range is shown.
const maxBranches = 36

// node makes the value that eval gives for each choice of the questions, with show for the values still possible (distinct, in
// the order of the options).
func node[T comparable](qs questions, asked []int, eval func(record.Choice) T, show func([]T) Figure) Node {
	combinations := 1
	for _, q := range asked {
		combinations *= max(1, len(qs[q].Options))
	}
	deep := combinations <= maxBranches
	choice := record.Choice{}
	values := possible(qs, asked, choice, eval)
	if len(values) == 1 || !deep {
		return Node{Figure: show(values)}
	}
	return branch(qs, asked, choice, eval, show)
}

// possible returns the distinct values of eval over all answers to the questions asked, the rest being chosen.
func possible[T comparable](qs questions, asked []int, choice record.Choice, eval func(record.Choice) T) []T {
	if len(asked) == 0 {
		return []T{eval(choice)}
	}
	q := qs[asked[0]]
	var out []T
	for _, o := range q.Options {
		choice[q.ID] = o.ID
		for _, v := range possible(qs, asked[1:], choice, eval) {
			if !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
	}
	delete(choice, q.ID)
	if out == nil {
		return possible(qs, asked[1:], choice, eval)
	}
	return out
}

// branch splits the value by the first question asked that makes a difference.
func branch[T comparable](qs questions, asked []int, choice record.Choice, eval func(record.Choice) T, show func([]T) Figure) Node {
	values := possible(qs, asked, choice, eval)
	n := Node{Figure: show(values)}
	if len(values) == 1 || len(asked) == 0 {
		return n
	}
	q := qs[asked[0]]
	no := strconv.Itoa(asked[0] + 1)
	same := true
	var first []T
	for i, o := range q.Options {
		choice[q.ID] = o.ID
		v := possible(qs, asked[1:], choice, eval)
		if i == 0 {
			first = v
		}
		same = same && slices.Equal(v, first)
		n.Options = append(n.Options, Branch{
			Class: "v" + no + "o" + strconv.Itoa(i+1),
			Node:  branch(qs, asked[1:], choice, eval, show),
		})
	}
	delete(choice, q.ID)
	if same && len(n.Options) > 0 {
		// The answer alone decides nothing and the rest is the same in every branch: ask the next question at once.
		choice[q.ID] = q.Options[0].ID
		defer delete(choice, q.ID)
		return branch(qs, asked[1:], choice, eval, show)
	}
	n.Hide = "r" + no
	return n
}
