package main

import (
	"embed"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	carried "banshi"
	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
)

// starter is what a new site has that this repository does not: the settings, README and places of a fictitious province, 示例省
// 990000 (GB/T 2260 gives 99 to nobody). The words of the new site take the place of its words.
//
//go:embed starter
var starter embed.FS

func newInit(g *global) *cobra.Command {
	var n newSite
	cmd := &cobra.Command{
		Use:   "init DIR",
		Short: "新建一个省的站点，带样例 / a new site with a small sample",
		Long: `在空文件夹 DIR 里新建一个站点：site.toml、词表、主题、编辑器的配置、README，和能看的样例（六件真实的事项，一个虚构的市和县）。
什么也不问，也不联网。不写 --name 和 --code 就是虚构的示例省（990000）。建好了 serve、check、build 都能用，再一步步换成真的。

Make a site in the empty folder DIR: settings, vocabularies, theme, configuration of editors, README, and a sample (six real items, a
fictitious city and county). It asks nothing and needs no network. Without --name and --code it is of a fictitious province.`,
		Example: `  banshi init 广东 --name 广东省 --code 440000
  banshi init site --name 广西壮族自治区 --code 450000 --url https://zwfw.example.gov.cn`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := n.check(); err != nil {
				return err
			}
			if err := mustTakeSite(args[0]); err != nil {
				return err
			}
			files, err := n.files()
			if err != nil {
				return err
			}
			for _, name := range slices.Sorted(maps.Keys(files)) {
				if err := writeNew(filepath.Join(args[0], filepath.FromSlash(name)), files[name]); err != nil {
					return err
				}
			}
			schemas := filepath.Join(args[0], catalog.DataDir, schemasDir)
			if err := writeSchemas(schemas, vocabularies(os.DirFS(args[0]))); err != nil {
				return err
			}
			return n.report(cmd.OutOrStdout(), args[0], g.lang)
		},
	}
	f := cmd.Flags()
	f.StringVar(&n.name, "name", starterName, "省的全称 / full name of the province")
	f.StringVar(&n.code, "code", starterCode, "省的行政区划代码，六位，如 440000 / its code of GB/T 2260, six digits")
	f.StringVar(&n.url, "url", starterURL, "网站将来的网址 / address the site will have")
	mustRegister(cmd, "name", completeWords())
	mustRegister(cmd, "code", completeWords())
	mustRegister(cmd, "url", completeWords())
	return cmd
}

// What the starter calls itself.
const (
	starterName = "示例省"
	starterCode = "990000"
	starterURL  = "https://banshi.example"
)

// newSite is whose site is made.
type newSite struct{ name, code, url string }

// provinceCode is the code of a province in GB/T 2260: two digits for the province, four zeros.
var provinceCode = regexp.MustCompile(`^[1-9][0-9]0000$`)

// libraryCode is the beginning of the line with the code of an item that this library made for Hebei (GB/T 2260: 13). Codes of the
// national catalogue begin with 00 and stay.
var libraryCode = regexp.MustCompile(`(?m)^code = "13`)

func (n *newSite) check() error {
	n.name, n.url = strings.TrimSpace(n.name), strings.TrimSuffix(n.url, "/")
	u, err := url.Parse(n.url)
	switch {
	case (n.name == starterName) != (n.code == starterCode):
		return fmt.Errorf("--name 和 --code 要一起写，如 --name 广东省 --code 440000 / --name and --code go together")
	case n.name == "" || strings.ContainsAny(n.name, "\"\\\n\r\t"):
		return fmt.Errorf("--name 应是省的全称，如 广东省 / --name is the full name of a province")
	case !provinceCode.MatchString(n.code):
		return fmt.Errorf("--code %q 不像省的代码：六位数字，后四位是 0，如 440000 / --code is six digits, the last four 0", n.code)
	case err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || strings.ContainsAny(n.url, "\"\\\n\r\t "):
		return fmt.Errorf("--url %q 不是完整的网址，应像 https://zwfw.example.gov.cn / --url is a full address", n.url)
	}
	return nil
}

// mustTakeSite refuses a folder that has anything but a git repository in it.
func mustTakeSite(dir string) error {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() != ".git" {
			return fmt.Errorf("%s 里已经有 %s；init 只在空文件夹里建站，什么也没有动 / %[1]s is not empty: nothing was written", dir, e.Name())
		}
	}
	return nil
}

// files are the files of the site by path, except the schemas.
func (n *newSite) files() (map[string]string, error) {
	out := editorFiles()
	add := func(files fs.FS, root string, edit func(name, text string) (string, string)) error {
		return fs.WalkDir(files, root, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(files, p)
			name, text := edit(p, string(data))
			out[name] = text
			return err
		})
	}
	as := func(name, text string) (string, string) { return name, text }
	for _, root := range []string{"themes", "content", "data/vocab", "data/profiles", "data/schema.toml", "data/documents"} {
		if err := add(carried.Files, root, as); err != nil {
			return nil, err
		}
	}
	err := add(carried.Files, "data/items", func(name, text string) (string, string) {
		return name, libraryCode.ReplaceAllString(text, `code = "`+n.code[:2])
	})
	if err != nil {
		return nil, err
	}
	if err := add(starter, "starter", n.own); err != nil {
		return nil, err
	}
	err = add(carried.Files, "data/divisions/defaults", func(name, text string) (string, string) {
		return name, withoutItems(text, out)
	})
	if err != nil {
		return nil, err
	}
	return out, addNamed(out)
}

// own puts the new site's words in place of those of the starter.
func (n *newSite) own(name, text string) (string, string) {
	name = strings.TrimPrefix(name, "starter/")
	if name == "gitignore" { // files with a dot would not be embedded
		name = ".gitignore"
	}
	words := strings.NewReplacer(starterName, n.name, starterCode, n.code, starterCode[:2]+"99", n.code[:2]+"99", starterCode[:2]+"01", n.code[:2]+"01",
		starterURL, n.url, `kind = "省"`, `kind = "`+kindOfProvince(n.name)+`"`)
	return words.Replace(name), words.Replace(text)
}

// kindOfProvince is the term of vocab/division-kinds that a name ends in.
func kindOfProvince(name string) string {
	switch {
	case strings.HasSuffix(name, "自治区"):
		return "自治区"
	case strings.HasSuffix(name, "特别行政区"):
		return "特别行政区"
	case strings.HasSuffix(name, "市"):
		return "直辖市"
	}
	return "省"
}

// In the defaults of a level: a body that is there for one item, and an item that a body of departments does not handle.
var (
	orgsOfItem = regexp.MustCompile(`(?m)^handles = \{ items = \["([a-z0-9-]+)"\] \}$`)
	exceptItem = regexp.MustCompile(`, except = \["([a-z0-9-]+)"\]`)
)

// withoutItems leaves out of the defaults of a level what they say of items that the site does not have.
func withoutItems(text string, files map[string]string) string {
	missing := func(item string) bool { return files[path.Join(catalog.DataDir, "items", item, "item.toml")] == "" }
	tables := slices.DeleteFunc(strings.SplitAfter(text, "\n\n"), func(table string) bool {
		of := orgsOfItem.FindStringSubmatch(table)
		return of != nil && missing(of[1])
	})
	text = exceptItem.ReplaceAllStringFunc(strings.Join(tables, ""), func(except string) string {
		if missing(exceptItem.FindStringSubmatch(except)[1]) {
			return ""
		}
		return except
	})
	return strings.TrimRight(text, "\n") + "\n"
}

// libraries are the folders of records that others name by their id.
var libraries = []string{"laws", "materials", "certificates", "intermediaries"}

var quotedID = regexp.MustCompile(`"([a-z0-9-]+)"`)

// addNamed adds the records of the libraries that the files name, and those that these name.
func addNamed(files map[string]string) error {
	for left := slices.Collect(maps.Values(files)); len(left) > 0; left = left[1:] {
		for _, id := range quotedID.FindAllStringSubmatch(left[0], -1) {
			for _, library := range libraries {
				name := path.Join(catalog.DataDir, library, id[1]+".toml")
				data, err := fs.ReadFile(carried.Files, name)
				if err != nil || files[name] != "" {
					continue // an id of something else, or a record that is there
				}
				files[name] = string(data)
				left = append(left, string(data))
			}
		}
	}
	return nil
}

// report says what was made and what comes next.
func (n *newSite) report(w io.Writer, dir, lang string) error {
	for _, s := range []diag.Text{
		{ZH: n.name + "的站点建好了，在 " + dir, EN: "made the site of " + n.name + " in " + dir},
		{ZH: "里面是样例：六件真实的事项，没有核实；一个虚构的示例市，一个示例县", EN: "it holds a sample: six real items, unverified, a fictitious city and a county"},
		{ZH: "先看看：banshi serve --site " + dir + " --open", EN: "look at it: banshi serve --site " + dir + " --open"},
		{ZH: "怎样换成真的，写在 " + filepath.Join(dir, "README.md"), EN: "how it becomes real: " + filepath.Join(dir, "README.md")},
	} {
		if _, err := fmt.Fprintln(w, s.In(lang)); err != nil {
			return err
		}
	}
	return nil
}
