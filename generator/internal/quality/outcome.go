package quality

import (
	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
)

// outcomeMetrics are what people get: certificates, and whether they exist electronically.
var outcomeMetrics = []*Metric{
	{
		ID: "digital-result-rate", Title: diag.Text{ZH: "办理结果电子化率", EN: "Share of digital results"}, Family: Online,
		Formula: diag.Text{
			ZH: "每样结果都有已电子化的证照的办理项，除以写明办理结果的办理项。证照没写电子化情况的算未收录。",
			EN: "Procedures of which every result is a certificate that exists electronically, by procedures that state results.",
		},
		Counted: diag.Text{ZH: "结果电子化", EN: "digital"}, Among: diag.Text{ZH: "写明结果的办理项", EN: "procedures with results"},
		Sources: []Source{{sorting, "2020年办理结果全部电子化"}}, Unit: Percent, Of: OfGuides, Better: Higher,
		counter: counter{terms: digitalResult},
	}, {
		ID: "certificate-rate", Title: diag.Text{ZH: "电子证照归集率", EN: "Share of catalogued certificates"}, Family: Online,
		Formula: diag.Text{
			ZH: "结果里的证照都编入证照目录的办理项，除以结果有证照的办理项。没编入的就是“有结果、没证照”。",
			EN: "Procedures whose certificates all stand in the catalogue of certificates, by procedures that result in certificates.",
		},
		Counted: diag.Text{ZH: "都编入了目录", EN: "catalogued"}, Among: diag.Text{ZH: "结果有证照的办理项", EN: "procedures with certificates"},
		Sources: []Source{{facility, "应归尽归"}, {sorting, "电子证照目录库"}}, Unit: Percent, Of: OfGuides, Better: Higher,
		counter: counter{terms: certificates},
	},
}

func digitalResult(s *Survey, _ *catalog.Procedure, t *catalog.Terms) Cell {
	if t.Outcome.Results == nil {
		return unknown("没写办理结果")
	}
	said := true
	for _, r := range t.Outcome.Results {
		switch e := s.Catalog.Certificates.Get(r.Certificate); {
		case e == nil:
			return counted(false, "“"+r.Name+"”没有编入证照目录")
		case e.Record.Digital == "":
			said = false
		case e.Record.Digital != "已电子化":
			return counted(false, "“"+e.Record.Name+"”"+e.Record.Digital)
		}
	}
	switch {
	case len(t.Outcome.Results) == 0:
		return Cell{}
	case !said:
		return unknown("证照没写电子化情况")
	}
	return counted(true, "")
}

func certificates(s *Survey, _ *catalog.Procedure, t *catalog.Terms) Cell {
	some := false
	for _, r := range t.Outcome.Results {
		if r.Type != "证照" {
			continue
		}
		some = true
		if s.Catalog.Certificates.Get(r.Certificate) == nil {
			return counted(false, "“"+r.Name+r.Certificate+"”没有编入证照目录")
		}
	}
	if !some {
		return Cell{}
	}
	return counted(true, "")
}
