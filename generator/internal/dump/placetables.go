package dump

import (
	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
	"banshi/generator/internal/table"
)

// orgLine is a row of orgs. Ids of bodies and halls are unique in their division only.
type orgLine struct {
	Division    string `json:"division,always" ref:"division" doc:"地方 / Place"`
	*record.Org `rows:"org"`
	Default     bool `json:"default" doc:"按层级默认 / By the defaults of the level"`
}

// hallLine is a row of halls; its windows have a table of their own.
type hallLine struct {
	Division     string `json:"division,always" ref:"division" doc:"地方 / Place"`
	*record.Hall `rows:"hall"`
	Default      bool `json:"default" doc:"按层级默认 / By the defaults of the level"`
}

// windowLine is a row of windows.
type windowLine struct {
	Division       string `json:"division,always" ref:"division" doc:"地方 / Place"`
	Hall           string `json:"hall,always" doc:"大厅编号 / Hall"`
	Position       int    `json:"position,always" doc:"顺序 / Position"`
	*record.Window `rows:"hall:windows"`
}

// placeTables are the places with their bodies, halls and windows.
func (x *exporter) placeTables() []*table.Table {
	divisions := tableOf("divisions", "地方", "Places", []string{"id"}, viewColumns[divisionRow](x, "orgs", "halls"), func(yield func(*divisionRow) bool) {
		for _, d := range x.Catalog.Divisions {
			if !yield(x.division(d)) {
				return
			}
		}
	})
	orgs := tableOf("orgs", "实施主体", "Bodies", []string{"division", "id"}, viewColumns[orgLine](x), func(yield func(*orgLine) bool) {
		for _, d := range x.Catalog.Divisions {
			for _, o := range d.Orgs {
				if !yield(&orgLine{d.ID, o.Org, o.Default}) {
					return
				}
			}
		}
	})
	halls := x.hallTable()
	windows := tableOf("windows", "窗口", "Windows", []string{"division", "hall", "position"}, viewColumns[windowLine](x), func(yield func(*windowLine) bool) {
		for _, d := range x.Catalog.Divisions {
			for _, h := range d.Halls {
				for i := range h.Windows {
					if !yield(&windowLine{d.ID, h.ID, i + 1, &h.Windows[i]}) {
						return
					}
				}
			}
		}
	})
	for _, t := range []*table.Table{orgs, halls, windows} {
		t.References = []table.Reference{{Column: "division", Table: "divisions", To: "id"}}
	}
	return []*table.Table{divisions, orgs, halls, windows}
}

// hallTable is the halls; few have coordinates.
func (x *exporter) hallTable() *table.Table {
	return tableOf("halls", "大厅", "Halls", []string{"division", "id"}, viewColumns[hallLine](x, "windows"), func(yield func(*hallLine) bool) {
		for _, d := range x.Catalog.Divisions {
			for _, h := range d.Halls {
				if !yield(&hallLine{d.ID, h.Hall, h.Default}) {
					return
				}
			}
		}
	})
}

// libraryTables are the libraries that standards refer to.
func (x *exporter) libraryTables() []*table.Table {
	c := x.Catalog
	return []*table.Table{
		library(x, "laws", "法规文件", "Laws", record.KindLaw, &c.Laws),
		library(x, "papers", "材料库", "Library of papers", record.KindMaterial, &c.Materials),
		library(x, "certificates", "证照库", "Certificates", record.KindCertificate, &c.Certificates),
		library(x, "documents", "政策文件", "Documents", record.KindDocument, &c.Documents),
	}
}

func library[T any](x *exporter, name, title, titleEN string, kind record.Kind, l *catalog.Library[T]) *table.Table {
	columns := []column[*catalog.Entry[T]]{
		{table.Column{Name: "id", Title: "编号", TitleEN: "Id", Required: true}, func(e *catalog.Entry[T]) table.Value { return table.TextOf(e.ID) }},
		{table.Column{Name: "record", Title: "记录文件", TitleEN: "Record", Required: true}, func(e *catalog.Entry[T]) table.Value { return table.TextOf(e.File.Path) }},
	}
	for _, c := range typeColumns[T](x, scope{kind: kind}) {
		columns = append(columns, column[*catalog.Entry[T]]{c.Column, func(e *catalog.Entry[T]) table.Value { return c.value(e.Record) }})
	}
	return tableOf(name, title, titleEN, []string{"id"}, columns, func(yield func(*catalog.Entry[T]) bool) {
		for _, e := range l.All {
			if !yield(e) {
				return
			}
		}
	})
}
