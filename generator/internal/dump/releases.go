package dump

import (
	"path"

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
	Files    []fileRow   `json:"files,always" doc:"常用的几个文件，全部的在清单里 / the files that people ask for; the manifest has all"`
}

// fileRow is a file of a release.
type fileRow struct {
	Path      string `json:"path,always" doc:"从网站根目录起 / from the root of the site"`
	MediaType string `json:"media_type,always"`
	Bytes     int    `json:"bytes"`
	Rows      int    `json:"rows"`
	SHA256    string `json:"sha256,always"`
}

const dirReleases = "data/releases/"

func (x *exporter) releaseIndex() output.File {
	out := &releases{Releases: []releaseRow{}}
	for _, r := range x.Releases() {
		row := releaseRow{
			ID: r.ID, Date: r.Date, Commit: r.Commit, Tool: r.Tool, Previous: r.Previous,
			Manifest: releasePointer(r), Files: []fileRow{},
		}
		for _, f := range r.Files {
			row.Files = append(row.Files, fileRow{dirReleases + r.ID + "/" + f.Path, mediaOf(f.Path), f.Bytes, f.Rows, f.SHA256})
		}
		out.Releases = append(out.Releases, row)
	}
	content := indent(x.write.releases.append(nil, out))
	var h output.Hasher
	h.Stamp(x.base)
	h.Bytes(content)
	return file(pathReleases, h.Sum(), func() []byte { return content })
}

// releasePointer leads to the manifest of a release.
func releasePointer(r *record.Release) pointer {
	return pointer{dirReleases + r.ID + "/manifest.json", r.ManifestSHA256}
}

// mediaOf is the media type of a file of a release.
func mediaOf(name string) string {
	switch path.Ext(name) {
	case ".gz":
		return gzipMedia
	case ".csv":
		return "text/csv"
	case ".json":
		return "application/json"
	case ".xlsx":
		return mediaXLSX
	case ".parquet":
		return "application/vnd.apache.parquet"
	case ".sqlite":
		return "application/vnd.sqlite3"
	}
	return "application/octet-stream"
}
