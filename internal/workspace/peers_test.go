//go:build unix

package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"repertoire/internal/benching"
	"repertoire/internal/book"
	"repertoire/internal/layout"
	"repertoire/internal/workspace/books"
)

// BenchmarkBesidePeers makes a book of 180 entries, from the base to the checked
// file, and has Typst and pdfLaTeX set the same words on pages of the same size:
// to reach, a quarter of Typst's time and no more than one pass of pdfLaTeX. They
// draw no map, write no tags and check nothing. Peers that are not there are left
// out; Typst is that of npm, in the folder that TYPST_NODE names:
//
//	npm install --prefix DIR @myriaddreamin/typst-ts-node-compiler
func BenchmarkBesidePeers(b *testing.B) {
	w := sampled(b)
	if _, err := w.Tables().Generate(b.Context(), 180, 7, "madagascar", quiet); err != nil {
		b.Fatal(err)
	}
	in, err := w.Books().BookInput(b.Context(), "madagascar")
	if err != nil {
		b.Fatal(err)
	}
	doc, _, err := book.Compose(b.Context(), in)
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	latex, typst := texOf(doc), typOf(doc)
	var ours, tex, typ spent
	words := 0
	for b.Loop() {
		mine, err := spending(func() error {
			r, err := w.Books().Build(b.Context(), books.BuildOptions{Directory: "madagascar"}, quiet)
			b.ReportMetric(float64(r.Pages), "pages")
			words = r.Words
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		ours.add(mine)
		if x, ok := pdflatex(b, dir, latex); ok {
			tex.add(x)
		}
		if x, ok := typstOfNode(b, dir, typst); ok {
			typ.add(x)
		}
	}
	b.ReportMetric(float64(words), "words")
	b.ReportMetric(float64(len(strings.Fields(plainOf(doc)))), "words-of-peers")
	ours.beside(b, tex, "pdflatex")
	ours.beside(b, typ, "typst")
}

// spent is the time that something took.
type spent struct{ wall, cpu time.Duration }

func (s *spent) add(o spent) { s.wall, s.cpu = s.wall+o.wall, s.cpu+o.cpu }

// beside reports how many times a peer's time is taken.
func (s spent) beside(b *testing.B, peer spent, name string) {
	if peer.wall == 0 {
		b.Logf("%s is not there: not compared", name)
		return
	}
	b.ReportMetric(s.wall.Seconds()/peer.wall.Seconds(), "times-"+name+"-wall")
	b.ReportMetric(s.cpu.Seconds()/peer.cpu.Seconds(), "times-"+name+"-cpu")
}

// spending runs something in this process.
func spending(do func() error) (spent, error) {
	at, before := time.Now(), benching.Spent()
	err := do()
	return spent{time.Since(at), benching.Spent() - before}, err
}

// pdflatex is one pass over a text, after a first one that is not counted.
func pdflatex(b *testing.B, dir, text string) (spent, bool) {
	path, err := exec.LookPath("pdflatex")
	if err != nil {
		return spent{}, false
	}
	fresh := filepath.Join(dir, "book.aux")
	pass := func() (spent, error) {
		c := exec.CommandContext(context.WithoutCancel(b.Context()), path, "-interaction=batchmode", "book.tex")
		c.Dir = dir
		at := time.Now()
		err := c.Run()
		s := spent{wall: time.Since(at)}
		if c.ProcessState != nil {
			s.cpu = c.ProcessState.UserTime() + c.ProcessState.SystemTime()
		}
		return s, err
	}
	if _, err := os.Stat(fresh); err != nil {
		if err := os.WriteFile(filepath.Join(dir, "book.tex"), []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
		if _, err := pass(); err != nil {
			b.Logf("pdflatex: %v", err)
			return spent{}, false
		}
	}
	s, err := pass()
	return s, err == nil
}

// typstOfNode has Typst set a text; the start of node is not counted.
func typstOfNode(b *testing.B, dir, text string) (spent, bool) {
	modules := os.Getenv("TYPST_NODE")
	node, err := exec.LookPath("node")
	if err != nil || modules == "" {
		return spent{}, false
	}
	const script = `
const { NodeCompiler } = require(process.argv[1] + "/node_modules/@myriaddreamin/typst-ts-node-compiler");
const c = NodeCompiler.create({ workspace: process.cwd(), fontArgs: [{ fontPaths: [process.argv[2]] }] });
const at = process.hrtime.bigint(), cpu = process.cpuUsage();
const pdf = c.pdf({ mainFilePath: "book.typ" });
const used = process.cpuUsage(cpu);
require("fs").writeFileSync("typst.pdf", pdf);
console.log(JSON.stringify({ wall: Number(process.hrtime.bigint() - at), cpu: (used.user + used.system) * 1000 }));`
	if err := os.WriteFile(filepath.Join(dir, "book.typ"), []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	fonts, err := filepath.Abs("../../assets/fonts/cache")
	if err != nil {
		b.Fatal(err)
	}
	c := exec.CommandContext(context.WithoutCancel(b.Context()), node, "-e", script, modules, fonts)
	c.Dir, c.Stderr = dir, os.Stderr
	out, err := c.Output()
	var told struct{ Wall, CPU int64 }
	if err != nil || json.Unmarshal(out, &told) != nil {
		b.Logf("typst: %v", err)
		return spent{}, false
	}
	return spent{time.Duration(told.Wall), time.Duration(told.CPU)}, true
}

// plainOf is the text of a document, a block a line.
func plainOf(doc layout.Document) string {
	return saidBy(doc, func(kind, text string) string { return text + "\n" })
}

// texOf and typOf are the text of a document as their language has it.
func texOf(doc layout.Document) string {
	var escape = strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "$", `\$`, "&", `\&`, "#", `\#`, "_", `\_`, "%", `\%`,
		"~", `\~{}`, "^", `\^{}`)
	latin := func(r rune) rune {
		if r < 0x100 || strings.ContainsRune("’‘“”–—…€œŒ", r) {
			return r
		}
		return ' '
	}
	return `\documentclass[10pt]{book}\usepackage[utf8]{inputenc}\usepackage[T1]{fontenc}\usepackage{textcomp,lmodern}
\usepackage[papersize={170mm,240mm},margin=22mm]{geometry}\usepackage[french]{babel}\begin{document}\sloppy
` + saidBy(doc, func(kind, text string) string {
		text = escape.Replace(strings.Map(latin, text))
		switch kind {
		case "title":
			return "\\chapter*{" + text + "}\n"
		case "head":
			return "\\section*{" + text + "}\n"
		case "item":
			return "\\noindent--- " + text + "\\par\n"
		}
		return text + "\\par\n"
	}) + `\end{document}`
}

func typOf(doc layout.Document) string {
	escape := strings.NewReplacer(`\`, `\\`, "#", `\#`, "$", `\$`, "*", `\*`, "_", `\_`, "`", "\\`", "@", `\@`, "<", `\<`, "[", `\[`, "]", `\]`,
		"=", `\=`, "-", `\-`, "+", `\+`, "/", `\/`, "~", `\~`, "'", `\'`, `"`, `\"`)
	return `#set page(width: 170mm, height: 240mm, margin: 22mm, numbering: "1")
#set text(font: "Noto Serif", size: 9.2pt, lang: "fr")
#set par(justify: true)
` + saidBy(doc, func(kind, text string) string {
		text = escape.Replace(text)
		switch kind {
		case "title":
			return "#pagebreak(weak: true)\n= " + text + "\n\n"
		case "head":
			return "== " + text + "\n\n"
		case "item":
			return "- " + text + "\n\n"
		}
		return text + "\n\n"
	})
}

// saidBy walks the blocks of a document in their order.
func saidBy(doc layout.Document, say func(kind, text string) string) string {
	var out strings.Builder
	line := func(kind string, in []layout.Inline) {
		var b strings.Builder
		for _, x := range in {
			switch x := x.(type) {
			case layout.Text:
				b.WriteString(x.Text)
			case layout.Break:
				b.WriteByte(' ')
			}
		}
		if t := strings.Join(strings.Fields(b.String()), " "); t != "" {
			out.WriteString(say(kind, t))
		}
	}
	var walk func([]layout.Block)
	walk = func(blocks []layout.Block) {
		for _, bl := range blocks {
			switch bl := bl.(type) {
			case layout.Heading:
				line(map[bool]string{true: "title", false: "head"}[bl.Level == 1], bl.Text)
			case layout.Paragraph:
				line("text", bl.Text)
			case layout.Group:
				walk(bl.Blocks)
			case layout.Beside:
				walk(bl.Blocks)
				walk(bl.Facts)
			case layout.Columned:
				walk(bl.Blocks)
			case layout.FullPage:
				walk(append(bl.Blocks, bl.Foot...))
			case layout.Side:
				for _, cell := range bl.Cells {
					walk(cell)
				}
			case layout.List:
				for _, item := range bl.Items {
					walk(item)
				}
			case layout.Table:
				for _, row := range append(bl.Head, bl.Rows...) {
					for _, cell := range row.Cells {
						walk(cell.Blocks)
					}
				}
			case layout.Index:
				for _, e := range bl.Entries {
					line("item", append(e.Text, layout.Text{Text: fmt.Sprint(" ", len(e.Targets))}))
				}
			}
		}
	}
	for _, s := range doc.Sections {
		walk(s.Blocks)
	}
	return out.String()
}
