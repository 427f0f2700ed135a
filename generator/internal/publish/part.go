package publish

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"banshi/generator/internal/output"
)

// Part is some of the files of a site, made apart from the others so that several machines can work at once. Every file of the site is in exactly one of
// the parts. The zero value is the whole.
type Part struct {
	Name string   // of this one
	All  []string // the names of all; none is empty or has a space or a comma
}

func (p Part) equal(other Part) bool { return p.Name == other.Name && slices.Equal(p.All, other.All) }

// text is what a manifest says of a part, nothing of the whole.
func (p Part) text() string {
	if p.Name == "" {
		return ""
	}
	return " part " + p.Name + " of " + strings.Join(p.All, ",")
}

// parsePart reads what text writes, without the first space.
func parsePart(text string) (Part, error) {
	rest, ok := strings.CutPrefix(text, "part ")
	name, all, found := strings.Cut(rest, " of ")
	p := Part{name, strings.Split(all, ",")}
	if !ok || !found || !slices.Contains(p.All, name) || p.text() != " "+text {
		return Part{}, fmt.Errorf("part %q", text)
	}
	return p, nil
}

// mayHold refuses a part in a folder that has a whole site or another part: all of it would be removed.
func (d disk) mayHold(part Part, old manifest) error {
	if part.Name == "" || old.part.Name == part.Name || len(old.entries) == 0 {
		return nil
	}
	there := "整个网站 (a whole site)"
	if old.part.Name != "" {
		there = old.part.Name + " 这一部分 (that part)"
	}
	return fmt.Errorf("%s：里面是%s，不能换成 %s；请给每一部分一个文件夹 (give each part a folder of its own)", d.root, there, part.Name)
}

// Merge makes the folder hold the files of all parts of a site, which lie in the given folders. What is in place already stays.
//
// Errors: a folder without a part; parts of different records, settings or programs; a part that is missing or given twice; a file that
// is not as long as its manifest says; and those of [Held.Publish]. With all of them the folder is as it was.
func (h *Held) Merge(dirs []string, o Options) (Result, error) {
	var files []output.File
	var first manifest
	have := map[string]string{}
	for _, dir := range dirs {
		m, err := readPart(dir)
		if err != nil {
			return Result{}, err
		}
		if len(have) == 0 {
			first = m
		}
		if m.version != first.version || m.inputs != first.inputs || !slices.Equal(m.part.All, first.part.All) {
			return Result{}, fmt.Errorf("%s 和 %s 不是从同一批记录、用同一个程序编的 (not made of the same records by the same program)", dir, dirs[0])
		}
		if other := have[m.part.Name]; other != "" {
			return Result{}, fmt.Errorf("%s 和 %s 都是 %s (both are this part)", other, dir, m.part.Name)
		}
		have[m.part.Name] = dir
		for _, e := range m.entries {
			files = append(files, output.File{Path: e.path, Stamp: e.stamp, Write: copyOf(dir, e)})
		}
	}
	var missing []string
	for _, name := range first.part.All {
		if have[name] == "" {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 || len(dirs) == 0 {
		return Result{}, fmt.Errorf("还缺这些部分：%s (parts are missing)", strings.Join(missing, "、"))
	}
	o.Version, o.Inputs, o.Part, o.Compress = first.version, first.inputs, Part{}, false // forms are among the files
	return h.Publish(files, o)
}

// readPart reads the manifest of a folder that holds a part.
func readPart(dir string) (manifest, error) {
	d := disk{root: dir}
	if _, err := d.recoverUnlocked(); err != nil {
		return manifest{}, err
	}
	m, err := d.readManifest()
	if err != nil {
		return m, err
	}
	if m.part.Name == "" {
		return m, fmt.Errorf("%s：不是 build --division 编的一部分 (not a part made by build --division)", dir)
	}
	return m, nil
}

// copyOf returns the Write of a published file.
func copyOf(dir string, e entry) func(io.Writer) error {
	return func(w io.Writer) error {
		f, err := os.Open(filepath.Join(dir, filepath.FromSlash(e.path)))
		if err != nil {
			return err
		}
		n, err := io.Copy(w, f)
		if err == nil && n != e.size {
			err = fmt.Errorf("%s：长 %d，清单上是 %d，编好以后变过 (has %[2]d bytes and %[3]d in the manifest: it was changed)", f.Name(), n, e.size)
		}
		return errors.Join(err, f.Close())
	}
}
