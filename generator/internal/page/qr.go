package page

import (
	"fmt"
	"html/template"
	"math/bits"
	"strconv"

	"rsc.io/qr/coding"
)

// qrLevel corrects 15 % of damage, enough for paper that was folded and stamped.
const qrLevel = coding.M

// qrMask is fixed: choosing the best of eight masks costs eight times as much and readers do not need it.
const qrMask = 3

// maxQR is the largest version drawn: 61 modules a side, so that a row fits a word, and 251 bytes at level M.
const (
	maxQR   = 11
	maxSize = 17 + 4*maxQR
)

// qrPlans are the plans of the versions used, made once: a plan depends only on the size.
type qrPlans [maxQR + 1]*coding.Plan

func newQRPlans() (qrPlans, error) {
	var out qrPlans
	for v := 1; v <= maxQR; v++ {
		p, err := coding.NewPlan(coding.Version(v), qrLevel, qrMask)
		if err != nil {
			return out, err
		}
		out[v] = p
	}
	return out, nil
}

// code returns the matrix of the smallest QR code that holds the text, without a quiet zone.
func (q *qrPlans) code(text string) (*coding.Code, error) {
	t := coding.String(text)
	for v := 1; v <= maxQR; v++ {
		version := coding.Version(v)
		if t.Bits(version) <= version.DataBytes(qrLevel)*8 {
			return q[v].Encode(t)
		}
	}
	return nil, fmt.Errorf("网址太长，二维码放不下 (address too long for a QR code): %q", text)
}

// appendSVG draws the QR code of a text as one path: a row is strokes of one unit, each run given by its gap and its length.
// Beside the label, which is escaped, it writes digits and path letters only, whatever the text.
func (q *qrPlans) appendSVG(out []byte, text, label string) ([]byte, error) {
	c, err := q.code(text)
	if err != nil {
		return nil, err
	}
	out = append(out, `<svg class="qr-code" viewBox="-4 -4.5 `...)
	out = strconv.AppendInt(out, int64(c.Size+8), 10)
	out = append(out, ' ')
	out = strconv.AppendInt(out, int64(c.Size+8), 10)
	out = append(out, `" role="img" aria-label="`...)
	out = append(out, template.HTMLEscapeString(label)...)
	out = append(out, `" shape-rendering="crispEdges"><path stroke="#000" d="`...)
	for y := range c.Size {
		row := uint64(0)
		for i, b := range c.Bitmap[y*c.Stride : y*c.Stride+(c.Size+7)/8] {
			row |= uint64(b) << (56 - 8*i)
		}
		out = appendRow(out, row, y)
	}
	return append(out, `"/></svg>`...), nil
}

// small are the numbers of a drawing as text.
var small = func() (out [maxSize + 1]string) {
	for i := range out {
		out[i] = strconv.Itoa(i)
	}
	return out
}()

// appendRow appends the strokes of one row of modules, the first in the highest bit.
func appendRow(out []byte, row uint64, y int) []byte {
	x := 0
	for row != 0 {
		gap := bits.LeadingZeros64(row)
		row <<= gap
		run := bits.LeadingZeros64(^row)
		row <<= run
		if x == 0 {
			out = append(out, 'M')
			out = append(out, small[gap]...)
			out = append(out, ' ')
			out = append(out, small[y]...)
		} else {
			out = append(out, 'm')
			out = append(out, small[gap]...)
			out = append(out, " 0"...)
		}
		out = append(out, 'h')
		out = append(out, small[run]...)
		x += gap + run
	}
	return out
}
