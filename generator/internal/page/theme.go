package page

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"banshi/generator/internal/output"
	"banshi/generator/internal/tomlfile"
)

// themeAPI is the version of what templates may rely on: the names of templates and the fields of views. A theme written for
// another version is refused.
const themeAPI = 1

// defaultTheme is the theme that stands in for every file another theme does not have.
const defaultTheme = "default"

// Theme is how a site looks and what it says around the records. It is loaded once and never changes.
type Theme struct {
	Name string
	// Hash identifies the theme: all its files, in effect. It is part of every stamp.
	Hash output.Stamp

	sources []source
	words   map[string]map[string]string // language → key → wording
	sets    map[string]*template.Template
	assets  []asset
}

// source is the text of a template, named as templates refer to it: fragments/papers.
type source struct{ name, text string }

// asset is a style sheet, script or picture: its name in the theme, its published path with the hash of its content, and the
// content.
type asset struct {
	name, path string
	data       []byte
}

// settings is theme.toml.
type settings struct {
	API    int               `toml:"api"`
	Name   string            `toml:"name"`
	Accent map[string]string `toml:"accent"`
	Dark   map[string]string `toml:"accent_dark"`
}

// LoadTheme reads themes/<name> of a site. Where it lacks a file, that of themes/default is taken: templates/**.html,
// i18n/<language>.toml, assets/* and theme.toml. The error names the file and what is wrong with it: a template that does not
// parse, a word that is no text, a theme for another version of this program, an accent too pale to read.
func LoadTheme(fsys fs.FS, name string) (*Theme, error) {
	files, err := themeFiles(fsys, name)
	if err != nil {
		return nil, err
	}
	t := &Theme{Name: name, words: map[string]map[string]string{}, sets: map[string]*template.Template{}}
	names := make([]string, 0, len(files))
	for n := range files {
		names = append(names, n)
	}
	slices.Sort(names)
	var s settings
	var h output.Hasher
	for _, n := range names {
		h.String(n)
		h.Bytes(files[n])
		if err := t.add(n, files[n], &s); err != nil {
			return nil, fmt.Errorf("themes/%s/%s: %w", name, n, err)
		}
	}
	t.Hash = h.Sum()
	if s.API != themeAPI {
		return nil, fmt.Errorf("themes/%s/theme.toml: 主题版本 api = %d，本程序要 %d (the theme is for version %[2]d, this program wants %[3]d)", name, s.API, themeAPI)
	}
	if err := t.paint(&s); err != nil {
		return nil, fmt.Errorf("themes/%s/theme.toml: %w", name, err)
	}
	for language, words := range t.words {
		if t.sets[language], err = t.parse(words); err != nil {
			return nil, fmt.Errorf("themes/%s (%s): %w", name, language, err)
		}
	}
	return t, nil
}

// plainWord is a word of the interface without anything to fill in. Such words are put into the template before it is parsed,
// so that a page spends no time on them.
var plainWord = regexp.MustCompile(`\{\{t "([a-z0-9_]+)"\}\}`)

// parse makes the templates of one language.
func (t *Theme) parse(words map[string]string) (*template.Template, error) {
	set := template.New("").Option("missingkey=error").Funcs(template.FuncMap{
		"t": func(key string, pairs ...string) (string, error) { return fill(words, key, pairs...) },
	})
	for _, src := range t.sources {
		text := plainWord.ReplaceAllStringFunc(src.text, func(call string) string {
			if w, ok := words[plainWord.FindStringSubmatch(call)[1]]; ok {
				return template.HTMLEscapeString(w)
			}
			return call // the error names the template when it is executed
		})
		if _, err := set.New(src.name).Parse(text); err != nil {
			return nil, err
		}
	}
	return set, nil
}

// rangesOnce reports whether a template ranges over the rows of a field once and does nothing else with them but ask whether there are any.
func (t *Theme) rangesOnce(name, field string) bool {
	text := strings.ReplaceAll(t.text(name), "{{if ."+field+"}}", "")
	return strings.Count(text, "."+field) == 1 && strings.Contains(text, "{{range ."+field+"}}")
}

// hasVariables reports whether a template has any: without them it sees nothing but the row while it ranges over rows.
func (t *Theme) hasVariables(name string) bool { return strings.Contains(t.text(name), "$") }

// passesDot finds a template that hands on all it sees.
var passesDot = regexp.MustCompile(`[\s(]\.[\s)}|]`)

// shows reports whether a template does nothing with the rows of a field but range over them once, and from there on nothing with some of
// their fields but show them between tags.
func (t *Theme) shows(name, rows string, fields ...string) bool {
	_, text, found := strings.Cut(t.text(name), "{{range ."+rows+"}}")
	if !found || !t.rangesOnce(name, rows) || t.hasVariables(name) || passesDot.MatchString(text) || strings.Contains(text, "<script") || strings.Contains(text, "<style") {
		return false
	}
	for _, f := range fields {
		parts := strings.Split(text, "{{."+f+"}}")
		if strings.Contains(strings.Join(parts, ""), "."+f) {
			return false
		}
		for _, before := range parts[:len(parts)-1] {
			if strings.LastIndexByte(before, '<') > strings.LastIndexByte(before, '>') {
				return false // inside of a tag, where more is escaped
			}
		}
	}
	return true
}

// textual returns how many words the parts of pages may have whose texts are dealt out, by template.
func textual(t *Theme) map[string]int {
	out := map[string]int{}
	for name, shown := range map[string][]string{
		comparisonTemplate:     {"Sides", "Text", "Same"},
		"fragments/conditions": {"Conditions", "Text"},
		"fragments/faq":        {"FAQ", "Q", "A"},
	} {
		if t.shows(name, shown[0], shown[1:]...) {
			out[name] = maxWords
		}
	}
	return out
}

// text is that of a template.
func (t *Theme) text(name string) string {
	for _, src := range t.sources {
		if src.name == name {
			return src.text
		}
	}
	return ""
}

// fill returns the wording of a key; pairs of name and value fill {name}. What a value says is never filled in itself.
func fill(words map[string]string, key string, pairs ...string) (string, error) {
	w, ok := words[key]
	if !ok {
		return "", fmt.Errorf("i18n: no word %q", key)
	}
	if len(pairs) == 0 {
		return w, nil
	}
	room := len(w)
	for i := 1; i < len(pairs); i += 2 {
		room += len(pairs[i])
	}
	var out strings.Builder
	out.Grow(room)
	for {
		before, rest, opens := strings.Cut(w, "{")
		name, after, closes := strings.Cut(rest, "}")
		if !opens || !closes {
			out.WriteString(w)
			return out.String(), nil
		}
		out.WriteString(before)
		if i := nameAt(pairs, name); i >= 0 {
			out.WriteString(pairs[i+1])
		} else {
			out.WriteString("{" + name + "}")
		}
		w = after
	}
}

// nameAt is where a name stands in pairs of name and value, or -1.
func nameAt(pairs []string, name string) int {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == name {
			return i
		}
	}
	return -1
}

// themeFiles reads the files of a theme over those of the default theme.
func themeFiles(fsys fs.FS, name string) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, from := range []string{defaultTheme, name} {
		root := path.Join("themes", from)
		err := fs.WalkDir(fsys, root, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
				return err
			}
			data, err := fs.ReadFile(fsys, p)
			files[strings.TrimPrefix(p, root+"/")] = data
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("主题 %s 读不出来 (cannot read the theme): %w", from, err)
		}
	}
	return files, nil
}

// add takes one file into the theme. Files that are none of a theme's kinds, such as a README, are left alone.
func (t *Theme) add(name string, data []byte, s *settings) error {
	dir, base := path.Split(name)
	switch {
	case name == "theme.toml":
		return decode(name, data, s)
	case strings.HasPrefix(dir, "templates/") && strings.HasSuffix(base, ".html"):
		id := strings.TrimSuffix(strings.TrimPrefix(name, "templates/"), ".html")
		t.sources = append(t.sources, source{id, squeeze(string(data))})
	case dir == "i18n/" && strings.HasSuffix(base, ".toml"):
		words := map[string]string{}
		t.words[strings.TrimSuffix(base, ".toml")] = words
		return decode(name, data, &words)
	case dir == "assets/":
		t.assets = append(t.assets, asset{name: base, data: data})
	}
	return nil
}

// decode reads TOML of a theme; the first problem is the error.
func decode(name string, data []byte, v any) error {
	_, problems := tomlfile.Decode(name, data, v, tomlfile.Options{})
	if len(problems) > 0 {
		p := problems[0]
		return fmt.Errorf("%d:%d: %s (%s)", p.Position.Line, p.Position.Column, p.Message.ZH, p.Message.EN)
	}
	return nil
}

// squeeze drops the indentation and line ends of a template: they are for its writer, and a hundred thousand pages would carry
// them. A template that needs a space between elements writes it inside a line.
func squeeze(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		out.WriteString(strings.TrimSpace(line))
	}
	return out.String()
}

// paint appends the accent of theme.toml to the style sheet and fingerprints all assets.
func (t *Theme) paint(s *settings) error {
	tokens, err := s.css()
	if err != nil {
		return err
	}
	for i := range t.assets {
		a := &t.assets[i]
		if a.name == "style.css" {
			a.data = append(slices.Clone(a.data), tokens...)
		}
		sum := sha256.Sum256(a.data)
		stem, ext := strings.TrimSuffix(a.name, path.Ext(a.name)), path.Ext(a.name)
		a.path = "assets/" + stem + "." + hex.EncodeToString(sum[:4]) + ext
	}
	t.keepOffline()
	return nil
}

// worker is the asset that keeps the portal usable without a net. It is published at the root, for a service worker serves only
// what lies below it.
const worker = "sw.js"

// keepOffline tells the worker which files to keep from the start: what it takes to look at the first page and to search.
func (t *Theme) keepOffline() {
	files := []string{"index.html", "search/index.html", "search/head.js"}
	for i := range t.assets {
		if t.assets[i].name != worker {
			files = append(files, t.assets[i].path)
		}
	}
	slices.Sort(files)
	list, _ := json.Marshal(files) // a list of strings cannot fail
	for i := range t.assets {
		if a := &t.assets[i]; a.name == worker {
			sum := sha256.Sum256(append(slices.Clone(a.data), list...))
			a.path = worker
			a.data = append([]byte("var VERSION='"+hex.EncodeToString(sum[:4])+"',FILES="+string(list)+";\n"), a.data...)
		}
	}
}

// asset returns the published path of an asset of the theme. That the theme has it is checked by tests; a missing one is a
// programmer's mistake because the default theme stands behind every other.
func (t *Theme) asset(name string) string {
	for i := range t.assets {
		if t.assets[i].name == name {
			return t.assets[i].path
		}
	}
	panic("page: no asset " + name)
}

// assetFiles are the assets as files. Their names change with their content, so a reader's cache may keep them for ever.
func (b *builder) assetFiles() []output.File {
	var out []output.File
	for i := range b.theme.assets {
		out = append(out, fileOf(&b.theme.assets[i]))
	}
	return out
}
