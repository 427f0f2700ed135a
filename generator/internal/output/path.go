package output

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxShown bounds the collisions that one error tells: a wrong route collides for every page.
const maxShown = 20

// CheckPath returns an error unless p is a path that can be published: relative, slash-separated, valid UTF-8, without
// backslash, control characters, empty segments, "." and "..".
func CheckPath(p string) error {
	if p == "" {
		return errors.New("路径为空 (empty path)")
	}
	if p[0] == '/' {
		return fmt.Errorf("%q：路径不能以 / 开头 (path is absolute)", p)
	}
	ascii := true
	for i := 0; i < len(p); i++ {
		switch c := p[i]; {
		case c == '\\':
			return fmt.Errorf("%q：路径用 /，不用 \\ (backslash in path)", p)
		case c < ' ' || c == 0x7f:
			return fmt.Errorf("%q：路径里有控制字符 (control character in path)", p)
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	if !ascii {
		if !utf8.ValidString(p) {
			return fmt.Errorf("%q：路径不是 UTF-8 (path is not UTF-8)", p)
		}
		// Cc beyond ASCII, and Cf: zero-width and bidi characters that make two paths look alike.
		if strings.ContainsFunc(p, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf) }) {
			return fmt.Errorf("%q：路径里有控制字符 (control character in path)", p)
		}
	}
	return checkSegments(p)
}

// checkSegments refuses empty segments, "." and "..".
func checkSegments(p string) error {
	for rest, more := p, true; more; {
		var seg string
		seg, rest, more = strings.Cut(rest, "/")
		switch seg {
		case "":
			return fmt.Errorf("%q：路径里有空的一段 (empty segment in path)", p)
		case ".", "..":
			return fmt.Errorf("%q：路径里有 %s (dot segment in path)", p, seg)
		}
	}
	return nil
}

// Collisions returns nil when all the files can stand side by side in one folder, on any file system: every path passes
// [CheckPath], no two paths are equal, also not after case folding and Unicode normalization (NFC), and none is also a folder
// of another. The error names both paths of each of the first collisions, in the order of the paths.
func Collisions(files []File) error {
	type name struct{ key, path string } // the path folded, and as it is
	names := make([]name, len(files))
	for i, f := range files {
		names[i] = name{foldPath(f.Path), f.Path}
	}
	slices.SortFunc(names, func(a, b name) int { return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(a.path, b.path)) })
	find := func(key string) (int, bool) {
		return slices.BinarySearchFunc(names, key, func(n name, key string) int { return strings.Compare(n.key, key) })
	}
	var errs []error
	before := "" // the folder of the path before, whose parents were looked up already
	for i, n := range names {
		if err := CheckPath(n.path); err != nil {
			errs = append(errs, err)
		}
		if i > 0 && names[i-1].key == n.key {
			first, _ := find(n.key)
			errs = append(errs, fmt.Errorf("两个文件用同一路径：%s 与 %s (two files share one path: %[1]s and %[2]s)", names[first].path, n.path))
			continue
		}
		cut := strings.LastIndexByte(n.key, '/')
		if cut < 0 || n.key[:cut] == before {
			continue
		}
		before = n.key[:cut]
		for ; cut > 0; cut = strings.LastIndexByte(n.key[:cut], '/') {
			if other, ok := find(n.key[:cut]); ok {
				errs = append(errs, fmt.Errorf("%s 是文件，又是 %s 的文件夹 (%[1]s is a file and also a folder of %[2]s)", names[other].path, n.path))
			}
		}
	}
	if n := len(errs); n > maxShown {
		errs = append(errs[:maxShown], fmt.Errorf("还有 %d 处 (and %[1]d more)", n-maxShown))
	}
	return errors.Join(errs...)
}

// foldPath maps all paths that a file system might take for one another to one key: APFS and NTFS ignore case, APFS also the
// normal form. Lower-case ASCII, the common path by far, is returned as it is.
func foldPath(p string) string {
	plain := true
	for i := 0; i < len(p); i++ {
		if c := p[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return p
	}
	return norm.NFC.String(strings.Map(foldRune, norm.NFC.String(p)))
}

// foldRune returns one representative of all runes that differ in case only: the lower-case one for ASCII, and the least of
// the orbit of [unicode.SimpleFold] elsewhere (K, k and the Kelvin sign all give k).
func foldRune(r rune) rune {
	least := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		least = min(least, f)
	}
	if 'A' <= least && least <= 'Z' {
		least += 'a' - 'A'
	}
	return least
}
