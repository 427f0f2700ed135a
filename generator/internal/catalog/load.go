package catalog

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"

	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
	"banshi/generator/internal/tomlfile"
)

// Source is the records of a library as written.
type Source struct {
	AsOf record.Date
	// Files are the records in force as of the day, by path. Of several versions of one record (name.toml,
	// name@2027-01-01.toml) the latest that is not in the future is here.
	Files []*File
	// Future are versions that take effect after the day, by path.
	Future []*File
	// Superseded are versions that a later one in force has replaced.
	Superseded []*File
	// Strays are files under data/ that are neither records nor its documentation, by path.
	Strays []Stray
	// Problems are those of decoding: syntax, unknown keys, wrong types, misplaced files.
	Problems []diag.Problem

	byPath map[string]*File
}

// Stray is a file that nobody reads.
type Stray struct {
	Path string // relative to the site
	Size int64  // bytes
}

// File is one record: where it stands, what kind it is, and its decoded value.
type File struct {
	Path   string // relative to the site: data/items/dibao/item.toml
	Kind   record.Kind
	IDs    []string    // the ids in its path, see record.ParsePath
	From   record.Date // the day in its name, or 0
	Record any         // as record.New(Kind) makes it
	Doc    *tomlfile.Document
	// Print identifies the content: equal for records that say the same in another order or with other comments.
	Print record.Print
}

// Position returns where a key of the record stands; without a path, where the record begins.
func (f *File) Position(path ...string) diag.Position { return f.Doc.Position(path...) }

// ID returns the last id of the path: of an item, a law, a material …
func (f *File) ID() string { return f.IDs[len(f.IDs)-1] }

// Lookup returns the file at the path (relative to the site), or nil.
func (s *Source) Lookup(path string) *File { return s.byPath[path] }

// DataDir is the folder of the records in a site.
const DataDir = "data"

// Load reads every record under data/ of the site. It decodes on all processors and joins in order of paths. The error is the
// machine's; an editor's mistakes are in Source.Problems.
func Load(site fs.FS, asOf record.Date) (*Source, error) {
	return Reload(site, asOf, Decode)
}

// Reload is Load for records of which many are decoded already: decode returns the record with this content at the path, and the problems
// that are to be told. It is called on all processors.
func Reload(site fs.FS, asOf record.Date, decode func(path string, data []byte) (*File, []diag.Problem)) (*Source, error) {
	paths, strays, err := list(site)
	if err != nil {
		return nil, err
	}
	files := make([]*File, len(paths))
	problems := make([][]diag.Problem, len(paths))
	errs := make([]error, len(paths))
	parallel(len(paths), func(i int) {
		data, err := fs.ReadFile(site, paths[i])
		if errs[i] = err; err != nil {
			return
		}
		files[i], problems[i] = decode(paths[i], data)
	})
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	s := NewSource(files, asOf)
	s.Strays = strays
	for _, p := range problems {
		s.Problems = append(s.Problems, p...)
	}
	return s, nil
}

// NewSource makes a Source of decoded files; nil files are passed over.
func NewSource(files []*File, asOf record.Date) *Source {
	s := &Source{AsOf: asOf, byPath: make(map[string]*File, len(files))}
	s.pick(files, func(f *File) bool { return f.From > asOf })
	return s
}

// LetGo forgets the texts of all records, which are as much memory as what was decoded from them. Where a key is looked for later, the file is
// read again.
func (s *Source) LetGo(site fs.FS) {
	again := func(name string) ([]byte, error) { return fs.ReadFile(site, name) }
	for _, f := range s.everything() {
		f.Doc.LetGo(again)
	}
}

// list returns the paths of all records, sorted, and what else lies about.
func list(site fs.FS) ([]string, []Stray, error) {
	found, strays, err := entries(site)
	paths := make([]string, len(found))
	for i := range found {
		paths[i] = found[i].path
	}
	return paths, strays, err
}

// entry is a record's file as its folder lists it.
type entry struct {
	path string
	fs.DirEntry
}

// entries returns the files of all records and the strays, sorted by path. Documentation (.md) and data for programs (.json) may
// stand among the records. Folders are read on all processors, one level after the other: a
// province has as many of them as places.
func entries(site fs.FS) (out []entry, strays []Stray, err error) {
	for folders := []string{DataDir}; len(folders) > 0; {
		found, errs := make([][]fs.DirEntry, len(folders)), make([]error, len(folders))
		parallel(len(folders), func(i int) { found[i], errs[i] = fs.ReadDir(site, folders[i]) })
		var below []string
		for i, folder := range folders {
			if errs[i] != nil && (folder == DataDir || !errors.Is(errs[i], fs.ErrNotExist)) { // a folder may go while others are read
				return nil, nil, errs[i]
			}
			for _, d := range found[i] {
				p := folder + "/" + d.Name()
				switch {
				case strings.HasPrefix(d.Name(), "."):
				case d.IsDir():
					below = append(below, p)
				case strings.HasSuffix(p, ".toml"):
					out = append(out, entry{p, d})
				case strings.HasSuffix(p, ".md"), strings.HasSuffix(p, ".json"):
				default:
					if info, err := d.Info(); err == nil && info.Mode().IsRegular() {
						strays = append(strays, Stray{Path: p, Size: info.Size()})
					}
				}
			}
		}
		folders = below
	}
	slices.SortFunc(out, func(a, b entry) int { return cmp.Compare(a.path, b.path) })
	slices.SortFunc(strays, func(a, b Stray) int { return cmp.Compare(a.Path, b.Path) })
	return out, strays, nil
}

// Decode decodes one record that stands at the path p of a site. The file is nil where the path is of no kind of record.
func Decode(p string, data []byte) (*File, []diag.Problem) { return decode(p, data, nil) }

// DecodeKept is Decode for records of which many were parsed in an earlier run.
func DecodeKept(kept *tomlfile.Kept) func(p string, data []byte) (*File, []diag.Problem) {
	return func(p string, data []byte) (*File, []diag.Problem) { return decode(p, data, kept) }
}

// DecodeBeside is Decode but for the given records: what stands at the path of one with the same content is that one, without problems.
func DecodeBeside(known []*File) func(p string, data []byte) (*File, []diag.Problem) {
	at := make(map[string]*File, len(known))
	for _, f := range known {
		at[f.Path] = f
	}
	return func(p string, data []byte) (*File, []diag.Problem) {
		if f := at[p]; f != nil && bytes.Equal(f.Doc.Data, data) {
			return f, nil
		}
		return Decode(p, data)
	}
}

func decode(p string, data []byte, kept *tomlfile.Kept) (*File, []diag.Problem) {
	kind, ids, from, ok := record.ParsePath(strings.TrimPrefix(p, DataDir+"/"))
	if !ok {
		return nil, []diag.Problem{misplaced(p)}
	}
	f := &File{Path: p, Kind: kind, IDs: ids, From: from, Record: record.New(kind)}
	var problems []diag.Problem
	f.Doc, problems = tomlfile.Decode(p, data, f.Record, tomlfile.Options{Unknown: unknown(kind), Kept: kept})
	f.Print = record.PrintOf(f.Record)
	return f, problems
}

func misplaced(p string) diag.Problem {
	return diag.Problem{
		Position: diag.Position{File: p, Line: 1, Column: 1},
		Rule:     "path",
		Message:  diag.Text{ZH: "不知道这是哪一种记录：文件没有放在它该在的位置", EN: "no kind of record has this path"},
		Hint: diag.Text{ZH: "事项放在 data/items/<事项>/item.toml，业务办理项放在同一文件夹的 01.toml，各地的放在 data/divisions/<区划>/<事项>.toml；名字只用小写字母、数字和连字符",
			EN: "items live in data/items/<item>/item.toml, procedures beside them in 01.toml, local records in data/divisions/<division>/<item>.toml; names use a–z, 0–9 and hyphens"},
	}
}

// unknown explains a key that an implementation may not have because it belongs to the catalogue.
func unknown(kind record.Kind) func([]string) (string, diag.Text, diag.Text, bool) {
	if kind != record.KindImplementation {
		return nil
	}
	return func(p []string) (rule string, message, hint diag.Text, ok bool) {
		key, found := record.KeyOf(record.KindItem, p[len(p)-1])
		if !found || key.Lock != "C" || len(p) > 3 {
			return "", diag.Text{}, diag.Text{}, false
		}
		return "catalogue-locked",
			diag.Text{ZH: "“" + key.Title.ZH + "”（" + p[len(p)-1] + "）是目录要素，全省一致，地方不能改",
				EN: p[len(p)-1] + " belongs to the catalogue and is the same in the whole province"},
			diag.Text{ZH: "删掉这一行。觉得省里的写法不对，向省里提：banshi propose 事项 " + p[len(p)-1] + "（四同：名称、类型、依据、编码）",
				EN: "remove this line; propose a change of the standard: banshi propose ITEM " + p[len(p)-1]}, true
	}
}

// pick sorts versions into those in force and those of the future. Those that wait are of the future.
func (s *Source) pick(files []*File, waits func(*File) bool) {
	best := make(map[string]*File, len(files))
	for _, f := range files {
		if f == nil {
			continue
		}
		if waits(f) {
			s.Future = append(s.Future, f)
			continue
		}
		base := path.Join(DataDir, record.Path(f.Kind, f.IDs...))
		switch old := best[base]; {
		case old == nil:
			best[base] = f
		case old.From < f.From:
			best[base] = f
			s.Superseded = append(s.Superseded, old)
		default:
			s.Superseded = append(s.Superseded, f)
		}
		s.byPath[f.Path] = f
	}
	for base, f := range best {
		s.Files = append(s.Files, f)
		s.byPath[base] = f
	}
	sort.Slice(s.Files, func(i, j int) bool { return s.Files[i].Path < s.Files[j].Path })
}

// parallel calls f for 0…n-1 on all processors, in blocks so that neighbours share a worker.
func parallel(n int, f func(i int)) {
	workers := runtime.GOMAXPROCS(0)
	const block = 64
	var mu sync.Mutex
	next := 0
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for {
				mu.Lock()
				from := next
				next += block
				mu.Unlock()
				if from >= n {
					return
				}
				for i := from; i < min(from+block, n); i++ {
					f(i)
				}
			}
		}()
	}
	wg.Wait()
}
