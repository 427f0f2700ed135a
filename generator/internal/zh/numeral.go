package zh

import (
	"fmt"
	"strconv"
	"strings"
)

// Numeral returns n, 1 to 99, in Chinese numerals, as sections are numbered:
// 一, 十, 十一, 二十, 九十九. Any other number stays in Arabic digits.
func Numeral(n int) string {
	if n < 1 || n > 99 {
		return strconv.Itoa(n)
	}
	digits := [10]string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	tens, ones := n/10, digits[n%10]
	switch tens {
	case 0:
		return ones
	case 1:
		return "十" + ones
	}
	return digits[tens] + "十" + ones
}

// Date returns a day as it is written in running text: 2026年11月21日, without
// leading zeros.
func Date(year, month, day int) string {
	return fmt.Sprintf("%d年%d月%d日", year, month, day)
}

// ParseNumeral returns the number that Chinese numerals or Arabic digits of either width say, as articles of laws are numbered:
// 三十五, 一百零二, 二千一百, 35, ３５, and digit by digit 二〇二四. ok is false for any other text and for numbers over 99,999.
func ParseNumeral(s string) (n int, ok bool) {
	const digits = "零一二三四五六七八九"
	unit := map[rune]int{'十': 10, '百': 100, '千': 1000, '万': 10000}
	total, section, digit := 0, 0, -1
	for _, r := range Fold(s) {
		switch r {
		case '〇', '○':
			r = '零'
		case '两':
			r = '二'
		}
		d := -1
		if i := strings.IndexRune(digits, r); i >= 0 {
			d = i / len("零")
		} else if '0' <= r && r <= '9' {
			d = int(r - '0')
		}
		switch {
		case d >= 0: // one, or digit by digit
			digit = max(digit, 0)*10 + d
		case unit[r] == 0:
			return 0, false
		case r == '万':
			total, section, digit = (section+max(digit, 0))*10000, 0, -1
		default:
			if digit < 0 { // 十五, 百二
				digit = 1
			}
			section, digit = section+digit*unit[r], -1
		}
		if digit > 99999 || section > 99999 || total > 99999 {
			return 0, false
		}
	}
	n = total + section + max(digit, 0)
	return n, s != "" && n <= 99999
}
