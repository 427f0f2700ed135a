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

// maxQR is the largest version drawn: 271 bytes at level M.
const maxQR = 12

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

// svg draws the QR code of a text as one path: a row is strokes of one unit, each run given by its gap and its length. The
// result holds digits and path letters only, whatever the text.
func (q *qrPlans) svg(text, label string) (template.HTML, error) {
	c, err := q.code(text)
	if err != nil {
		return "", err
	}
	out := make([]byte, 0, 4096)
	out = append(out, `<svg class="qr-code" viewBox="-4 -4.5 `...)
	out = strconv.AppendInt(out, int64(c.Size+8), 10)
	out = append(out, ' ')
	out = strconv.AppendInt(out, int64(c.Size+8), 10)
	out = append(out, `" role="img" aria-label="`...)
	out = append(out, template.HTMLEscapeString(label)...)
	out = append(out, `" shape-rendering="crispEdges"><path stroke="#000" d="`...)
	for y := range c.Size {
		out = appendRow(out, c.Bitmap[y*c.Stride:y*c.Stride+(c.Size+7)/8], y)
	}
	return template.HTML(append(out, `"/></svg>`...)), nil
}

// appendRow appends the strokes of one row of up to 128 modules.
func appendRow(out []byte, row []byte, y int) []byte {
	at, pen, started := 0, 0, false
	for i := 0; i < len(row)*8; {
		// Runs are found a byte at a time: leading zeros of what is left of this byte, then leading ones.
		b := row[i/8] << (i % 8)
		left := 8 - i%8
		if skip := min(bits.LeadingZeros8(b), left); skip > 0 {
			i += skip
			continue
		}
		at = i
		for i < len(row)*8 {
			left = 8 - i%8
			ones := min(bits.LeadingZeros8(^(row[i/8] << (i % 8))), left)
			i += ones
			if ones < left {
				break
			}
		}
		if !started {
			out = append(out, 'M')
			out = strconv.AppendInt(out, int64(at), 10)
			out = append(out, ' ')
			out = strconv.AppendInt(out, int64(y), 10)
			started = true
		} else {
			out = append(out, 'm')
			out = strconv.AppendInt(out, int64(at-pen), 10)
			out = append(out, " 0"...)
		}
		out = append(out, 'h')
		out = strconv.AppendInt(out, int64(i-at), 10)
		pen = i
	}
	return out
}
