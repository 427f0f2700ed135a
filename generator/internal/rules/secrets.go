package rules

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"banshi/generator/internal/diag"
)

// secretRules hold that records give away no key to anything, and that what hangs on them can be opened safely.
var secretRules = []Rule{
	{
		ID: "password", Family: "privacy",
		Title:       diag.Text{ZH: "有密码", EN: "a password"},
		Reason:      diag.Text{ZH: "邮箱和密码曾经印在公开的工作方案里（S0、S2）；个人信息和系统安全要保护（S3 四(四)；网络安全法第二十一条）。", EN: "Plans have been published with mailboxes and their passwords (S0, S2); systems are protected (S3; Cybersecurity Law 21)."},
		Explanation: diag.Text{ZH: "删掉，马上改掉那个密码。提交过的，历史里也有，改密码才算完。", EN: "Remove it and change that password at once: history has it too."},
		Bad:         `note = "报送邮箱密码：Hb20190111"`, Good: `note = "报送邮箱问省审改办"`,
		check: secret(findPassword, "密码", "password"),
	}, {
		ID: "token", Family: "privacy",
		Title:       diag.Text{ZH: "有密钥或令牌", EN: "a key or token"},
		Reason:      diag.Text{ZH: "网址和文字里的令牌等于钥匙，拿到就能以别人的身份进去（网络安全法第二十一条；OWASP）。", EN: "A token in a text or an address is a key to somebody's account (Cybersecurity Law 21, OWASP)."},
		Explanation: diag.Text{ZH: "删掉，到发它的系统里作废。网址只留到页面，问号后面的登录参数去掉。", EN: "Remove it and revoke it where it was issued; of an address keep what leads to the page."},
		Bad:         `url = "https://zwfw.example.gov.cn/item?access_token=9f86d081884c7d659a2feaa0c55ad015"`, Good: `url = "https://zwfw.example.gov.cn/item"`,
		check: secret(findToken, "密钥或令牌", "key or token"),
	}, {
		ID: "attachment", Family: "privacy",
		Title:       diag.Text{ZH: "表格不能放心打开", EN: "a form that cannot be opened safely"},
		Reason:      diag.Text{ZH: "群众点开的表格不能是程序、压缩包，也不能带宏（网络安全法第二十一条；OWASP 文件上传）；要是公开的网址，人人打得开。", EN: "A form people open is no program, no archive and has no macros (Cybersecurity Law 21, OWASP)."},
		Explanation: diag.Text{ZH: "写官方网站上这份表的网址，以 https:// 开头，类型是 " + strings.Join(formTypes, "、") + "。本站不发布附件。", EN: "Write the https address of the form on an official site, of one of the types " + strings.Join(formTypes, ", ") + ". This site publishes no attachments."},
		Bad:         `blank_form = "申请表.exe"`, Good: `blank_form = "https://zwfw.example.gov.cn/forms/apply.pdf"`,
		check: checkAttachments,
	}, {
		ID: "stray-file", Family: "privacy", Severity: diag.Warning,
		Title:       diag.Text{ZH: "data/ 里有不是记录的文件", EN: "a file in data/ that is no record"},
		Reason:      diag.Text{ZH: "仓库人人能看：顺手放进去的扫描件、花名册会带出个人信息（个人信息保护法第五十一条）。", EN: "Everybody can read the repository: scans and lists left in it give away personal data (Personal Information Protection Law 51)."},
		Explanation: diag.Text{ZH: "删掉它；提交过的，历史里也有，要告诉管理员。文章放到 content/，表格写网址。", EN: "Remove it; if it was committed tell the administrator. Articles go to content/, forms are addresses."},
		Bad:         "# data/items/food-business/申请人身份证.jpg", Good: "# data/items/food-business/01.toml",
		check: checkStrays,
	},
}

// secret makes the check of all texts, addresses too, for what opens something.
func secret(find func(string) string, zh, en string) func(*checker) {
	return func(c *checker) {
		c.onFound(find, func(at *place, _, found string) {
			c.report(at.file, at.path, words{
				zh: fmt.Sprintf("“%s”里有%s（%s）", at.key.Title.ZH, zh, mask(found)), en: fmt.Sprintf("%s has a %s (%s)", at.path[len(at.path)-1], en, mask(found)),
				hint: "删掉它，并且马上改掉、作废；提交过的，历史里也有", hintEN: "remove it and revoke it at once; if it was committed, history has it too",
			})
		})
	}
}

// A password is what stands after the word and a sign or 是, 为; Latin only, so that 密码是身份证后六位 tells nothing.
var passwordForm = regexp.MustCompile(`(?i)(?:密码|口令|password|passwd|pwd)\s*(?:是|为|[:：=＝])\s*["“]?([A-Za-z0-9@#$%^&*!._+-]{4,})`)

var passwordWords = phrasesOf("密码", "口令")

func findPassword(s string) string {
	if passwordWords.in(s) < 0 && !strings.ContainsAny(s, "wW") {
		return "" // without one of the words the form cannot match; the Latin ones have a w
	}
	if m := passwordForm.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return ""
}

// tokenForms are keys as the services that issue them make them, and parameters that log somebody in.
var tokenForms = regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY-----|\b(?:AKIA[0-9A-Z]{16}|LTAI[A-Za-z0-9]{12,24}|AKID[A-Za-z0-9]{13,40}|gh[pousr]_[A-Za-z0-9]{30,}|glpat-[A-Za-z0-9_-]{20,}|sk-[A-Za-z0-9_-]{20,}|eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*)|(?i:[?&;](?:access_?token|token|ticket|session_?id|sid|jsessionid|api_?key|app_?secret|sign)=[A-Za-z0-9._%-]{8,})|(?i:(?:access_?token|api_?key|app_?key|app_?secret|secret_?key|密钥|令牌)\s*[:：=＝是为]\s*["“]?[A-Za-z0-9_./+-]{12,})|://[^/@\s:]+:[^/@\s]+@`)

func findToken(s string) string {
	if !longRun(s) {
		return ""
	}
	return tokenForms.FindString(s)
}

// longRun reports whether a text has eight ASCII characters in a row, as every key and every address has.
func longRun(s string) bool {
	n := 0
	for i := range len(s) {
		if n++; s[i] >= utf8.RuneSelf {
			n = 0
		}
		if n == 8 {
			return true
		}
	}
	return false
}

// formTypes are the types of files that a form may have: documents and pictures that run nothing.
var formTypes = []string{"pdf", "ofd", "docx", "xlsx", "doc", "xls", "wps", "et", "jpg", "jpeg", "png"}

func checkAttachments(c *checker) {
	forms := func(k *field) bool {
		return keyed("blank_form", "sample_form")(k) || keyed("sample")(k) && k.key.Type == "text"
	}
	c.onText(forms, func(at *place, s string) {
		address, _, _ := strings.Cut(s, "?")
		address, _, _ = strings.Cut(address, "#")
		kind := strings.ToLower(strings.TrimPrefix(path.Ext(address), "."))
		w := words{hint: "写官方网站上这份表的网址，例如 https://…/表.pdf；本站不发布附件", hintEN: "write the https address of the form on an official site; this site publishes no attachments"}
		switch {
		case !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "http://"):
			w.zh, w.en = fmt.Sprintf("“%s”不是网址：%s", at.key.Title.ZH, s), fmt.Sprintf("%s is not a web address: %s", at.path[len(at.path)-1], s)
		case !slices.Contains(formTypes, kind):
			w.zh, w.en = fmt.Sprintf("“%s”的类型 .%s 不能放心打开", at.key.Title.ZH, kind), fmt.Sprintf("files of the type .%s are not safe to open", kind)
			w.hint, w.hintEN = "换成 "+strings.Join(formTypes, "、"), "use one of "+strings.Join(formTypes, ", ")
		default:
			return
		}
		c.report(at.file, at.path, w)
	})
}

// largeStray is the size in bytes from which a stray file is called large: no text is.
const largeStray = 1 << 20

func checkStrays(c *checker) {
	for _, s := range c.Source.Strays {
		w := words{
			zh: fmt.Sprintf("%s 不是记录，不该放在 data/ 里", path.Base(s.Path)), en: path.Base(s.Path) + " is no record and has no place in data/",
			hint: "删掉它；里面有个人信息又提交过的，要告诉管理员", hintEN: "remove it; if it holds personal data and was committed tell the administrator",
		}
		if s.Size > largeStray {
			w.zh += fmt.Sprintf("（%d MiB）", s.Size>>20)
			w.en += fmt.Sprintf(" (%d MiB)", s.Size>>20)
		}
		c.reportAt(diag.Position{File: s.Path, Line: 1, Column: 1}, w)
	}
}
