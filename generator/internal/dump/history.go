package dump

import (
	"iter"
	"slices"
	"time"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
)

// changeRow is a line of data/changes/<month>.jsonl.gz: one record in one published state, field by field.
type changeRow struct {
	ID         string        `json:"id,always" doc:"在每次重建、每份克隆里都相同 / the same in every rebuild and clone"`
	Date       record.Date   `json:"date,always" doc:"发布的日子，北京时间 / day of publication in China"`
	Time       string        `json:"time" format:"date-time" doc:"发布的时刻，UTC / moment of publication, UTC"`
	Commit     string        `json:"commit" doc:"记录的提交 / commit of the records"`
	Kind       string        `json:"kind,always" vocab:"event-kinds" doc:"发生了什么 / what happened"`
	Title      string        `json:"title,always" doc:"一句话 / in a sentence"`
	Record     string        `json:"record" doc:"哪一种记录：item、procedure、implementation、division、law …；汇总的条目也说这个 / kind of record"`
	RecordID   string        `json:"record_id" doc:"依据、材料等库里记录的编号 / id of a record of a library"`
	Item       string        `json:"item" ref:"item" doc:"事项 / item"`
	Procedure  string        `json:"procedure" doc:"业务办理项序号，null 是全部 / number of the procedure; null: all"`
	Division   string        `json:"division" ref:"division" doc:"地方，null 是全省 / place; null: the whole province"`
	Department string        `json:"department" vocab:"departments" doc:"业务指导部门 / department"`
	Document   string        `json:"document" ref:"document" doc:"依据的文件 / the document it rests on"`
	Guides     int           `json:"guides" doc:"涉及多少份办事指南 / how many guides it reaches"`
	Fields     []changeField `json:"fields,always" doc:"逐个字段；设立和汇总的为空 / field by field; empty for arrivals and summaries"`
}

// changeField is one changed field of a record.
type changeField struct {
	Key       string `json:"key,always" doc:"键，成员用编号：materials.premises.copies / key, members by id"`
	Label     string `json:"label,always" doc:"办事的人看到的名称 / what citizens call it"`
	Old       string `json:"old" doc:"原来的值，写成话，null 是没有 / old value in words; null: none"`
	New       string `json:"new" doc:"现在的值，写成话，null 是没有 / new value in words; null: none"`
	Words     string `json:"words,always" doc:"这处变化，写成话 / the change in words"`
	Class     string `json:"class,always" vocab:"change-classes" doc:"变更性质 / class"`
	Direction string `json:"direction,always" vocab:"change-directions" doc:"对办事的人更方便还是更不方便 / better or worse for the applicant"`
}

// history is api/v1/items/<item>/history.json.
type history struct {
	Item     ref         `json:"item,always" doc:"事项 / item"`
	Changes  []changeRow `json:"changes" doc:"入库以来，新的在前；没读历史为 null / since the library began, newest first; null: built without history"`
	Upcoming []changeRow `json:"upcoming,always" doc:"已经公布、以后生效的，近的在前；date 是生效的日子 / announced for later days, which date tells"`
	Events   []pastEvent `json:"events,always" doc:"入库以前的大事，新的在前 / what happened before the library began, newest first"`
}

// pastEvent is something that happened to an item before its record existed.
type pastEvent struct {
	Date      record.Date `json:"date"`
	Kind      string      `json:"kind" vocab:"event-kinds"`
	Procedure string      `json:"procedure" doc:"业务办理项序号，null 是整个事项 / number of the procedure; null: the item"`
	Document  string      `json:"document" ref:"document"`
	Note      string      `json:"note"`
}

// change makes the row of an entry.
func change(e *changes.Entry) changeRow {
	r := changeRow{
		ID: e.ID, Date: e.Date, Commit: e.Commit, Kind: e.Kind, Title: e.Title, Record: string(e.Subject.Kind), RecordID: e.Subject.ID,
		Item: e.Subject.Item, Procedure: e.Subject.Procedure, Division: e.Subject.Division,
		Department: e.Department, Document: e.Document, Guides: e.Guides, Fields: make([]changeField, len(e.Fields)),
	}
	if !e.Time.IsZero() {
		r.Time = e.Time.UTC().Format(time.RFC3339)
	}
	for i := range e.Fields {
		f := &e.Fields[i]
		r.Fields[i] = changeField{f.Key, f.Label, f.Old, f.New, f.Words, string(f.Class), f.Direction.String()}
	}
	return r
}

// historyFiles are api/v1/items/<item>/history.json.
func (x *exporter) historyFiles() []output.File {
	byItem, later := entriesOf(x.Changes), entriesOf(x.Upcoming())
	files := make([]output.File, len(x.Items))
	each(len(x.Items), func(n int, s *scratch) {
		i := x.Items[n]
		write := func(b []byte) []byte { return x.write.history.append(b, x.history(i, byItem[i.ID], later[i.ID])) }
		s.buf = write(s.buf)
		s.Stamp(x.base)
		s.Bytes(s.buf)
		files[n] = file(historyPath(i), s.Sum(), func() []byte { return indent(write(nil)) })
	})
	return files
}

func historyPath(i *catalog.Item) string { return dirAPI + "items/" + i.ID + "/history.json" }

// entriesOf sorts entries by item and keeps their order.
func entriesOf(entries []*changes.Entry) map[string][]*changes.Entry {
	out := map[string][]*changes.Entry{}
	for _, e := range entries {
		if e.Subject.Item != "" {
			out[e.Subject.Item] = append(out[e.Subject.Item], e)
		}
	}
	return out
}

func (x *exporter) history(i *catalog.Item, past, later []*changes.Entry) *history {
	out := &history{Item: ref{i.ID, i.Name}, Upcoming: changeRows(later), Events: []pastEvent{}}
	if !x.NoHistory {
		out.Changes = changeRows(past)
	}
	add := func(procedure string, events []record.Event) {
		for _, e := range events {
			out.Events = append(out.Events, pastEvent{e.Date, e.Kind, procedure, e.Document, e.Note})
		}
	}
	add("", i.Events)
	for _, p := range i.Procedures {
		add(p.No, p.Events)
	}
	slices.SortStableFunc(out.Events, func(a, b pastEvent) int { return int(b.Date) - int(a.Date) })
	return out
}

func changeRows(entries []*changes.Entry) []changeRow {
	out := make([]changeRow, len(entries))
	for i, e := range entries {
		out[i] = change(e)
	}
	return out
}

// month is the entries of one month, oldest first, day by day.
type month struct {
	name string // 2026-11
	days [][]*changes.Entry
	rows int
}

func (m *month) path() string { return dirChanges + m.name + ".jsonl.gz" }

// months sorts all changes into months and days, oldest first.
func (x *exporter) months() []*month {
	all := slices.Clone(x.Changes)
	slices.Reverse(all)
	slices.SortStableFunc(all, func(a, b *changes.Entry) int { return int(a.Date) - int(b.Date) }) // clocks of committers err
	var out []*month
	last := record.Date(0)
	for _, e := range all {
		name := e.Date.String()[:len("2026-11")]
		if len(out) == 0 || out[len(out)-1].name != name {
			out = append(out, &month{name: name})
			last = 0
		}
		m := out[len(out)-1]
		if e.Date != last {
			m.days = append(m.days, nil)
			last = e.Date
		}
		m.days[len(m.days)-1] = append(m.days[len(m.days)-1], e)
		m.rows++
	}
	return out
}

// changeLines are the rows of entries.
func (x *exporter) changeLines(entries []*changes.Entry) iter.Seq[[]byte] {
	return sequence(len(entries), func(b []byte, n int) []byte {
		row := change(entries[n])
		return x.write.change.append(b, &row)
	})
}

// changeFiles are data/changes/<month>.jsonl.gz. A month is one gzip member a day: what is published stays as it is, byte for
// byte, and another day is put behind it.
func (x *exporter) changeFiles(months []*month) []output.File {
	files := make([]output.File, len(months))
	for n, m := range months {
		lines := func(day int) iter.Seq[[]byte] { return x.changeLines(m.days[day]) }
		var h output.Hasher
		h.Stamp(x.base)
		for day := range m.days {
			for line := range lines(day) {
				h.Bytes(line)
			}
		}
		a := &archive{path: m.path(), schema: schemaPath("change"), members: len(m.days), lines: lines}
		files[n] = output.File{Path: a.path, Stamp: h.Sum(), Write: a.Write}
	}
	return files
}
