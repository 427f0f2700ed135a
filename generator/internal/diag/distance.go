package diag

// tooLong is the length in bytes from which words are not compared: nobody mistypes a word so long, and the cost is the product
// of both lengths.
const tooLong = 512

// Distance returns how many characters to insert, delete, change or swap with the next make b of a (optimal string alignment), for
// «did you mean». Words over 512 bytes are as far apart as the longer one is long.
func Distance(a, b string) int {
	if max(len(a), len(b)) > tooLong {
		return max(len(a), len(b))
	}
	s, t := []rune(a), []rune(b)
	var before []int
	row := make([]int, len(t)+1)
	for j := range row {
		row[j] = j
	}
	for i := range s {
		next := make([]int, len(t)+1)
		next[0] = i + 1
		for j := range t {
			change := row[j]
			if s[i] != t[j] {
				change++
			}
			next[j+1] = min(change, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && s[i] == t[j-1] && s[i-1] == t[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(t)]
}
