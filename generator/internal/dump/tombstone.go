package dump

import (
	"cmp"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
)

// tombstone is what stays for ever of an item that is no more.
type tombstone struct {
	ID         string      `json:"id,always" doc:"事项编号 / id of the item"`
	Code       string      `json:"code" doc:"基本编码 / basic code"`
	Name       string      `json:"name,always"`
	Status     string      `json:"status,always" vocab:"statuses"`
	ReplacedBy string      `json:"replaced_by" ref:"item" doc:"现在办哪个事项 / the item to apply for now"`
	Date       record.Date `json:"date" doc:"从哪天起不办了 / the day it ended"`
	Document   string      `json:"document" ref:"document" doc:"依据的文件 / the document it rests on"`
}

// tombstones is api/v1/tombstones.json.
type tombstones struct {
	AsOf       record.Date `json:"as_of,always"`
	Tombstones []tombstone `json:"tombstones,always" doc:"取消或并入其他事项的，按编号 / cancelled or merged items, by id"`
}

// tombstones are the items that are cancelled or merged, by id.
func (x *exporter) tombstones() []tombstone {
	out := []tombstone{}
	for _, i := range x.Items {
		if i.Status == record.StatusCancelled || i.Status == record.StatusMerged {
			out = append(out, tombstoneOf(i))
		}
	}
	return out
}

func tombstoneOf(i *catalog.Item) tombstone {
	t := tombstone{ID: i.ID, Code: i.Code, Name: i.Name, Status: i.Status, ReplacedBy: i.ReplacedBy, Date: i.EffectiveTo}
	if e := i.Ending; e != nil {
		t.ReplacedBy, t.Document = cmp.Or(e.ReplacedBy, t.ReplacedBy), e.Document
	}
	return t
}

func (x *exporter) tombstoneFile() output.File {
	content := indent(x.write.tombstones.append(nil, &tombstones{x.Catalog.AsOf, x.tombstones()}))
	var h output.Hasher
	h.Stamp(x.base)
	h.Bytes(content)
	return file(pathTombstones, h.Sum(), func() []byte { return content })
}
