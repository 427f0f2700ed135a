package dump

import (
	"fmt"
	"strings"

	"banshi/generator/internal/changes"
)

// maxNoted bounds the changes that the notes tell one by one; all are in changes.jsonl.gz.
const maxNoted = 200

// formatChanges is what changed in the format since version 1 was published, for the notes of the next release: keys added, and
// keys that will go, with the day from which they may (90 days of notice, both majors built meanwhile). Empty: nothing.
const formatChanges = ""

// notes is RELEASE_NOTES.md: what is in the release and what changed since the one before.
func (r *Release) notes() string {
	var b strings.Builder
	x, c := r.x, r.x.counts()
	fmt.Fprintf(&b, "# %s %s\n\n", x.Config.Title, r.id)
	fmt.Fprintf(&b, "- 数据截至 / as of：%s\n- 提交 / commit：%s\n- 程序 / tool：banshi %s，格式第 %d 版 / format version %[4]d\n", x.Catalog.AsOf, x.Commit, Version, SchemaVersion)
	fmt.Fprintf(&b, "- 许可 / licence：%s（%s）\n", x.Config.Licence.Name, x.Config.Licence.Data)
	fmt.Fprintf(&b, "- 事项 / items %d，业务办理项 / procedures %d，地方 / places %d，指南 / guides %d\n", c.Items, c.Procedures, c.Divisions, c.Guides)
	if x.Sample {
		b.WriteString("- 含演示用的假数据 / some of it is made up for demonstration: `sample`\n")
	}
	b.WriteString("\n## 和上一版相比 / since the release before\n\n")
	if p := r.in.Previous; p != nil {
		fmt.Fprintf(&b, "上一版 / previous：%s（manifest.json 的 SHA-256：%s）\n\n", p.ID, p.ManifestSHA256)
	}
	if r.delta != nil {
		d := r.delta.count
		fmt.Fprintf(&b, "`delta.jsonl.gz`：新增 / new %d，有变化 / changed %d，没有了 / gone %d\n", d.added, d.changed, d.gone)
	} else {
		fmt.Fprintf(&b, "没有 `delta.jsonl.gz` / there is no delta：%s\n", r.why)
	}
	r.noteChanges(&b)
	b.WriteString("\n## 格式 / format\n\n")
	if formatChanges == "" {
		b.WriteString("没有变化；没有要停用的键 / no change; no key is deprecated\n")
	} else {
		b.WriteString(formatChanges)
	}
	return b.String()
}

// noteChanges lists what changed in words, one line a record.
func (r *Release) noteChanges(b *strings.Builder) {
	if len(r.in.Since) == 0 {
		b.WriteString("\n记录没有变化 / no record changed\n")
		return
	}
	b.WriteByte('\n')
	for n, e := range r.in.Since {
		if n == maxNoted {
			fmt.Fprintf(b, "- 另有 %d 处，见 / and %[1]d more: `changes.jsonl.gz`\n", len(r.in.Since)-n)
			return
		}
		fmt.Fprintf(b, "- %s %s%s\n", e.Date, mark(e), escapeNote(e.Title))
	}
}

// mark is ↓ where something got worse for the applicant, ↑ where it got better, else nothing.
func mark(e *changes.Entry) string {
	better := ""
	for _, f := range e.Fields {
		switch f.Direction {
		case changes.Worse:
			return f.Direction.String() + " "
		case changes.Better:
			better = f.Direction.String() + " "
		}
	}
	return better
}

// noteEscapes keep words of records from being Markdown or HTML.
var noteEscapes = strings.NewReplacer("\\", "\\\\", "`", "\\`", "*", "\\*", "_", "\\_", "[", "\\[", "]", "\\]", "<", "&lt;", "&", "&amp;", "\n", " ", "\r", " ")

func escapeNote(s string) string { return noteEscapes.Replace(s) }
