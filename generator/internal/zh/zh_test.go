package zh

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSimplify(t *testing.T) {
	for in, want := range map[string]string{
		"營業執照":       "营业执照",
		"食品經營許可證":    "食品经营许可证",
		"住房公積金提取":    "住房公积金提取",
		"老年人優待證補辦":   "老年人优待证补办",
		"瞭解辦理進度":     "了解办理进度",
		"⼯伤认定":       "工伤认定", // a Kangxi radical out of a PDF
		"居住\uf9d1登记": "居住六登记",
		"食品经营许可":     "食品经营许可",
		"":           "",
	} {
		if got := Simplify(in); got != want {
			t.Errorf("Simplify(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"ＥＴＣ辦理（１２３４５）": "etc办理(12345)",
		"Ａ级　旅游景区":      "a级 旅游景区",
		"130131Ａ01":    "130131a01",
		"食品经营许可":       "食品经营许可",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
	for _, same := range []string{"食品经营许可", "etc 12345"} {
		if n := testing.AllocsPerRun(10, func() { Fold(same) }); n != 0 {
			t.Errorf("Fold(%q) allocates %v times though nothing changes", same, n)
		}
	}
}

func TestTraditionalTable(t *testing.T) {
	if len(traditional) < 4000 {
		t.Fatalf("only %d pairs", len(traditional))
	}
	for from, to := range traditional {
		if from < firstTraditional {
			t.Errorf("%c (%U) is below firstTraditional", from, from)
		}
		if again, ok := traditional[to]; ok {
			t.Errorf("%c → %c → %c: the table is not idempotent", from, to, again)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"營業執照", "ＡＢｃ１２", "İstanbul", "食品\xff许可", "e\u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Fold(s)
		if Fold(got) != got {
			t.Errorf("Fold(%q) = %q is not folded", s, got)
		}
		if utf8.RuneCountInString(got) != utf8.RuneCountInString(s) {
			t.Errorf("Fold(%q) = %q: runes went lost", s, got)
		}
		for _, syllable := range Pinyin(s) {
			if syllable == "" {
				t.Errorf("Pinyin(%q) has an empty syllable", s)
			}
		}
		if FuzzyPinyin(FuzzyPinyin(s)) == "" && FuzzyPinyin(s) != "" {
			t.Errorf("FuzzyPinyin(%q) vanishes", s)
		}
	})
}

func TestPinyin(t *testing.T) {
	for in, want := range map[string]string{
		"食品经营许可":        "shi pin jing ying xu ke",
		"營業執照":          "ying ye zhi zhao",
		"重庆":            "chong qing",
		"重新申请":          "chong xin shen qing",
		"重大事项":          "zhong da shi xiang",
		"起重设备":          "qi zhong she bei",
		"长期护理保险":        "chang qi hu li bao xian",
		"全市长期护理保险":      "quan shi chang qi hu li bao xian",
		"校长任职资格":        "xiao zhang ren zhi zi ge",
		"生长":            "sheng zhang",
		"长安区":           "chang an qu",
		"乐亭县":           "lao ting xian",
		"新乐市":           "xin le shi",
		"蔚县":            "yu xian",
		"井陉县":           "jing xing xian",
		"行唐县":           "xing tang xian",
		"任丘市":           "ren qiu shi",
		"任县":            "ren xian",
		"朝阳":            "chao yang",
		"单县":            "shan xian",
		"单位参保登记":        "dan wei can bao deng ji",
		"个人参保":          "ge ren can bao",
		"大城县":           "dai cheng xian",
		"大名县":           "da ming xian",
		"扩大城市绿地":        "kuo da cheng shi lv di",
		"阜城县":           "fu cheng xian",
		"深州市":           "shen zhou shi",
		"泊头市":           "bo tou shi",
		"信都区":           "xin du qu",
		"农村商业银行":        "nong cun shang ye yin hang",
		"工商行政管理":        "gong shang xing zheng guan li",
		"特种行业许可":        "te zhong hang ye xu ke",
		"执行业务":          "zhi xing ye wu",
		"部分行政许可":        "bu fen xing zheng xu ke",
		"会计从业":          "kuai ji cong ye",
		"社会计划":          "she hui ji hua",
		"行政给付":          "xing zheng ji fu",
		"动物检疫畜牧兽医":      "dong wu jian yi xu mu shou yi",
		"ETC办理、12345热线": "etc ban li 12345 re xian",
		"Ａ级旅游景区":        "a ji lv you jing qu",
		"（省级）":          "sheng ji",
		"":              "",
	} {
		if got := strings.Join(Pinyin(in), " "); got != want {
			t.Errorf("Pinyin(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestReadings holds that every syllable is plain letters: a typing slip would
// otherwise sit in the index unseen.
func TestReadings(t *testing.T) {
	for _, list := range readings {
		for i, p := range list {
			if i > 0 && len(p.runes) > len(list[i-1].runes) {
				t.Errorf("%s stands after a shorter phrase", string(p.runes))
			}
			for _, syllable := range p.syllables {
				if strings.Trim(syllable, "abcdefghijklmnopqrstuvwxyz") != "" {
					t.Errorf("%s: %q", string(p.runes), syllable)
				}
			}
		}
	}
}

// TestWithoutTone holds that no reading of go-pinyin keeps a mark.
func TestWithoutTone(t *testing.T) {
	for r := rune(0x3400); r <= 0x9FFF; r++ {
		got := reading(r)
		if got == string(r) {
			continue // no reading known
		}
		if strings.Trim(got, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("%c: %q", r, got)
		}
	}
}

func TestInitials(t *testing.T) {
	for in, want := range map[string]string{
		"食品经营许可":  "spjyxk",
		"ETC办理":   "etcbl",
		"12345热线": "12345rx",
		"乐亭县":     "ltx",
		"重庆":      "cq",
		"":        "",
	} {
		if got := Initials(in); got != want {
			t.Errorf("Initials(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFuzzyPinyin(t *testing.T) {
	for _, pair := range [][2]string{
		{"shipinjingying", "sipinjinyin"},
		{"yingyezhizhao", "yinyezizao"},
		{"Shi Pin", "sipin"},
		{"dang'an", "dan'gan"},
		{"lüyou", "lvyou"},
		{"chengzhen", "cenzen"},
		{"ＳＨＩ", "si"},
	} {
		if a, b := FuzzyPinyin(pair[0]), FuzzyPinyin(pair[1]); a != b {
			t.Errorf("FuzzyPinyin: %q gives %q, %q gives %q", pair[0], a, pair[1], b)
		}
	}
	for _, pair := range [][2]string{{"nan", "lan"}, {"gong", "gon"}, {"shi", "xi"}} {
		if a, b := FuzzyPinyin(pair[0]), FuzzyPinyin(pair[1]); a == b {
			t.Errorf("FuzzyPinyin(%q) = FuzzyPinyin(%q) = %q", pair[0], pair[1], a)
		}
	}
}

func TestFirstLetter(t *testing.T) {
	for in, want := range map[string]string{
		"食品经营许可": "S", "《居住证》申领": "J", "乐亭县": "L", "蔚县": "Y", "长期": "C",
		"ＥＴＣ办理": "E", "12345热线": "#", "": "#", "、": "#", "營業執照": "Y",
	} {
		if got := FirstLetter(in); got != want {
			t.Errorf("FirstLetter(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCompare(t *testing.T) {
	want := []string{
		"12345热线", "安平县", "ETC办理", "藁城区", "乐亭县", "食品经营许可", "食品生产许可", "蔚县",
		"张北县", "张家口市", "重大事项",
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, Compare)
	if !slices.Equal(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
	for _, a := range want {
		for _, b := range want {
			if Compare(a, b) != -Compare(b, a) || (Compare(a, b) == 0) != (a == b) || Less(a, b) != (Compare(a, b) < 0) {
				t.Errorf("Compare(%q, %q) is no order", a, b)
			}
		}
	}
	if Compare("營業", "营业") == 0 || Compare("ETC", "etc") == 0 {
		t.Error("texts that fold alike compare equal: the order would depend on the input's")
	}
	// One character's names stand together though another is read alike.
	if Less("石门", "食品") != Less("石岗", "食品") {
		t.Error("names beginning with 石 are parted")
	}
}

func TestNumeral(t *testing.T) {
	for in, want := range map[int]string{
		1: "一", 9: "九", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 99: "九十九", 0: "0", 100: "100", -1: "-1",
	} {
		if got := Numeral(in); got != want {
			t.Errorf("Numeral(%d) = %q, want %q", in, got, want)
		}
	}
	seen := map[string]bool{}
	for n := 1; n <= 99; n++ {
		seen[Numeral(n)] = true
	}
	if len(seen) != 99 {
		t.Errorf("%d numerals for 99 numbers", len(seen))
	}
}

func TestDate(t *testing.T) {
	if got := Date(2026, 1, 2); got != "2026年1月2日" {
		t.Errorf("Date = %q", got)
	}
}

func BenchmarkPinyin(b *testing.B) {
	for b.Loop() {
		Pinyin("食品经营许可变更（长期）")
	}
}

func BenchmarkFold(b *testing.B) {
	for b.Loop() {
		Fold("食品經營許可變更（長期）ＥＴＣ")
	}
}

func TestParseNumeral(t *testing.T) {
	for in, want := range map[string]int{
		"三十五": 35, "十": 10, "十二": 12, "二十": 20, "一百零二": 102, "一百一十": 110, "一千零四十六": 1046, "一千一百零五": 1105, "一百二十八": 128,
		"35": 35, "３５": 35, "二〇二四": 2024, "两": 2, "〇": 0, "七": 7, "一万二千": 12000, "九万九千九百九十九": 99999, "100": 100, "102": 102, "1046": 1046,
	} {
		if got, ok := ParseNumeral(in); !ok || got != want {
			t.Errorf("ParseNumeral(%q) = %d %t, want %d", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "三十五条", "abc", "十万", "9999999999999999999999", "第三"} {
		if got, ok := ParseNumeral(in); ok {
			t.Errorf("ParseNumeral(%q) = %d", in, got)
		}
	}
	for n := 1; n < 100; n++ {
		if got, ok := ParseNumeral(Numeral(n)); !ok || got != n {
			t.Errorf("ParseNumeral(%q) = %d", Numeral(n), got)
		}
	}
}
