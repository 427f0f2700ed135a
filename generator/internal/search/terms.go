package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"banshi/generator/internal/zh"
)

// piece is a run of Han characters or a word of Latin letters and digits, folded.
type piece struct {
	text string
	han  bool
}

// runes returns the characters of a piece.
func (p piece) runes() []rune { return []rune(p.text) }

// isHan reports whether a rune is a Han character or a radical. The ranges are spelt out because the client has the same ones: an
// engine's own tables differ by its Unicode version. Characters beyond the first plane part words, as punctuation does: no name that
// people type has one, and the client can take a text as its UTF-16 units.
func isHan(r rune) bool {
	return 0x2E80 <= r && r <= 0x2FDF || r == '〇' || 0x3400 <= r && r <= 0x9FFF || 0xF900 <= r && r <= 0xFAFF
}

// isWord reports whether a folded rune is part of a Latin word or number.
func isWord(r rune) bool { return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' }

// pieces folds a text and cuts it where Han characters, words and everything else meet. Apostrophes vanish (xi'an), ü is
// written v, as pinyin is typed.
func pieces(s string) []piece {
	var out []piece
	var run []rune
	kind := 0 // of run: 1 Han, 2 word
	flush := func() {
		if len(run) > 0 {
			out = append(out, piece{string(run), kind == 1})
			run = run[:0]
		}
	}
	for _, r := range s {
		r = fold(r)
		k := 0
		switch {
		case r == '\'' || r == '’':
			continue
		case r == 'ü':
			r, k = 'v', 2
		case isHan(r):
			k = 1
		case isWord(r):
			k = 2
		}
		if k != kind {
			flush()
			kind = k
		}
		if k != 0 {
			run = append(run, r)
		}
	}
	flush()
	return out
}

// neighbours calls f for every two neighbours in the Han runs of a text: the bigrams of its pieces, without making those.
func neighbours(s string, f func(a, b rune)) {
	before := rune(0)
	for _, r := range s {
		switch r = fold(r); {
		case r == '\'' || r == '’':
			continue
		case !isHan(r):
			before = 0
			continue
		case before != 0:
			f(before, r)
		}
		before = r
	}
}

// fold is [zh.FoldRune] within the first plane: a character whose Simplified form lies beyond stays as it is.
func fold(r rune) rune {
	if to := zh.FoldRune(r); to <= 0xFFFF {
		return to
	}
	return r
}

// spaced joins pieces with spaces.
func spaced(ps []piece) string {
	words := make([]string, len(ps))
	for i, p := range ps {
		words[i] = p.text
	}
	return strings.Join(words, " ")
}

// key joins pieces to what is compared as a whole text.
func key(ps []piece) string {
	var b strings.Builder
	for _, p := range ps {
		b.WriteString(p.text)
	}
	return b.String()
}

// grams calls f for what a piece is indexed by: every character and every two neighbours of a Han run, a word as a whole.
func (p piece) grams(f func(string)) {
	if !p.han {
		f(p.text)
		return
	}
	before := ""
	for _, r := range p.text {
		c := string(r)
		f(c)
		if before != "" {
			f(before + c)
		}
		before = c
	}
}

// bigrams returns what a Han run of a query is looked up by: its two-character parts, or the character if it is one.
func (p piece) bigrams() []string {
	rs := p.runes()
	if len(rs) == 1 {
		return []string{p.text}
	}
	out := make([]string, 0, len(rs)-1)
	for i := 1; i < len(rs); i++ {
		out = append(out, string(rs[i-1:i+1]))
	}
	return out
}

// joinWords makes one piece of neighbouring words that are letters only: people type pinyin with spaces (ying ye zhi zhao).
func joinWords(ps []piece) []piece {
	var out []piece
	for _, p := range ps {
		n := len(out)
		if n > 0 && isLetters(p) && isLetters(out[n-1]) {
			out[n-1].text += p.text
			continue
		}
		out = append(out, p)
	}
	return out
}

func isLetters(p piece) bool { return !p.han && !strings.ContainsAny(p.text, "0123456789") }

// isCode reports whether a word may be part of an item's code: six characters or more, a digit among the first two.
func isCode(word string) bool {
	return len(word) >= 6 && strings.ContainsAny(word[:2], "0123456789")
}

func runeLen(s string) int { return utf8.RuneCountInString(s) }

// questionWords are what people put around the thing they look for. They are taken out of queries and aliases alike, unless a name in the head contains the query as it stands; those with a > become the word after it: people say in many
// ways that something is lost or has run out.
var questionWords = longestFirst(
	"需要带什么材料", "需要准备什么材料", "需要提供什么材料", "需要什么材料", "需要哪些材料", "需要什么手续", "需要哪些手续", "需要什么证件", "需要什么条件",
	"要带什么材料", "要准备什么", "要什么手续", "要啥手续", "要什么材料", "要哪些材料", "要啥材料", "要带什么", "需要带啥", "需要什么", "需要哪些", "需要多久",
	"带什么材料", "需要多长时间", "要多长时间", "多长时间", "要多少钱", "需要多少钱", "多少钱", "要多久", "多久能下来", "几天能下来", "几天能办好", "要几天", "多久",
	"在哪里办理", "去哪里办理", "到哪里办理", "在哪里办", "去哪里办", "到哪里办", "在哪办理", "去哪办理", "在哪办", "去哪办", "到哪办", "上哪办", "哪里能办", "哪里办", "哪儿办",
	"在哪里", "去哪里", "到哪里", "在哪儿", "去哪儿", "上哪儿", "哪个部门", "哪个窗口", "归哪管", "归谁管", "找哪个单位", "找谁办", "找谁",
	"应该怎么办理", "应该怎么办", "怎么办理", "怎样办理", "如何办理", "怎么申请", "如何申请", "怎样申请", "咋办理", "咋申请", "怎么弄", "怎么办", "怎样办", "如何办",
	"咋办", "咋弄", "咋整", "怎么", "怎样", "如何", "什么手续", "哪些手续", "啥手续", "什么材料", "哪些材料", "什么条件", "什么流程", "办理流程", "办理条件", "办理材料", "流程", "攻略",
	"可不可以", "能不能", "可以吗", "行不行", "是不是", "有没有", "我想要", "我想", "我要", "想要", "请问", "你好", "您好", "帮我", "给我", "一下", "一家", "一个", "一张", "一本", "了怎么",
	"必须", "应该", "需要", "可以", "什么", "哪些", "为啥", "为什么", "现在", "自己", "吗", "呢", "啊", "呀", "嘛", "啥", "咋",
	"要办什么证", "要什么证", "要啥证", "办啥证", "哪些证", "什么证", "啥证", "了怎么拿", "在哪儿", "在哪", "要办", "想办", "我家",
	"找不着>丢", "找不到>丢", "不见了>丢", "弄丢>丢", "弄没>丢", "丢失>丢", "遗失>丢", "掉了>丢", "丢掉>丢", "过期>到期",
	"我们", "咱们", "俺们", "我", "俺", "咱", "了", "喽", "啦", "的", "吧",
)

func longestFirst(words ...string) []string {
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(runeLen(from(b)), runeLen(from(a))) })
	return words
}

func from(word string) string {
	w, _, _ := strings.Cut(word, ">")
	return w
}

// lone are characters that mean nothing when they are all that is left of a run.
const lone = "在的到去给要想我办里了和与及能是有"

// stripper takes question words out of runs: at each place the first of them in their order that stands there.
type stripper struct {
	words *strings.Replacer
	lone  string
}

func newStripper(questions []string, lone string) stripper {
	var pairs []string
	for _, w := range questions {
		_, to, _ := strings.Cut(w, ">")
		pairs = append(pairs, from(w), to)
	}
	return stripper{strings.NewReplacer(pairs...), lone}
}

// strip takes question words out of pieces, and runs of which a lone character is left that means nothing. Where nothing is left
// the pieces stay as they are.
func (s stripper) strip(ps []piece) []piece {
	var out []piece
	for _, p := range ps {
		if p.han {
			p.text = s.words.Replace(p.text)
			if p.text == "" || runeLen(p.text) == 1 && strings.Contains(s.lone, p.text) {
				continue
			}
		}
		out = append(out, p)
	}
	if len(out) == 0 {
		return ps
	}
	return out
}

// asked is the stripper of our own question words.
var asked = newStripper(questionWords, lone)
