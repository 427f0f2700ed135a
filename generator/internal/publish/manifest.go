package publish

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/output"
)

// manifestHead opens a manifest; the program version in quotes, the stamp of everything the files were made from if it is known, of a
// part its name and those of all parts, and one line a file follow, sorted by path:
//
//	banshi-manifest 1 "v1.2.0" 0c4fd25e0a2c0b3a6b4bb1b0e2a1f1d7 part 130700 of 130000,130100,130700
//	94003976862d7e74e873e45960aba83a 18211 130731/food-business-01.html
const manifestHead = "banshi-manifest 1 "

// manifest is what the last publish left in the folder.
type manifest struct {
	version string // of the program
	inputs  output.Stamp
	part    Part
	entries []entry // strictly ascending by path
	missing bool    // there was none: not the same as one that lists nothing
}

// entry is one published file.
type entry struct {
	path  string
	size  int64
	stamp output.Stamp
}

func (m manifest) equal(other manifest) bool {
	return m.missing == other.missing && m.version == other.version && m.inputs == other.inputs && m.part.equal(other.part) && slices.Equal(m.entries, other.entries)
}

// readManifest returns a missing manifest, without entries, when there is none. One that cannot be read is an error: taken for empty, the files
// it lists would stay online for ever.
func (d disk) readManifest() (manifest, error) {
	data, err := d.readFile(manifestName)
	if err != nil || data == nil {
		return manifest{missing: true}, err
	}
	m, err := parseManifest(string(data))
	if err != nil {
		return manifest{}, fmt.Errorf("%s：%w\n    读不懂这份清单；清空 %s 后重新生成 (the manifest cannot be read; empty the folder and build again)",
			d.shown(manifestName), err, d.root)
	}
	return m, nil
}

// readManifestHead returns the manifest without its entries: its first line says whether they are worth reading.
func (d disk) readManifestHead() (manifest, error) {
	line, err := d.readLine(manifestName)
	if err != nil || line == "" {
		return manifest{missing: true}, err
	}
	return parseHead(strings.TrimSuffix(line, "\n"))
}

func parseHead(head string) (m manifest, err error) {
	quoted, ok := strings.CutPrefix(head, manifestHead)
	if !ok {
		return m, fmt.Errorf("1: want %q, have %q", manifestHead, head)
	}
	if m.version, m.inputs, m.part, err = parseMade(quoted); err != nil {
		return manifest{}, fmt.Errorf("1: %s: %w", quoted, err)
	}
	return m, nil
}

func parseManifest(text string) (manifest, error) {
	head, rest, _ := strings.Cut(text, "\n")
	m, err := parseHead(head)
	if err != nil {
		return m, err
	}
	if rest != "" && rest[len(rest)-1] != '\n' {
		return manifest{}, fmt.Errorf("the last line is cut off")
	}
	m.entries = make([]entry, 0, strings.Count(rest, "\n"))
	last := ""
	for rest != "" {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		e, err := parseEntry(line)
		if err == nil && e.path <= last {
			err = fmt.Errorf("%q is not after %q", e.path, last)
		}
		if err != nil {
			return manifest{}, fmt.Errorf("%d: %w", len(m.entries)+2, err)
		}
		m.entries, last = append(m.entries, e), e.path
	}
	return m, nil
}

// parseMade reads what the files were made with and which they are: the version, and perhaps the stamp of the inputs and the part.
func parseMade(text string) (version string, inputs output.Stamp, part Part, err error) {
	quoted, err := strconv.QuotedPrefix(text)
	if err != nil {
		return "", inputs, part, err
	}
	if version, err = strconv.Unquote(quoted); err != nil || len(quoted) == len(text) {
		return version, inputs, part, err
	}
	rest, ok := strings.CutPrefix(text[len(quoted):], " ")
	if !ok {
		return "", inputs, part, fmt.Errorf("no space after the version")
	}
	stamp, rest, more := strings.Cut(rest, " ")
	if inputs, err = output.ParseStamp(stamp); err == nil && more {
		part, err = parsePart(rest)
	}
	return version, inputs, part, err
}

func parseEntry(line string) (entry, error) {
	stamp, rest, _ := strings.Cut(line, " ")
	size, path, _ := strings.Cut(rest, " ")
	var e entry
	var err error
	if e.stamp, err = output.ParseStamp(stamp); err != nil {
		return e, err
	}
	if e.size, err = strconv.ParseInt(size, 10, 64); err != nil || e.size < 0 {
		return e, fmt.Errorf("size %q", size)
	}
	e.path = path
	return e, checkPath(path)
}

// text returns what parseManifest reads.
func (m manifest) text() []byte {
	var b bytes.Buffer
	b.Grow(96 * len(m.entries))
	b.WriteString(manifestHead + strconv.Quote(m.version))
	if m.inputs != (output.Stamp{}) {
		b.WriteString(" " + m.inputs.String() + m.part.text())
	}
	b.WriteByte('\n')
	line := make([]byte, 0, 256)
	for _, e := range m.entries {
		line = append(line[:0], e.stamp.String()...)
		line = append(line, ' ')
		line = strconv.AppendInt(line, e.size, 10)
		line = append(line, ' ')
		line = append(line, e.path...)
		b.Write(append(line, '\n'))
	}
	return b.Bytes()
}

// paths is what the manifest lists, itself included.
func (m manifest) paths() map[string]bool {
	out := map[string]bool{manifestName: true}
	for _, e := range m.entries {
		out[e.path] = true
	}
	return out
}
