package page

import "strings"

// examples are code that a reader can copy: it works as printed, in an empty folder, one after the other. A test runs it.
func (b *builder) examples(v *dataView) []Example {
	base := b.site.Config.BaseURL
	fill := strings.NewReplacer("BASE", base, "SUMS", v.Sums)
	code := fetchCode
	if v.Sums == "" {
		code, _, _ = strings.Cut(fetchCode, "\nsha256sum")
	}
	out := []Example{
		{"ex-curl", "curl", b.say("data_ex_curl"), "sh", fill.Replace(code)},
		{"ex-python", "Python", b.say("data_ex_python"), "python", fill.Replace(mergeCode)},
		{"ex-duckdb", "DuckDB", b.say("data_ex_duckdb"), "sql", duckCode},
	}
	if v.Release == nil {
		return out
	}
	fill = strings.NewReplacer("BASE", strings.TrimSuffix(v.Release.Folder, "/"))
	return append(out,
		Example{"ex-release", "curl", b.say("data_ex_release"), "sh", fill.Replace(releaseCode)},
		Example{"ex-parquet", "DuckDB", b.say("data_ex_parquet"), "sql", parquetCode},
		Example{"ex-sqlite", "Python", b.say("data_ex_sqlite"), "python", sqliteCode})
}

const fetchCode = `curl -O BASE/data/current/items.jsonl.gz -O BASE/data/current/guides.jsonl.gz
gunzip -c guides.jsonl.gz | head -n 1
sha256sum -c <<'END'
SUMSEND
`

const mergeCode = `import gzip, json, urllib.request

def lines(name):
    with urllib.request.urlopen("BASE/data/current/" + name) as response:
        with gzip.open(response, "rt", encoding="utf-8") as text:
            yield from map(json.loads, text)

standards = {p["id"]: p["standard"] for item in lines("items.jsonl.gz") for p in item["procedures"]}
for g in lines("guides.jsonl.gz"):
    guide = {**standards[g["item"]["id"] + "/" + g["procedure"]["no"]], **g["differs"]}
    papers = [m for m in guide["materials"] or [] if not m["drop"]]
    print(g["division"]["name"], g["item"]["name"], len(papers))
`

const duckCode = `SELECT division.name AS 地方, item.name AS 事项, headline.visits AS 跑几趟, headline.papers.bring AS 要带几样
FROM read_json('guides.jsonl.gz')
ORDER BY 要带几样 DESC, 地方, 事项
LIMIT 10;
`

const releaseCode = `curl -O BASE/SHA256SUMS -O BASE/guides.parquet -O BASE/catalogue.sqlite
sha256sum -c --ignore-missing SHA256SUMS
`

const parquetCode = `SELECT division_name AS 地方, count(*) AS 指南, avg(visits) AS 平均跑几趟
FROM 'guides.parquet'
GROUP BY division_name
ORDER BY 地方;
`

const sqliteCode = `import sqlite3

db = sqlite3.connect("catalogue.sqlite")
for row in db.execute("""
    SELECT g.division_name, g.item_name, g.papers_to_bring_names
    FROM guides g JOIN procedures p ON p.item = g.item AND p.no = g.procedure_no
    WHERE p.rowid IN (SELECT rowid FROM search WHERE search MATCH '食品经营')
    LIMIT 10"""):
    print(*row)
`
