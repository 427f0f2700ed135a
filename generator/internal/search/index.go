package search

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"sync"

	"banshi/generator/internal/output"
)

// Reader returns the content of a published file by its path, such as search/current.js.
type Reader func(path string) ([]byte, error)

// FromFS reads the index of a published site.
func FromFS(fsys fs.FS) Reader {
	return func(path string) ([]byte, error) { return fs.ReadFile(fsys, path) }
}

// FromFiles reads an index that is not yet published.
func FromFiles(files []output.File) Reader {
	at := map[string]int{}
	for i, f := range files {
		at[f.Path] = i
	}
	return func(path string) ([]byte, error) {
		i, ok := at[path]
		if !ok {
			return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
		}
		var b bytes.Buffer
		err := files[i].Write(&b)
		return b.Bytes(), err
	}
}

// Index answers queries from the files of an index. It reads a file when a query first needs it, as the client does. It is
// safe for concurrent use.
type Index struct {
	read  Reader
	build string

	mu    sync.Mutex
	parts map[string]string
	err   error // of the last query: a file that cannot be read

	departments, types []string
	rows               []entry
	texts              []text
	posts              map[string]map[int]int // gram → row → value: name 1000, alias 750
	byID               map[string]int         // kind/id → row
	questions          []string
	lone, marks        string

	syllables map[rune]string
	odd       map[string][]string
	spelt     []spelling // of texts

	words     map[string][]place
	divisions map[string]*division
}

// entry is one row of the head.
type entry struct {
	kind       string
	id, name   string
	weight     int
	department string
	itemType   string
	item       int   // of a procedure: the row of its item, else -1
	procedures []int // of an item: the rows of its procedures, by number
	texts      []int
}

// text is a name or alias as it is compared.
type text struct {
	said  string // as written
	key   string
	n     int // characters of key
	alias bool
	rows  []int
}

// Open reads the build id and the head of an index. The error is a file that cannot be read or is not of [Format].
func Open(read Reader) (*Index, error) {
	x := &Index{read: read, parts: map[string]string{}, posts: map[string]map[int]int{}, byID: map[string]int{}, divisions: map[string]*division{}}
	build, err := x.part("current")
	if err != nil {
		return nil, err
	}
	x.build = build
	head, err := x.part("head")
	if err != nil {
		return nil, err
	}
	sections := strings.Split(head, sectionEnd)
	if len(sections) != 5 || sections[0] != "banshi\t"+Format {
		return nil, fmt.Errorf("检索文件的格式不是 %s (search/%s/head.js is not of format %[1]s)", Format, build)
	}
	lists := strings.Split(sections[1], "\n")
	x.departments, x.types = strings.Split(lists[0], "\t"), strings.Split(lists[1], "\t")
	said := strings.Split(sections[2], "\n")
	x.questions, x.lone, x.marks = strings.Split(said[0], "\t"), said[1], said[2]
	if err := x.addRows(sections[3]); err != nil {
		return nil, err
	}
	return x, x.addAliases(sections[4])
}

// part returns the string that a file of the index hands over.
func (x *Index) part(name string) (string, error) {
	if s, ok := x.parts[name]; ok {
		return s, nil
	}
	path := Folder + x.build + "/" + name + ".js"
	if name == "current" {
		path = Folder + "current.js"
	}
	data, err := x.read(path)
	if err != nil {
		return "", err
	}
	var s string
	script := strings.TrimSuffix(strings.TrimPrefix(string(data), "banshi.put(\""+name+"\","), ")\n")
	if err := json.Unmarshal([]byte(script), &s); err != nil {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	x.parts[name] = s
	return s, nil
}

// records returns the records of a section by field, the first one decoded from its front code.
func records(section string) ([][]string, error) {
	if section == "" {
		return nil, nil
	}
	var out [][]string
	var before []rune
	for _, l := range strings.Split(section, "\n") {
		fields := strings.Split(l, "\t")
		if fields[0] == "" {
			return nil, fmt.Errorf("检索文件里有空行 (empty record in the search index)")
		}
		n, err := strconv.ParseInt(fields[0][:1], base, 0)
		if err != nil || int(n) > len(before) {
			return nil, fmt.Errorf("检索文件里的前缀不对 (bad prefix in the search index): %q", l)
		}
		before = append(before[:n:n], []rune(fields[0][1:])...)
		fields[0] = string(before)
		out = append(out, fields)
	}
	return out, nil
}

func field(fields []string, n int) string {
	if n < len(fields) {
		return fields[n]
	}
	return ""
}

func (x *Index) addRows(section string) error {
	list, err := records(section)
	if err != nil {
		return err
	}
	for i, f := range list {
		if len(f) < 4 {
			return fmt.Errorf("检索文件里的一行不全 (short row in the search index): %q", f)
		}
		e := entry{kind: f[1], id: f[2], name: f[0], item: -1}
		if e.weight, err = strconv.Atoi(f[3]); err != nil {
			return err
		}
		e.department, e.itemType = term(x.departments, field(f, 4)), term(x.types, field(f, 5))
		x.rows = append(x.rows, e)
		x.byID[f[1]+"/"+f[2]] = i
		x.addText(f[0], false, []int{i})
	}
	for i := range x.rows {
		if id, _, ok := strings.Cut(x.rows[i].id, "#"); ok && x.rows[i].kind == items {
			if item, ok := x.byID[items+"/"+id]; ok {
				x.rows[i].item = item
				x.rows[item].procedures = append(x.rows[item].procedures, i)
			}
		}
	}
	for i := range x.rows {
		sortByID(x.rows, x.rows[i].procedures)
	}
	return nil
}

func term(list []string, ref string) string {
	n, err := strconv.ParseInt(ref, base, 0)
	if err != nil || int(n) >= len(list) || n < 0 {
		return ""
	}
	return list[n]
}

func (x *Index) addAliases(section string) error {
	list, err := records(section)
	if err != nil {
		return err
	}
	for _, f := range list {
		var rows []int
		for _, ref := range strings.Fields(field(f, 1)) {
			n, err := strconv.ParseInt(ref, base, 0)
			if err != nil || n < 0 || int(n) >= len(x.rows) {
				return fmt.Errorf("检索文件里的别名指向不存在的行 (alias without a row in the search index): %q", f)
			}
			rows = append(rows, int(n))
		}
		x.addText(f[0], true, rows)
	}
	return nil
}

// addText indexes a name or alias.
func (x *Index) addText(said string, alias bool, rows []int) {
	ps := pieces(said)
	t := text{said: said, key: key(ps), alias: alias, rows: rows}
	t.n = runeLen(t.key)
	value := nameValue
	if alias {
		value = aliasValue
	}
	for _, p := range ps {
		p.grams(func(g string) {
			if x.posts[g] == nil {
				x.posts[g] = map[int]int{}
			}
			for _, r := range rows {
				x.posts[g][r] = max(x.posts[g][r], value)
			}
		})
	}
	for _, r := range rows {
		x.rows[r].texts = append(x.rows[r].texts, len(x.texts))
	}
	x.texts = append(x.texts, t)
}
