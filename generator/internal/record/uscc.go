package record

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// usccAlphabet is the characters of a unified social credit code (统一社会信用代码), each worth its index: digits and letters
// without I, O, S, V and Z, which are taken for others (GB 32100-2015).
const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// orgWeights are the weights of the first 8 places of an organisation code (GB 11714).
var orgWeights = [8]int{3, 7, 9, 10, 5, 8, 4, 2}

// USCCCheck returns the check character for the first 17 characters of a unified social credit code: the weight of place i is
// 3^(i−1) mod 31, and the weighted sum with the check character is divisible by 31 (GB 32100-2015). The error says which
// character does not belong into a code, or that there are not 17.
func USCCCheck(body17 string) (byte, error) {
	if len(body17) != 17 {
		return 0, bilingual{
			fmt.Sprintf("统一社会信用代码的前段应是 17 位，这里有 %d 位", len(body17)),
			fmt.Sprintf("the body of a unified social credit code has 17 characters, not %d", len(body17)),
		}
	}
	sum, weight := 0, 1
	for i := range len(body17) {
		v := strings.IndexByte(usccAlphabet, body17[i])
		if v < 0 {
			return 0, badUSCCCharacter(body17, i)
		}
		sum += v * weight
		weight = weight * 3 % 31
	}
	return usccAlphabet[(31-sum%31)%31], nil
}

// CheckUSCC returns nil for a correct unified social credit code of 18 characters: the right alphabet, its own check character
// and that of the organisation code in places 9 to 17. The error says what is wrong; a wrong check character mostly means that
// two characters were swapped or one was misread.
func CheckUSCC(s string) error {
	if err := formOfUSCC(s); err != nil {
		return err
	}
	if want, err := USCCCheck(s[:17]); err != nil {
		return err
	} else if s[17] != want {
		return bilingual{
			fmt.Sprintf("统一社会信用代码 %s 的第 18 位校验码不对，请对照证书核对前 17 位", s),
			fmt.Sprintf("the 18th character of the unified social credit code %s does not check; compare the first 17 with the certificate", s),
		}
	}
	if want := orgCheck(s[8:16]); s[16] != want {
		return bilingual{
			fmt.Sprintf("统一社会信用代码 %s 的第 9–17 位（组织机构代码）校验码不对", s),
			fmt.Sprintf("places 9 to 17 of the unified social credit code %s, the organisation code, do not check", s),
		}
	}
	return nil
}

// formOfUSCC returns an error unless s is 18 characters of the alphabet.
func formOfUSCC(s string) error {
	if len(s) != 18 {
		return bilingual{
			fmt.Sprintf("统一社会信用代码应是 18 位，这里有 %d 位：%q", utf8.RuneCountInString(s), s),
			fmt.Sprintf("a unified social credit code has 18 characters, not %d: %q", utf8.RuneCountInString(s), s),
		}
	}
	for i := range len(s) {
		if strings.IndexByte(usccAlphabet, s[i]) < 0 {
			return badUSCCCharacter(s, i)
		}
	}
	return nil
}

func badUSCCCharacter(s string, i int) error {
	return bilingual{
		fmt.Sprintf("统一社会信用代码 %q 的第 %d 位不能用：只用数字和大写字母，没有 I、O、S、V、Z", s, i+1),
		fmt.Sprintf("place %d of the unified social credit code %q is not allowed: digits and capitals without I, O, S, V, Z", i+1, s),
	}
}

// orgCheck returns the check character of an organisation code's first 8 places, which are digits and capitals worth 0 to 35:
// 11 minus the weighted sum mod 11, where 10 is X and 11 is 0 (GB 11714).
func orgCheck(body8 string) byte {
	sum := 0
	for i, weight := range orgWeights {
		v := int(body8[i] - '0')
		if !isDigit(body8[i]) {
			v = int(body8[i]-'A') + 10
		}
		sum += v * weight
	}
	switch c := 11 - sum%11; c {
	case 10:
		return 'X'
	case 11:
		return '0'
	default:
		return '0' + byte(c)
	}
}
