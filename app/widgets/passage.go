package widgets

import (
	"slices"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/theme"
)

// Passage is a second line under a cell: what answers a search, with the words
// that do, after the name of where it stands.
type Passage struct {
	Lead  string
	Text  string
	Marks [][2]int // byte ranges of Text
}

func (p Passage) same(q Passage) bool {
	return p.Lead == q.Lead && p.Text == q.Text && slices.Equal(p.Marks, q.Marks)
}

// passageParts is how many pieces of text a passage is drawn in at most.
const passageParts = 9

// passageLine draws a passage: muted, its marks in the ink of the text.
type passageLine struct{ parts []*canvas.Text }

func newPassageLine() *passageLine {
	l := &passageLine{}
	for range passageParts {
		l.parts = append(l.parts, canvas.NewText("", nil))
	}
	return l
}

type passagePart struct {
	text   string
	marked bool
}

// leading is how many letters stand before the first mark at least.
const leading = 24

// cut gives the pieces of a passage, begun near its first mark.
func (p Passage) cut() []passagePart {
	text, from := p.Text, 0
	if len(p.Marks) > 0 && p.Marks[0][0] > 2*leading {
		from = p.Marks[0][0] - leading
		for from < p.Marks[0][0] && text[from] != ' ' {
			from++
		}
	}
	var out []passagePart
	add := func(s string, marked bool) {
		if s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\t' }), " "); s != "" &&
			utf8.ValidString(s) {
			out = append(out, passagePart{s, marked})
		}
	}
	if p.Lead != "" {
		add(p.Lead+"\u00a0: ", false)
	}
	if from > 0 {
		add("…", false)
	}
	at := from
	for _, m := range p.Marks {
		if m[0] < at || m[1] > len(text) || m[0] >= m[1] || len(out) > passageParts-4 {
			continue
		}
		add(text[at:m[0]], false)
		add(text[m[0]:m[1]], true)
		at = m[1]
	}
	if at < len(text) {
		add(text[at:], false)
	}
	return out[:min(len(out), passageParts)]
}

// fill shows p in the room given, from the place at.
func (l *passageLine) fill(p Passage, at fyne.Position, room float32) {
	pieces := p.cut()
	x := float32(0)
	for i, t := range l.parts {
		t.TextSize = size(fynetheme.SizeNameCaptionText) + 1
		if p.Text == "" || i >= len(pieces) || x >= room-8 {
			t.Text = ""
			t.Hide()
			continue
		}
		t.Color, t.TextStyle = colour(theme.ColorMuted), fyne.TextStyle{Bold: pieces[i].marked}
		if pieces[i].marked {
			t.Color = colour(fynetheme.ColorNameForeground)
		}
		t.Text = Fit(pieces[i].text, t.TextSize, t.TextStyle, room-x)
		width := fyne.MeasureText(t.Text, t.TextSize, t.TextStyle)
		t.Show()
		t.Move(fyne.NewPos(at.X+x, at.Y))
		t.Resize(width)
		x += width.Width
		if t.Text != pieces[i].text {
			x = room
		}
		t.Refresh()
	}
}
