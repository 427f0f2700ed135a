package dump

import (
	"slices"

	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
)

// vocabulary is data/codes/<vocabulary>.json.
type vocabulary struct {
	ID     string     `json:"id,always" doc:"词表 / vocabulary"`
	Name   string     `json:"name,always"`
	EN     string     `json:"en"`
	Source string     `json:"source" doc:"出处 / where it comes from"`
	Terms  []codeTerm `json:"terms,always"`
}

type codeTerm struct {
	Code         string   `json:"code,always" doc:"本词表内唯一，永不改变 / unique in the vocabulary, never changes"`
	NationalCode string   `json:"national_code" doc:"国家代码，可能为 null，也可能几项相同 / national code; may be null, may be shared"`
	Label        string   `json:"label,always"`
	EN           string   `json:"en"`
	Definition   string   `json:"definition"`
	Aliases      []string `json:"aliases"`
	Deprecated   bool     `json:"deprecated" doc:"true：不再使用 / true: no longer used"`
	ReplacedBy   string   `json:"replaced_by" doc:"改用哪一项 / the term to use instead"`
	Rank         int      `json:"rank" doc:"分高低的词表里越大越好，0 是不分 / where terms have a rank a higher one is better; 0: none"`
}

// built are the vocabularies whose terms are not the library's but this program's: those of changes and of codes.
var built = map[string]*record.Vocab{
	"change-classes": {Name: "变更性质", EN: "Classes of changes", Terms: []record.Term{
		{ID: "substantive", Term: "实质", EN: "Substantive", Definition: "办事的人要按新的来：条件、材料、时限、收费、次数。"},
		{ID: "contact", Term: "联系", EN: "Contact", Definition: "地址、电话、时间、网址。"},
		{ID: "editorial", Term: "文字", EN: "Editorial", Definition: "说法变了，办法没变。"},
		{ID: "technical", Term: "技术", EN: "Technical", Definition: "编码、编号，办事的人不用管。"},
	}},
	"change-directions": {Name: "变更方向", EN: "Directions of changes", Terms: []record.Term{
		{ID: "better", Term: "↑", EN: "More convenient for the applicant", Definition: "对办事的人更方便。"},
		{ID: "worse", Term: "↓", EN: "Less convenient for the applicant", Definition: "对办事的人不如以前方便。"},
		{ID: "same", Term: "＝", EN: "Neither", Definition: "说不上更方便或更不方便。"},
	}},
	"code-uses": {Name: "编码的用处", EN: "Uses of codes", Terms: []record.Term{
		{ID: "current", Term: "现行", EN: "In use"},
		{ID: "former", Term: "曾用", EN: "Formerly in use"},
		{ID: "local", Term: "地方自编", EN: "Local"},
	}},
}

// vocabOf returns a vocabulary, or nil where the library has none of the name.
func (w *words) vocabOf(name string) *record.Vocab {
	if v := built[name]; v != nil {
		return v
	}
	if w.catalog == nil || w.catalog.Vocab[name] == nil {
		return nil
	}
	return w.catalog.Vocab[name].Vocab
}

// vocabNames returns the vocabularies that are published, in order.
func (x *exporter) vocabNames() []string {
	names := make([]string, 0, len(x.Catalog.Vocab)+len(built))
	for name := range x.Catalog.Vocab {
		names = append(names, name)
	}
	for name := range built {
		if x.Catalog.Vocab[name] == nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func (x *exporter) vocabularyFiles() []output.File {
	var files []output.File
	for _, name := range x.vocabNames() {
		v := x.plan.words.vocabOf(name)
		files = append(files, file(vocabPath(name), x.base, func() []byte {
			c := &vocabulary{ID: name, Name: v.Name, EN: v.EN, Source: v.Source, Terms: []codeTerm{}}
			for i := range v.Terms {
				c.Terms = append(c.Terms, termRow(&v.Terms[i]))
			}
			return indent(x.write.vocabulary.append(nil, c))
		}))
	}
	return files
}

func vocabPath(name string) string { return dirCodes + name + ".json" }

func termRow(t *record.Term) codeTerm {
	return codeTerm{codeOf(t), t.Code, t.Term, t.EN, t.Definition, t.Aliases, t.Deprecated, t.ReplacedBy, t.Rank}
}
