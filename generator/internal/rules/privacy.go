package rules

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
)

// privacyRules hold that records, which everybody may download, have nothing of a person and nothing that works against its
// reader.
var privacyRules = []Rule{
	{
		ID: "id-number", Family: "privacy",
		Title:       diag.Text{ZH: "有身份证号码", EN: "an identity card number"},
		Reason:      diag.Text{ZH: "强化个人隐私、商业秘密保护（S3 四(四)；个人信息保护法）。", EN: "Personal data are protected (S3; Personal Information Protection Law)."},
		Explanation: diag.Text{ZH: "删掉。已经提交过的，历史里也有，要报告管理员处理。示例用 110101********001X 的样子。", EN: "Remove it; if it was committed, history has it too: tell the administrator. Mask it in examples."},
		Bad:         `fill_note = "例：11010519491231002X"`, Good: `fill_note = "例：110105********002X"`,
		check: private(findIDNumber, "身份证号码", "identity card number"),
	}, {
		ID: "mobile-number", Family: "privacy",
		Title:       diag.Text{ZH: "有手机号码", EN: "a mobile number"},
		Reason:      diag.Text{ZH: "手机号码是个人信息（个人信息保护法第四条）；人会换岗，办公电话不会。", EN: "A mobile number is personal (Personal Information Protection Law 4); people move, offices do not."},
		Explanation: diag.Text{ZH: "写办公电话或者 12345；公开的服务手机也换成固定电话。", EN: "Use an office number or 12345."},
		Bad:         `phones = [{ kind = "咨询", number = "13900139000" }]`, Good: `phones = [{ kind = "咨询", number = "12345" }]`,
		check: private(findMobile, "手机号码", "mobile number"),
	}, {
		ID: "bank-card", Family: "privacy",
		Title:       diag.Text{ZH: "有银行卡号", EN: "a bank card number"},
		Reason:      diag.Text{ZH: "金融账户是敏感个人信息（个人信息保护法第二十八条）。", EN: "Accounts are sensitive data (Personal Information Protection Law 28)."},
		Explanation: diag.Text{ZH: "删掉。缴费账户写在收费票据上，不写在指南里。", EN: "Remove it."},
		Bad:         `how_paid = "打到 6222020200112233445 这样的卡里"`, Good: `how_paid = "打到社会保障卡"`,
		check: private(findBankCard, "银行卡号", "bank card number"),
	}, {
		ID: "private-mail", Family: "privacy",
		Title:       diag.Text{ZH: "有个人邮箱", EN: "a private mail address"},
		Reason:      diag.Text{ZH: "政务邮件不用商业邮箱；邮箱和密码曾经印在文件里（S0、S2）。", EN: "Offices do not use private mail; documents have printed addresses with passwords (S0, S2)."},
		Explanation: diag.Text{ZH: "写政务邮箱（…@….gov.cn）或者 12345。", EN: "Use an address under gov.cn, or 12345."},
		Bad:         `where = "把表发到 xmyang@163.com"`, Good: `where = "打12345问材料发到哪里"`,
		check: private(findMail, "个人邮箱", "private mail address"),
	}, {
		ID: "invisible", Family: "privacy",
		Title:       diag.Text{ZH: "有看不见的字符", EN: "an invisible character"},
		Reason:      diag.Text{ZH: "零宽字符会让检索、比对和看到的不一样（Unicode TR36）。", EN: "Zero-width characters make text differ from what is seen (Unicode TR36)."},
		Explanation: diag.Text{ZH: "重新输入这一段，不要从网页上复制。", EN: "Type the passage again."},
		Bad:         "name = \"营业\u200b执照\"", Good: `name = "营业执照"`,
		check: private(findInvisible, "看不见的字符", "invisible character"),
	}, {
		ID: "formula", Family: "privacy",
		Title:       diag.Text{ZH: "以 = + - @ 开头的文字", EN: "text that begins like a formula"},
		Reason:      diag.Text{ZH: "导出的表格用 Excel、WPS 打开时，这样的文字会当成公式执行（OWASP CSV 注入）。", EN: "Spreadsheets run such text as a formula (OWASP, CSV injection)."},
		Explanation: diag.Text{ZH: "换个写法，不要以这些符号开头；减号列表改用短横线“—”或者分条写。", EN: "Do not begin with these characters."},
		Bad:         `note = "=HYPERLINK(\"http://x\")"`, Good: `note = "见官网"`,
		check: checkFormula,
	},
}

// private makes the check of all texts for something that may not be there. The finder returns what it found.
func private(find func(string) string, zh, en string) func(*checker) {
	return func(c *checker) {
		c.onFound(find, func(at *place, _, found string) {
			if official(at) {
				return
			}
			w := words{
				zh: fmt.Sprintf("“%s”里有%s（%s）", at.key.Title.ZH, zh, mask(found)), en: fmt.Sprintf("%s has a %s (%s)", at.path[len(at.path)-1], en, mask(found)),
				hint: "删掉它；提交过的，历史里也有，要告诉管理员", hintEN: "remove it; if it was committed, history has it too: tell the administrator",
			}
			if strings.Contains(en, "invisible") {
				w.hint, w.hintEN = "重新输入这一段", "type the passage again"
			}
			c.report(at.file, at.path, w)
		})
	}
}

// official reports whether a text is a number that an office issued: it may look like one of a person.
func official(at *place) bool {
	switch at.path[len(at.path)-1] {
	case "uscc", "code", "type_code", "former_codes", "local_code", "document_number", "commit", "manifest_sha256", "power_list_ref",
		"url", "mobile_url", "official_url":
		return true
	}
	return false
}

// mask hides the middle of what was found: a report must not repeat it.
func mask(s string) string {
	r := []rune(s)
	if len(r) == 1 {
		return fmt.Sprintf("U+%04X", r[0])
	}
	if len(r) < 7 {
		return string(r[:1]) + "…"
	}
	return string(r[:3]) + strings.Repeat("*", len(r)-5) + string(r[len(r)-2:])
}

// runs calls f for every longest run of digits, with X as a last digit, that has n to m characters.
func runs(s string, n, m int, f func(run string) bool) string {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			continue
		}
		j := i
		for j < len(s) && '0' <= s[j] && s[j] <= '9' {
			j++
		}
		if j < len(s) && (s[j] == 'X' || s[j] == 'x') && j-i == 17 {
			j++
		}
		if j-i >= n && j-i <= m && f(s[i:j]) {
			return s[i:j]
		}
		i = j
	}
	return ""
}

// idWeights are the weights of the first 17 digits of an identity number (GB 11643-1999).
var idWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

func findIDNumber(s string) string {
	return runs(s, 18, 18, func(run string) bool {
		sum := 0
		for i, w := range idWeights {
			if run[i] < '0' || run[i] > '9' {
				return false
			}
			sum += int(run[i]-'0') * w
		}
		if "10X98765432"[sum%11] != run[17]&^0x20 && "10X98765432"[sum%11] != run[17] {
			return false
		}
		day, err := record.ParseDate(run[6:10] + "-" + run[10:12] + "-" + run[12:14])
		return err == nil && day > 19000101 && day < 21000101 && run[0] != '0'
	})
}

func findMobile(s string) string {
	return runs(s, 11, 11, func(run string) bool { return run[0] == '1' && run[1] >= '3' })
}

// findBankCard finds numbers that check (Luhn, ISO/IEC 7812) and begin as cards issued in China do.
func findBankCard(s string) string {
	return runs(s, 16, 19, func(run string) bool {
		if !strings.HasPrefix(run, "62") && !strings.HasPrefix(run, "4") && !strings.HasPrefix(run, "5") && !strings.HasPrefix(run, "3") {
			return false
		}
		sum := 0
		for i := range len(run) {
			d := int(run[len(run)-1-i] - '0')
			if i%2 == 1 {
				if d *= 2; d > 9 {
					d -= 9
				}
			}
			sum += d
		}
		return sum%10 == 0 && findIDNumber(run) == ""
	})
}

var privateMail = regexp.MustCompile(`(?i)[a-z0-9._+-]+@(qq|163|126|139|189|sina|sohu|foxmail|gmail|hotmail|outlook|yeah|aliyun)\.(com|net|cn)(\.cn)?`)

func findMail(s string) string {
	if !strings.Contains(s, "@") {
		return ""
	}
	return privateMail.FindString(s)
}

func findInvisible(s string) string {
	if isASCII(s) {
		return ""
	}
	for _, r := range s {
		switch r {
		case 0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0xFEFF, 0x180E, utf8.RuneError:
			return string(r)
		}
	}
	return ""
}

func checkFormula(c *checker) {
	find := func(s string) string {
		if strings.ContainsRune("=+-@", rune(s[0])) && !isNumeric(s) {
			return s
		}
		return ""
	}
	c.onFound(find, func(at *place, s, _ string) {
		if at.key.Markdown {
			return
		}
		c.report(at.file, at.path, words{
			zh: fmt.Sprintf("“%s”以“%c”开头，在表格里会当成公式", at.key.Title.ZH, s[0]), en: fmt.Sprintf("%s begins with %c and would be a formula in a spreadsheet", at.path[len(at.path)-1], s[0]),
			hint: "换个写法，不要以 = + - @ 开头", hintEN: "do not begin with = + - @",
		})
	})
}

// isNumeric reports whether s is a signed number, which no spreadsheet runs.
func isNumeric(s string) bool {
	return isNumber(strings.Replace(strings.TrimLeft(s, "+-"), ".", "", 1))
}
