package zh

import (
	"fmt"
	"strconv"
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
