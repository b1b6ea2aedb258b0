package layout

import (
	"sort"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// ink is the text of lines without blanks and soft hyphens, sorted when
// pieces of it run right to left, since lines hold pieces as they are seen.
func ink(s string) string {
	var r []rune
	rtl := false
	for _, c := range s {
		rtl = rtl || c >= 0x590 && !unicode.IsSpace(c)
		if unicode.IsSpace(c) || invisible(c) || c == 0x7F || unicode.IsControl(c) {
			continue
		}
		r = append(r, c)
	}
	if rtl {
		sort.Slice(r, func(i, j int) bool { return r[i] < r[j] })
	}
	return string(r)
}

// checkParagraph holds for any text at any measure.
func checkParagraph(t interface {
	Fatalf(string, ...any)
}, s *Setter, text string, measure float64, align Align) {
	st := s.design.styles["body"]
	st.align = align
	p := s.setParagraph(paraInput{text: Plain(text), style: st, measure: measure, lang: "fr-FR",
		resolve: func(string) string { return "" }})
	var out strings.Builder
	warned := map[int]bool{}
	for _, f := range p.faults {
		warned[f.line] = true
	}
	for i, l := range p.lines {
		for _, r := range l.runs {
			out.WriteString(r.text)
			checkClusters(t, r)
		}
		if l.width > measure+overfullTolerance && !warned[i] {
			t.Fatalf("line %d is %.2f wide at %.2f, not reported: %q", i, l.width, measure, out.String())
		}
	}
	f := &flattener{style: st, design: &s.design, lang: "fr-FR"}
	f.flatten(Plain(text))
	if want, got := ink(string(f.runes)), ink(out.String()); want != got {
		t.Fatalf("text %q came out as %q", want, got)
	}
}

// checkClusters: the glyphs of a run share out its text, no byte twice.
func checkClusters(t interface{ Fatalf(string, ...any) }, r setRun) {
	seen := make([]bool, len(r.text))
	for _, g := range r.glyphs {
		if g.Start < 0 || int(g.End) > len(r.text) || g.Start > g.End {
			t.Fatalf("cluster %d–%d outside %q", g.Start, g.End, r.text)
		}
		for i := g.Start; i < g.End; i++ {
			if seen[i] {
				t.Fatalf("byte %d of %q has two glyphs", i, r.text)
			}
			seen[i] = true
		}
	}
	for i, ok := range seen {
		if !ok && !strings.ContainsRune(r.text, zeroSpace) {
			t.Fatalf("byte %d of %q has no glyph", i, r.text)
		}
	}
}

func TestParagraphsKeepTheirText(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	words := []string{"eau", "l’intercommunalité", "Saint-Étienne-du-Rouvray", "https://www.ville.fr/a/b?c=d", "1 000 €", "« oui »",
		"نواكشوط", "2015", "(x)", "金沢市の文化", "–", "anticonstitutionnellement", "เชียงใหม่", "XIXe siècle", "\u00AD", "office"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 60).Draw(t, "words"), " ")
		measure := rapid.Float64Range(20, 500).Draw(t, "measure")
		align := rapid.SampledFrom([]Align{AlignJustify, AlignLeft, AlignCenter, AlignRight}).Draw(t, "align")
		checkParagraph(t, s, text, measure, align)
	})
}

func FuzzParagraph(f *testing.F) {
	for _, seed := range []string{"", " ", "Un texte simple.", "\xff\xfe\x00", "a\u0301\u0301\u0301", "עברית 12 (abc) עוד",
		"العربية ١٢٣ text", strings.Repeat("x", 300), "👩‍👩‍👧", "\u202Eabc\u202C", "é\u2028à", "ﷺ ﷽", "ក្រុងសៀមរាប"} {
		f.Add(seed, 120.0)
	}
	s := newSetter(f, "institutionnel", "170x240")
	f.Fuzz(func(t *testing.T, text string, measure float64) {
		if !(measure >= 1 && measure < 5000) || len(text) > 4000 {
			return
		}
		checkParagraph(t, s, text, measure, AlignJustify)
	})
}

// A hundred thousand words in one paragraph: somebody will paste a report.
func TestHugeParagraph(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	text := strings.Repeat("La coopération décentralisée des collectivités, de l’eau à la culture. ", 10000)
	p := s.setParagraph(paraInput{text: Plain(text), style: s.design.styles["body"], measure: 360, lang: "fr-FR",
		resolve: func(string) string { return "" }})
	if len(p.lines) < 8000 || len(p.faults) != 0 {
		t.Errorf("%d lines, faults %v", len(p.lines), p.faults)
	}
}

// TestNoLineOpensWithADot: a dot that parts two facts (dates · places · operator)
// ends a line; at the head of the next it parts nothing.
func TestNoLineOpensWithADot(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	facts := []string{"De 2019 à 2023", "Saint-Louis et Gandon", "Agence régionale de l’eau", "12 000 habitants", "Jumelage", "depuis 1978",
		"Hauts-de-France", "convention-cadre", "actif"}
	broken, dots := 0, 0
	for _, sign := range []string{" · ", " • "} {
		text := strings.Join(facts, sign)
		for _, name := range []Style{"body", "facts", "small"} {
			st, ok := s.design.styles[name]
			if !ok {
				t.Fatalf("no style %s", name)
			}
			for measure := 110.0; measure < 420; measure += 3 {
				p := s.setParagraph(paraInput{text: Plain(text), style: st, measure: measure, lang: "fr-FR",
					resolve: func(string) string { return "" }})
				for i, l := range p.lines {
					line := ""
					for _, r := range l.runs {
						line += r.text
					}
					if line = strings.TrimSpace(line); i > 0 && strings.HasPrefix(line, strings.TrimSpace(sign)) {
						t.Errorf("%s at %.0f points: line %d opens with a dot: %q", name, measure, i, line)
					}
					if i > 0 {
						broken++
					}
					if strings.HasSuffix(line, strings.TrimSpace(sign)) {
						dots++
					}
				}
			}
		}
	}
	if broken < 1000 || dots < 100 {
		t.Errorf("%d lines after a first, %d that end in a dot: the test proves little", broken, dots)
	}
}

func TestLongWordIsCutWithAWarning(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	st := s.design.styles["body"]
	p := s.setParagraph(paraInput{text: Plain("Le code " + strings.Repeat("X7", 80) + " est trop long."), style: st, measure: 200,
		lang: "fr-FR", resolve: func(string) string { return "" }})
	if len(p.faults) == 0 || p.faults[0].kind != WarnOverfull || !strings.Contains(p.faults[0].message, "coupé") {
		t.Errorf("faults: %+v", p.faults)
	}
}

func TestHyphenation(t *testing.T) {
	h, err := newHyphenator()
	if err != nil {
		t.Fatal(err)
	}
	show := func(w string) string {
		var b strings.Builder
		at := 0
		for _, p := range h.points(w) {
			b.WriteString(w[at:p] + "-")
			at = p
		}
		return b.String() + w[at:]
	}
	for w, want := range map[string]string{
		"coopération": "coopé-ra-tion", "décentralisée": "décen-tra-li-sée", "collectivité": "col-lec-ti-vité",
		"AFD2024": "AFD2024", "MEAE": "MEAE", "eaux": "eaux", "Erevan": "Ere-van", "développement": "déve-lop-pe-ment",
	} {
		if got := show(w); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestMissingGlyphIsReported(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	p := s.setParagraph(paraInput{text: Plain("Un hiéroglyphe : 𓀀."), style: s.design.styles["body"], measure: 300, lang: "fr-FR",
		resolve: func(string) string { return "" }})
	if len(p.faults) != 1 || p.faults[0].kind != WarnMissingGlyph || !strings.Contains(p.faults[0].message, "U+13000") {
		t.Errorf("faults: %+v", p.faults)
	}
}

func TestFeaturesOfText(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	glyphs := func(st Style, in ...Inline) []Glyph {
		p := s.setParagraph(paraInput{text: in, style: s.design.styles[st], measure: 400, lang: "fr-FR",
			resolve: func(string) string { return "" }})
		var g []Glyph
		for _, r := range p.lines[0].runs {
			g = append(g, r.glyphs...)
		}
		return g
	}
	old, tab := glyphs("body", Text{Text: "1234567890"}), glyphs("table", Text{Text: "1234567890"})
	if g, _ := testFont(t, "NotoSerif-Regular").GlyphOf('3'); old[2].ID == g {
		t.Error("figures in text are not old-style")
	}
	for _, g := range tab {
		if g.Advance-tab[0].Advance > 0.001 || tab[0].Advance-g.Advance > 0.001 {
			t.Error("figures in tables are not tabular")
		}
	}
	if g, _ := testFont(t, "NotoSerif-Regular").GlyphOf('a'); glyphs("body", Text{Text: "a", SmallCaps: true})[0].ID == g {
		t.Error("small capitals are not true ones")
	}
	// Noto Serif has superior figures but not letters: those are scaled.
	if g, _ := testFont(t, "NotoSerif-Regular").GlyphOf('3'); glyphs("body", Text{Text: "3", Super: true})[0].ID == g {
		t.Error("the superior figure is not the font's own")
	}
	p := s.setParagraph(paraInput{text: Plain("la 2e fois"), style: s.design.styles["body"], measure: 400, lang: "fr-FR",
		resolve: func(string) string { return "" }})
	if e := p.lines[0].runs[1]; e.text != "e" || e.dy <= 0 || e.size >= 9 {
		t.Errorf("ordinal ending %q of %.1f points raised by %.1f", e.text, e.size, e.dy)
	}
	kerned := glyphs("body", Text{Text: "AV"})
	if a, _ := testFont(t, "NotoSerif-Regular").GlyphOf('A'); kerned[0].Advance >= testFont(t,
		"NotoSerif-Regular").Advance(a)*9.2/1000-0.01 {
		t.Error("AV is not kerned")
	}
}

func TestTextThatRunsRightToLeft(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"Arabic in French", "avec بلد ici", "avec |[بلد]| ici"},
		{"number after Arabic", "من 1959 إلى", "[إلى]| |1959| |[من]"},
		{"French in Arabic", "كلمة Lille داخل النص", "[داخل النص]| |Lille| |[كلمة]"},
		{"brackets", "بلد (2015) هنا", "[هنا]| |)|2015|(| |[بلد]"},
	}
	s := newSetter(t, "institutionnel", "170x240")
	for _, tt := range tests {
		p := s.setParagraph(paraInput{text: Plain(tt.in), style: s.design.styles["body"], measure: 400, lang: "fr-FR",
			resolve: func(string) string { return "" }})
		var parts []string
		x := -1e9
		for _, r := range p.lines[0].runs {
			if r.x < x {
				t.Errorf("%s: runs are not in the order seen", tt.name)
			}
			x = r.x
			parts = append(parts, strings.TrimSpace(r.text))
		}
		var want []string
		for _, w := range strings.Split(tt.want, "|") {
			if w = strings.Trim(w, "[] "); w != "" {
				want = append(want, w)
			}
		}
		got := strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
		if got != strings.Join(want, " ") {
			t.Errorf("%s: %q, want %q", tt.name, got, want)
		}
	}
}

// TestNumbersWithHyphensStayWhole: an ISBN cut at the end of a line is read as
// another one, by people and by the examination of the file.
func TestNumbersWithHyphensStayWhole(t *testing.T) {
	s := newSetter(t, "institutionnel", "A5")
	const isbn = "978-2-1234-5680-3"
	for measure := 110.0; measure < 230; measure += 3 {
		p := s.paragraph(paraInput{text: Plain("Le répertoire, édition de novembre 2026, ISBN " + isbn + ", est vendu par correspondance."),
			style: s.design.styles["body"], measure: measure, lang: "fr-FR"})
		whole := false
		for _, l := range p.lines {
			for _, r := range l.runs {
				whole = whole || strings.Contains(r.text, isbn)
			}
		}
		if !whole {
			t.Errorf("%g points wide, the ISBN is cut", measure)
		}
	}
}
