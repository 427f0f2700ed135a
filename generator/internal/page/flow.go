package page

import "strings"

// flowChart is the steps as a chart: the same words as the list beside it, drawn as boxes from top to bottom.
type flowChart struct {
	Height int
	Title  string
	Boxes  []flowBox
	Arrows []flowArrow
}

// flowBox is a box at Y, H high, with its lines. End marks the first and the last, which have round ends; Some a box that not
// every case passes.
type flowBox struct {
	Y, H, R   int
	End, Some bool
	Lines     []flowLine
}

type flowLine struct {
	Y     int
	Small bool
	Text  string
}

// flowArrow goes down from Y by Length.
type flowArrow struct{ Y, Length int }

// The measures of the chart, in units of its view box, which is 320 wide.
const (
	flowGap     = 22 // between boxes
	flowLead    = 21 // from line to line
	flowPad     = 14 // above the first line's middle and below the last
	flowPerLine = 19 // Han characters that fit a line
)

// flow draws the steps; without steps there is no chart.
func (b *builder) flow(steps []StepView) *flowChart {
	if len(steps) == 0 {
		return nil
	}
	c := &flowChart{Title: b.say("flow_title")}
	y := c.add(4, true, false, []string{b.say("flow_start")}, nil)
	for _, s := range steps {
		if s.Dropped != "" {
			continue
		}
		var small []string
		if s.Wait != "" {
			small = append(small, s.Wait)
		}
		if s.Limit != "" {
			small = append(small, s.Limit)
		}
		if s.Class != "" {
			small = append(small, b.say("flow_some"))
		}
		if len(small) > 1 {
			small = []string{strings.Join(small, "；")}
		}
		name := wrap(itoa(s.No)+" "+s.Name, flowPerLine)
		y = c.add(y, s.No == len(steps), s.Class != "", name, wrapAll(small))
	}
	c.Height = y - flowGap + 4
	return c
}

// add puts a box at y and returns where the next one starts.
func (c *flowChart) add(y int, end, some bool, lines, small []string) int {
	if len(c.Boxes) > 0 {
		c.Arrows = append(c.Arrows, flowArrow{Y: y - flowGap, Length: flowGap - 1})
	}
	box := flowBox{Y: y, End: end, Some: some}
	at := y + flowPad + 10
	for _, l := range lines {
		box.Lines = append(box.Lines, flowLine{Y: at, Text: l})
		at += flowLead
	}
	for _, l := range small {
		box.Lines = append(box.Lines, flowLine{Y: at - 1, Text: l, Small: true})
		at += flowLead
	}
	box.H = at - flowLead - y + flowPad - 2
	if end {
		box.R = min(box.H/2, 24)
	}
	c.Boxes = append(c.Boxes, box)
	return y + box.H + flowGap
}

func wrapAll(lines []string) []string {
	var out []string
	for _, l := range lines {
		out = append(out, wrap(l, flowPerLine+2)...)
	}
	return out
}

// wrap breaks a text into lines of at most n Han characters; two Latin letters or digits count as one. A mark never begins a
// line.
func wrap(s string, n int) []string {
	var out []string
	var line strings.Builder
	width := 0
	for _, r := range s {
		w := 2
		if r < 0x80 {
			w = 1
		}
		if width+w > 2*n && !strings.ContainsRune("，。、；：！？）”》", r) {
			out = append(out, line.String())
			line.Reset()
			width = 0
		}
		line.WriteRune(r)
		width += w
	}
	return append(out, line.String())
}
