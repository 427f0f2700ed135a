package page

import (
	"fmt"
	"html/template"
	"math/bits"
	"slices"
	"strconv"
	"sync"

	"rsc.io/qr/coding"
	"rsc.io/qr/gf256"
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

// qrPlans are the versions used, made once.
type qrPlans [maxQR + 1]*qrPlan

// qrPlan is what all codes of a version share. The library's own Encode draws every module of every code and makes its
// polynomial each time; here a code starts as the frame that is the same for all, and only bits that are set are touched.
type qrPlan struct {
	*coding.Plan
	frame qrMatrix // position marks, timing, format and the mask
	cells []qrCell // where bit i of data and check bytes goes
}

// qrMatrix is the modules of a code, a word a row, the first in the highest bit.
type qrMatrix [maxSize]uint64

type qrCell struct {
	bit uint64
	row uint8
}

func newQRPlans() (qrPlans, error) {
	var out qrPlans
	for v := 1; v <= maxQR; v++ {
		p, err := coding.NewPlan(coding.Version(v), qrLevel, qrMask)
		if err != nil {
			return out, err
		}
		out[v] = newQRPlan(p)
	}
	return out, nil
}

func newQRPlan(p *coding.Plan) *qrPlan {
	out := &qrPlan{Plan: p, cells: make([]qrCell, 8*(p.DataBytes+p.CheckBytes))}
	for y, row := range p.Pixel {
		for x, pixel := range row {
			bit := uint64(1) << (63 - x)
			if pixel&coding.Black != 0 {
				out.frame[y] |= bit
			}
			if role := pixel.Role(); role == coding.Data || role == coding.Check {
				out.cells[pixel.Offset()] = qrCell{bit, uint8(y)}
			}
		}
	}
	return out
}

// qrWork is what encoding needs for a moment.
type qrWork struct {
	bits    coding.Bits
	check   []byte
	correct [maxQR + 1]*gf256.RSEncoder
}

var qrWorks = sync.Pool{New: func() any { return new(qrWork) }}

// code returns the matrix of the smallest QR code that holds the text, and its size, without a quiet zone.
func (q *qrPlans) code(text string) (m qrMatrix, size int, err error) {
	t := coding.String(text)
	for _, p := range q[1:] {
		if t.Bits(p.Version) <= p.DataBytes*8 {
			return p.encode(t), len(p.Pixel), nil
		}
	}
	return m, 0, fmt.Errorf("网址太长，二维码放不下 (address too long for a QR code): %q", text)
}

// encode is [coding.Plan.Encode] for a text that fits.
func (p *qrPlan) encode(t coding.String) qrMatrix {
	w := qrWorks.Get().(*qrWork)
	defer qrWorks.Put(w)
	w.bits.Reset()
	t.Encode(&w.bits, p.Version)
	w.bits.Pad(p.DataBytes*8 - w.bits.Bits())
	w.addCheckBytes(p)
	m := p.frame
	for i, b := range w.bits.Bytes() {
		for cells := p.cells[8*i:]; b != 0; {
			k := bits.LeadingZeros8(b)
			m[cells[k].row] ^= cells[k].bit
			b &^= 0x80 >> k
		}
	}
	return m
}

// addCheckBytes is [coding.Bits.AddCheckBytes] with an encoder that is kept: equal blocks, the last ones a byte longer where the data does
// not divide.
func (w *qrWork) addCheckBytes(p *qrPlan) {
	n := p.CheckBytes / p.Blocks
	if w.correct[p.Version] == nil {
		w.correct[p.Version] = gf256.NewRSEncoder(coding.Field, n)
	}
	check := slices.Grow(w.check[:0], n)[:n]
	block := p.DataBytes / p.Blocks
	for i, data := 0, w.bits.Bytes(); i < p.Blocks; i++ {
		if i == p.Blocks-p.DataBytes%p.Blocks {
			block++
		}
		w.correct[p.Version].ECC(data[:block], check)
		w.bits.Append(check)
		data = data[block:]
	}
	w.check = check
}

// appendSVG draws the QR code of a text as one path: a row is strokes of one unit, each run given by its gap and its length.
// Beside the label, which is escaped, it writes digits and path letters only, whatever the text.
func (q *qrPlans) appendSVG(out []byte, text, label string) ([]byte, error) {
	m, size, err := q.code(text)
	if err != nil {
		return nil, err
	}
	out = append(out, `<svg class="qr-code" viewBox="-4 -4.5 `...)
	out = strconv.AppendInt(out, int64(size+8), 10)
	out = append(out, ' ')
	out = strconv.AppendInt(out, int64(size+8), 10)
	out = append(out, `" role="img" aria-label="`...)
	out = append(out, template.HTMLEscapeString(label)...)
	out = append(out, `" shape-rendering="crispEdges"><path stroke="#000" d="`...)
	for y := range size {
		out = appendRow(out, m[y], y)
	}
	return append(out, `"/></svg>`...), nil
}

// small are the numbers of a drawing as text, gaps the move over so many modules within a row and the letter of the stroke behind it.
var small, gaps = func() (small, gaps [maxSize + 1]string) {
	for i := range small {
		small[i] = strconv.Itoa(i)
		gaps[i] = "m" + small[i] + " 0h"
	}
	return small, gaps
}()

// appendRow appends the strokes of one row of modules, the first in the highest bit.
func appendRow(out []byte, row uint64, y int) []byte {
	for first := true; row != 0; first = false {
		gap := bits.LeadingZeros64(row)
		row <<= gap
		run := bits.LeadingZeros64(^row)
		row <<= run
		if first {
			out = append(out, 'M')
			out = append(out, small[gap]...)
			out = append(out, ' ')
			out = append(out, small[y]...)
			out = append(out, 'h')
		} else {
			out = append(out, gaps[gap]...)
		}
		out = append(out, small[run]...)
	}
	return out
}
