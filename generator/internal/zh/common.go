package zh

import (
	_ "embed"
	"strings"
)

//go:embed common.txt
var common string

// Common returns the 3,755 characters of level 1 of GB/T 2312, the ones people write every day, in the order of their pinyin.
func Common() string { return strings.ReplaceAll(common, "\n", "") }
