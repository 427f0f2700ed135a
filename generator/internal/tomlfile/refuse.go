package tomlfile

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"banshi/generator/internal/diag"
)

// The largest file a record may be. The longest guide of the national sample
// list is under 20 KB; BurntSushi/toml v1.6.0 needs time quadratic in nesting
// and in the parts of a key, so these limits stand before it.
const (
	maxBytes    = 64 << 10
	maxNesting  = 8
	maxKeyParts = 8
	maxKeyBytes = 512
	maxKeys     = 2000
)

// maxCharacterFaults is how many forbidden characters of one file are shown.
const maxCharacterFaults = 20

// refuse returns why a file must not be parsed, or nil. Dotted reports whether
// a key or header has more than one part. The time is linear in the data.
func refuse(data []byte) (faults []fault, dotted bool) {
	if len(data) > maxBytes {
		return []fault{{
			at: -1, rule: "file-too-large",
			message: diag.Text{
				ZH: fmt.Sprintf("文件有 %d 字节，超过上限 %d 字节（64 KiB）", len(data), maxBytes),
				EN: fmt.Sprintf("the file has %d bytes, more than the limit of %d (64 KiB)", len(data), maxBytes),
			},
			hint: diag.Text{
				ZH: "一个文件只写一条记录；长篇说明请放到 content/ 的文章里",
				EN: "write one record a file; long explanations belong into an article under content/",
			},
		}}, false
	}
	if f, bad := badEncoding(data); bad {
		return []fault{f}, false
	}
	faults = badCharacters(data)
	s := scanner{data: data, keyAt: -1}
	if f, bad := s.scan(); bad {
		faults = append(faults, f)
	}
	return faults, s.dotted
}

func badEncoding(data []byte) (fault, bool) {
	f := fault{rule: "bad-encoding", hint: diag.Text{
		ZH: "用编辑器“另存为”，编码选 UTF-8（无 BOM）",
		EN: `save the file again with encoding UTF-8, without BOM`,
	}}
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		f.message = diag.Text{ZH: "文件开头有字节顺序标记（BOM）", EN: "the file begins with a byte order mark (BOM)"}
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		f.message = diag.Text{ZH: "文件的编码是 UTF-16，不是 UTF-8", EN: "the file is encoded as UTF-16, not UTF-8"}
	case utf8.Valid(data):
		return fault{}, false
	default:
		for f.at < len(data) {
			r, n := utf8.DecodeRune(data[f.at:])
			if r == utf8.RuneError && n == 1 {
				break
			}
			f.at += n
		}
		f.message = diag.Text{
			ZH: fmt.Sprintf("字节 0x%02X 不是 UTF-8，文件可能是 GBK 编码", data[f.at]),
			EN: fmt.Sprintf("byte 0x%02X is not UTF-8; the file may be encoded as GBK", data[f.at]),
		}
	}
	return f, true
}

// badCharacters finds control characters, which TOML forbids, and those that
// change the reading direction (Unicode Bidi_Control), with which a text can
// show something else than it says (CVE-2021-42574).
func badCharacters(data []byte) []fault {
	var faults []fault
	for i := 0; i < len(data) && len(faults) < maxCharacterFaults; i++ {
		bad := false
		switch c := data[i]; {
		case c == '\r':
			bad = i+1 == len(data) || data[i+1] != '\n'
		case c < ' ':
			bad = c != '\t' && c != '\n'
		case c == 0x7f:
			bad = true
		case c == 0xd8: // U+061C is D8 9C
			bad = data[i+1] == 0x9c
		case c == 0xe2: // U+200E–F, 202A–E are E2 80 xx, U+2066–9 are E2 81 xx
			a, b := data[i+1], data[i+2]
			bad = a == 0x80 && (b == 0x8e || b == 0x8f || 0xaa <= b && b <= 0xae) || a == 0x81 && 0xa6 <= b && b <= 0xa9
		}
		if !bad {
			continue
		}
		r, _ := utf8.DecodeRune(data[i:])
		faults = append(faults, fault{
			at: i, rule: "control-character",
			message: diag.Text{
				ZH: fmt.Sprintf("这里有看不见的控制字符 U+%04X", r),
				EN: fmt.Sprintf("there is an invisible control character U+%04X here", r),
			},
			hint: diag.Text{
				ZH: "删掉它；多半是从网页或 Word 复制时带进来的",
				EN: "delete it; it usually comes with text copied from a page or a word processor",
			},
		})
	}
	return faults
}
