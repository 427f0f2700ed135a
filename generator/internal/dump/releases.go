package dump

import (
	"slices"

	"banshi/generator/internal/output"
	"banshi/generator/internal/record"
)

// releases is data/releases/index.json: the immutable releases that the register names.
type releases struct {
	Releases []releaseRow `json:"releases,always" doc:"新的在前 / newest first"`
}

// releaseRow is a release as the register of the repository has it (data/releases/<id>.toml).
type releaseRow struct {
	ID       string      `json:"id,always" doc:"日期-提交前 7 位 / day and the first 7 digits of the commit"`
	Date     record.Date `json:"date,always" doc:"数据截至哪天 / day for which the data holds"`
	Commit   string      `json:"commit,always" doc:"记录的提交：撤下的版本可以由它重做 / commit of the records, from which a removed release can be made again"`
	Tool     string      `json:"tool,always" doc:"生成它的程序版本 / version of the program that made it"`
	Manifest pointer     `json:"manifest,always"`
	Previous string      `json:"previous" doc:"上一个版本 / the release before"`
}

const dirReleases = "data/releases/"

// register lists the releases in the register, newest first.
func (x *exporter) register() []*record.Release {
	var out []*record.Release
	if x.Catalog.Source == nil {
		return nil
	}
	for _, f := range x.Catalog.Source.Files {
		if r, ok := f.Record.(*record.Release); ok {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b *record.Release) int { return int(b.Date) - int(a.Date) })
	return out
}

func (x *exporter) releaseIndex() output.File {
	out := &releases{Releases: []releaseRow{}}
	for _, r := range x.register() {
		out.Releases = append(out.Releases, releaseRow{
			ID: r.ID, Date: r.Date, Commit: r.Commit, Tool: r.Tool, Previous: r.Previous,
			Manifest: pointer{dirReleases + r.ID + "/manifest.json", r.ManifestSHA256},
		})
	}
	content := indent(x.write.releases.append(nil, out))
	var h output.Hasher
	h.Stamp(x.base)
	h.Bytes(content)
	return file(pathReleases, h.Sum(), func() []byte { return content })
}
