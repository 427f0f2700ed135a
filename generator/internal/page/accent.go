package page

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/output"
)

// accents are the tokens that theme.toml may set, for light ([accent]) and dark ([accent_dark]).
var accents = []string{"accent", "accent-2", "on-accent", "tint"}

// grounds are the tokens of the style sheet that an accent is read on, light and dark.
var grounds = [2][]string{{"#faf9f6", "#ffffff"}, {"#161513", "#1e1d1a"}}

// minContrast is that of WCAG 2.2 AA for text (1.4.3).
const minContrast = 4.5

// css returns the rules that set the accent tokens, or an error where a colour is none or is too pale on its ground.
func (s *settings) css() (string, error) {
	var out strings.Builder
	for i, colours := range []map[string]string{s.Accent, s.Dark} {
		if len(colours) == 0 {
			continue
		}
		var rules []string
		for _, name := range accents {
			if c := colours[name]; c != "" {
				if _, err := luminance(c); err != nil {
					return "", err
				}
				rules = append(rules, "--"+name+":"+c)
			}
		}
		if c := colours["accent"]; c != "" {
			on := grounds[i]
			if t := colours["tint"]; t != "" {
				on = append(slices.Clone(on), t)
			}
			for _, ground := range on {
				if r := contrast(c, ground); r < minContrast {
					return "", fmt.Errorf("强调色 %s 在 %s 上对比度 %.1f，看不清，至少要 %.1f (contrast of the accent %[1]s on %[2]s is %.1[3]f, at least %.1[4]f is needed)", c, ground, r, minContrast)
				}
			}
		}
		rule := ":root{" + strings.Join(rules, ";") + "}"
		ground := "@media screen{" // paper has no colour
		if i == 1 {
			ground = "@media screen and (prefers-color-scheme:dark){"
		}
		out.WriteString("\n" + ground + rule + "}")
	}
	return out.String(), nil
}

// luminance returns the relative luminance of #rrggbb as WCAG defines it.
func luminance(colour string) (float64, error) {
	n, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 32)
	if err != nil || len(colour) != 7 || colour[0] != '#' {
		return 0, fmt.Errorf("颜色应写成 #0e584a 的样子：%q (a colour is written as #0e584a)", colour)
	}
	l := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		c := float64(n>>(16-8*i)&0xff) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		l += weight * c
	}
	return l, nil
}

// contrast returns the contrast of two colours, 1 to 21; both were checked before.
func contrast(a, b string) float64 {
	x, _ := luminance(a)
	y, _ := luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// fileOf is an asset as a file.
func fileOf(a *asset) output.File {
	var h output.Hasher
	h.Bytes(a.data)
	data := a.data
	return output.File{Path: a.path, Stamp: h.Sum(), Write: func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}}
}
