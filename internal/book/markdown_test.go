package book

import (
	"context"
	"strings"
	"testing"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

func set(t testing.TB, src string) (string, []Notice) {
	t.Helper()
	c := newComposer(Input{Reference: Reference{Themes: fake{}}, Media: goalFixture()})
	blocks := c.markdown(src, 3, layout.Origin{Entry: "p", Field: "objectives"})
	var b strings.Builder
	dumpBlocks(&b, blocks, 0)
	return b.String(), c.report.Notices
}

func TestMarkdown(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"nothing", " \n\t", ""},
		{"emphasis", "Un **gras**, un *italique* et un ***tout***.", "p Un **gras**, un _italique_ et un _**tout**_.\n"},
		{"headings start at the level asked for", "# Titre\n\n###### Profond", "h3 Titre\nh6 Profond\n"},
		{"lists", "- a\n- b\n  - c", "*\n  p a\n*\n  p b\n  *\n    p c\n"},
		{"html is text", "<b>gras</b> & <script>alert(1)</script>", "p <b>gras</b> & <script>alert(1)</script>\n"},
		{"an html block is text", "<div>\nbloc\n</div>", "p <div> bloc </div>\n"},
		{"entities", "AT&amp;T &eacute; \\*", "p AT&T é *\n"},
		{"links", "[ici](https://a.example/x) et https://b.example",
			"p ici<https://a.example/x> et https://b.example<https://b.example>\n"},
		{"a link to nowhere keeps its words", "[ici](javascript:alert(1))", "p ici (javascript:alert(1))\n"},
		{"mail", "<a@b.example>", "p a@b.example<mailto:a@b.example>\n"},
		{"code", "`x < y`", "p x < y\n"},
		{"an indent is no code", "    retrait", "p retrait\n"},
		{"fence", "```\na\n b\n```", "p a /  b\n"},
		{"quote", "> dit", "p.quote dit\n"},
		{"rule", "---", "rule\n"},
		{"hard break", "a  \nb\nc", "p a / b c\n"},
		{"table", "| a | b |\n|---|--:|\n| 1 | 2 | 3 |",
			"table \n  row\n    p.table-head a\n    p.table-head b\n  row\n    p.table 1\n    p.table 2\n"},
		{"picture of the base", "![Un puits](media:puits)", "image 94 bytes alt=\"Un puits\" credit=\"\" \n"},
		{"picture from elsewhere", "![Un puits](https://x.example/p.png)", "p [Un puits]<https://x.example/p.png>\n"},
		{"control characters go", "a\x00b\x07c\r\nd", "p abc d\n"},
		{"broken text is mended", "a\xffb", "p a\ufffdb\n"},
	} {
		if got, _ := set(t, c.in); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestMarkdownSaysWhatItLeaves(t *testing.T) {
	for _, src := range []string{"![x](https://x.example/p.png)", "![x](media:absente)"} {
		if _, n := set(t, src); len(n) == 0 || n[0].Kind != NoticePicture || n[0].Origin.Field != "objectives" {
			t.Errorf("%q: notices are %v", src, n)
		}
	}
	if _, n := set(t, strings.Repeat("mot ", maxText/3)); len(n) != 1 || n[0].Kind != NoticeTruncated {
		t.Errorf("a boundless text gives %v", n)
	}
}

func TestDeepNestingIsFlattened(t *testing.T) {
	got, _ := set(t, strings.Repeat("> ", 300)+"fond")
	if !strings.Contains(got, "fond") {
		t.Errorf("the text is lost: %q", got)
	}
}

// Any text a person pastes makes a book, and its words are in it.
func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{"# a\n\n- b\n1. c", "| a |\n|--|\n| b", "[a](b \"c\") ![d](media:puits)", "<x y='z'>\n\n&amp;&#0;&#x110000;",
		"> > * a\n>   b\n```\nx", "*a **b* c**", "a\n===\nb\n---", "\\\n\\<", "[a]: b\n[a]", "\ufeff\u202e\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		s := bareInput()
		s.in.Media = goalFixture()
		p := &s.in.Partnerships[0]
		p.Objectives, p.Title, p.Projects = src, src, []repertoire.Project{{Title: src, Results: src, Places: src}}
		doc, _, err := Compose(context.Background(), s.in)
		if err != nil {
			t.Fatal(err)
		}
		checkAnchors(t, doc)
		for _, x := range allStrings(doc) {
			if strings.ContainsAny(x, "\x00\x01\x07\x1b\r") {
				t.Fatalf("a control character is left in %q", x)
			}
		}
	})
}
