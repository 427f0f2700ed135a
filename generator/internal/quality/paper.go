package quality

import (
	"iter"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// The kinds of papers of the library (vocab/material-kinds.toml) that metrics look at.
const (
	kindForm  = "申请表格文书"
	kindProof = "证件证书证明"
)

// papersOf gives the papers of a kind that some procedure in force asks for, by id.
func (s *Survey) papersOf(kind string) iter.Seq[*catalog.Entry[record.Material]] {
	return func(yield func(*catalog.Entry[record.Material]) bool) {
		used := map[string]bool{}
		for _, i := range s.Catalog.Items {
			for _, p := range i.Procedures {
				if i.Current() && p.Current {
					for _, m := range p.Papers.Lines {
						used[m.Material] = true
					}
				}
			}
		}
		for _, e := range s.Catalog.Materials.All {
			if used[e.ID] && e.Record.Kind == kind && !yield(e) {
				return
			}
		}
	}
}

func forms(s *Survey) iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		for e := range s.papersOf(kindForm) {
			var c Cell
			switch m := e.Record; {
			case m.BlankForm == "" && m.SampleForm == "":
				c = counted(false, "空白表和样本都没有")
			case m.BlankForm == "":
				c = counted(false, "没有空白表")
			case m.SampleForm == "":
				c = counted(false, "没有填写样本")
			default:
				c = counted(true, "")
			}
			if !yield(&Entry{Cell: c, ID: e.ID, Name: e.Record.Name, file: e.File}) {
				return
			}
		}
	}
}

func remedies(s *Survey) iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		for e := range s.papersOf(kindProof) {
			c := counted(e.Record.Remedy != "" || len(e.Record.Alternatives) > 0, "")
			if !yield(&Entry{Cell: c, ID: e.ID, Name: e.Record.Name, file: e.File}) {
				return
			}
		}
	}
}
