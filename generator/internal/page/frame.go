package page

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"

	"banshi/generator/internal/output"
)

// A guide of a county is the same page as that of the next county but for a score of words and the sections. A frame is that
// page, rendered once, cut where a section or a place's own words go. Writing a guide then is copying pieces and filling slots, and costs a
// hundredth of executing the template.

// slot is a spot of a frame that each place fills for itself.
type slot int

const (
	slotPlace slot = iota
	slotPlaceJSON
	slotOrgJSON
	slotPlaceURL
	slotCanonical
	slotVersion
	slotVerified
	slotQR
	slotNotices
	slotSpot
	slotWhere
	slotAgents
	slotBody
	slotRemedy
	slotHistory
	slotVersions
	slotPlaceVersions
	slotDataPlace
	slotSource
	slotSourceURL
	slotEdit
	slotReport
	slotPropose
	slotSources
	slotDescription
	slotSlip
	slotAsk // from here on the sections, see sectionSet
	slotCard
	slotConditions
	slotPapers
	slotAccess
	slotSteps
	slotTime
	slotCost
	slotOutcome
	slotDeadlines
	slotRelated
	slotFAQ
	slotBasis
	numSlots
	noSlot slot = -1

	firstSection = slotAsk
	numSections  = numSlots - firstSection
)

// marks stand in the slots while the template is executed. They are made of the frame's own stamp, so that no record can
// contain one: whoever writes a mark into a record changes the stamp. They are letters and digits, which no escaper touches.
type marks string

// maxWords is how many slots have a mark.
const maxWords = 26 * 10

func (m marks) at(s slot) string {
	return string(m) + string(rune('a'+s/10)) + string(rune('0'+s%10))
}

func (m marks) html(s slot) template.HTML { return template.HTML(m.at(s)) }

func marksOf(s output.Stamp) marks { return marks("m" + s.String()) }

// frame is a page with slots. It is rendered when first asked for and kept where several guides share it.
type frame struct {
	b       *builder
	name    string // the template
	subject string
	view    func(marks) any
	stamp   output.Stamp
	users   int

	once   sync.Once
	pieces []piece
	err    error
}

// piece is text and the slot behind it; the last one has none.
type piece struct {
	text []byte
	slot slot
}

func (b *builder) newFrame(name, subject string, view func(marks) any) *frame {
	// The marks of the stamp's view are those of no stamp; only what the slots are, not what marks them, is hashed.
	return &frame{b: b, name: name, subject: subject, view: view, stamp: b.stamp(name, view(marksOf(output.Stamp{})))}
}

// cut renders the frame, once for all guides where several share it.
func (f *frame) cut() ([]piece, error) {
	if f.users < 2 {
		return f.render()
	}
	f.once.Do(func() { f.pieces, f.err = f.render() })
	return f.pieces, f.err
}

func (f *frame) render() ([]piece, error) {
	m := marksOf(f.stamp)
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	if err := f.b.set.ExecuteTemplate(buf, f.name, f.view(m)); err != nil {
		return nil, fmt.Errorf("%s：模板 %s 出错 (template %[2]s): %w", f.subject, f.name, err)
	}
	return m.cut(bytes.Clone(buf.Bytes())), nil // without the room that the buffer grew
}

// cut takes HTML apart where the marks stand.
func (m marks) cut(html []byte) []piece {
	var out []piece
	for {
		i := bytes.Index(html, []byte(m))
		if i < 0 {
			return append(out, piece{html, noSlot})
		}
		at := html[i+len(m):]
		out = append(out, piece{html[:i:i], slot(at[0]-'a')*10 + slot(at[1]-'0')})
		html = at[2:]
	}
}

// slots are what one guide puts into its frame: a fragment, or text to be escaped, or HTML of this package.
type slots [numSlots]struct {
	text string
	part *Fragment
	raw  template.HTML
	qr   bool // text is drawn as a QR code
}

// hash adds what is filled in, each with its slot.
func (s *slots) hash(h *output.Hasher) {
	for i := range s {
		switch v := &s[i]; {
		case v.part != nil:
			h.Int(i)
			h.Stamp(v.part.stamp)
		case v.text != "" || v.raw != "":
			h.Int(i)
			h.String(v.text)
			h.String(string(v.raw))
		}
	}
}

// pageWriter is where a page goes piece by piece: the file that is being published, or a buffer.
type pageWriter interface {
	io.Writer
	io.StringWriter
	AvailableBuffer() []byte // empty room to append to and write at once, see [bytes.Buffer.AvailableBuffer]
}

// write fills the slots and writes the page.
func (f *frame) write(w io.Writer, s *slots) error {
	if to, ok := w.(pageWriter); ok {
		return f.fill(to, s)
	}
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	if err := f.fill(buf, s); err != nil {
		return err
	}
	_, err := w.Write(buf.Bytes())
	return err
}

// fill is write where an error to write is remembered by what is written to.
func (f *frame) fill(w pageWriter, s *slots) error {
	pieces, err := f.cut()
	if err != nil {
		return err
	}
	for _, p := range pieces {
		w.Write(p.text)
		if p.slot == noSlot {
			continue
		}
		v := &s[p.slot]
		if err := v.part.write(w); err != nil {
			return err
		}
		if v.qr {
			drawn, err := f.b.qr.appendSVG(w.AvailableBuffer(), v.text, f.b.say("qr_label"))
			if err != nil {
				return err
			}
			w.Write(drawn)
			continue
		}
		w.WriteString(string(v.raw))
		escape(w, v.text)
	}
	return nil
}

// escape writes a text so that it stays one between tags and inside quotes.
func escape(w pageWriter, s string) {
	if strings.ContainsAny(s, `<>&'"`) || strings.IndexByte(s, 0) >= 0 {
		template.HTMLEscape(w, []byte(s))
		return
	}
	w.WriteString(s)
}
