package book

import (
	"fmt"
	"reflect"
	"strings"

	"repertoire/internal/layout"
)

// dump writes a document as indented text, one block a line: what a golden
// file holds and a reviewer reads.
func dump(doc layout.Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "document %q %q %s\n", doc.Meta.Title, doc.Meta.Subtitle, doc.Meta.Date)
	for _, s := range doc.Sections {
		fmt.Fprintf(&b, "\nSECTION #%s %q matter=%d\n", s.Anchor, s.Title, s.Matter)
		dumpBlocks(&b, s.Blocks, 1)
	}
	return b.String()
}

func dumpBlocks(b *strings.Builder, blocks []layout.Block, depth int) {
	pad := strings.Repeat("  ", depth)
	for _, x := range blocks {
		switch x := x.(type) {
		case layout.Paragraph:
			fmt.Fprintf(b, "%sp%s %s\n", pad, dot(string(x.Style)), inlineText(x.Text))
		case layout.Heading:
			fmt.Fprintf(b, "%sh%d%s%s %s\n", pad, x.Level, dot(string(x.Style)), hash(x.Anchor), inlineText(x.Text))
		case layout.List:
			for _, item := range x.Items {
				fmt.Fprintf(b, "%s*\n", pad)
				dumpBlocks(b, item, depth+1)
			}
		case layout.Table:
			fmt.Fprintf(b, "%stable%s %s\n", pad, dot(string(x.Style)), inlineText(x.Caption))
			for _, r := range append(append([]layout.TableRow(nil), x.Head...), x.Rows...) {
				fmt.Fprintf(b, "%s  row\n", pad)
				for _, c := range r.Cells {
					dumpBlocks(b, c.Blocks, depth+2)
				}
			}
		case layout.Image:
			fmt.Fprintf(b, "%simage %d bytes alt=%q credit=%q %s\n", pad, len(x.Data), x.Alt, x.Credit, inlineText(x.Caption))
		case layout.Drawing:
			fmt.Fprintf(b, "%sdrawing %d shapes alt=%q %s\n", pad, len(x.Shapes), x.Alt, inlineText(x.Caption))
		case layout.Group:
			fmt.Fprintf(b, "%sgroup %s%s keep=%v page=%v %q\n", pad, x.Role, hash(x.Anchor), x.Keep, x.NewPage || x.Apart, x.Title)
			dumpBlocks(b, x.Blocks, depth+1)
		case layout.Side:
			fmt.Fprintf(b, "%sside\n", pad)
			for _, c := range x.Cells {
				fmt.Fprintf(b, "%s |\n", pad)
				dumpBlocks(b, c, depth+1)
			}
		case layout.Beside:
			fmt.Fprintf(b, "%sbeside\n", pad)
			dumpBlocks(b, x.Facts, depth+2)
			fmt.Fprintf(b, "%s text\n", pad)
			dumpBlocks(b, x.Blocks, depth+1)
		case layout.Columned:
			fmt.Fprintf(b, "%scolumns %d\n", pad, x.Count)
			dumpBlocks(b, x.Blocks, depth+1)
		case layout.Index:
			fmt.Fprintf(b, "%sindex\n", pad)
			for _, e := range x.Entries {
				sub := ""
				if e.Sub {
					sub = "  "
				}
				fmt.Fprintf(b, "%s  %s[%s] %s -> %s\n", pad, sub, e.Letter, inlineText(e.Text), strings.Join(e.Targets, " "))
			}
		case layout.FullPage:
			fmt.Fprintf(b, "%sfullpage picture=%v\n", pad, x.Picture != nil)
			dumpBlocks(b, x.Blocks, depth+1)
			fmt.Fprintf(b, "%s foot\n", pad)
			dumpBlocks(b, x.Foot, depth+1)
		case layout.Contents:
			fmt.Fprintf(b, "%scontents %d\n", pad, x.Levels)
		default:
			fmt.Fprintf(b, "%s%s\n", pad, strings.ToLower(strings.TrimPrefix(fmt.Sprintf("%T", x), "layout.")))
		}
	}
}

func dot(s string) string {
	if s == "" {
		return ""
	}
	return "." + s
}

func hash(s string) string {
	if s == "" {
		return ""
	}
	return " #" + s
}

func inlineText(in []layout.Inline) string {
	var b strings.Builder
	for _, x := range in {
		switch x := x.(type) {
		case layout.Text:
			s := x.Text
			if x.Bold {
				s = "**" + s + "**"
			}
			if x.Italic {
				s = "_" + s + "_"
			}
			if x.URL != "" {
				s += "<" + x.URL + ">"
			}
			if x.Lang != "" {
				s += "{" + x.Lang + "}"
			}
			b.WriteString(s)
		case layout.PageRef:
			fmt.Fprintf(&b, "{p. %s}", x.Anchor)
		case layout.Break:
			b.WriteString(" / ")
		case layout.Square:
			fmt.Fprintf(&b, "[%s]", x.Label)
		default:
			fmt.Fprintf(&b, "{%T}", x)
		}
	}
	return b.String()
}

// allStrings collects every string anywhere in a document, whatever the type that
// holds it: what must never be printed cannot hide in a block this test forgot.
func allStrings(v any) []string {
	var out []string
	seen := map[uintptr]bool{}
	var walk func(reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			out = append(out, v.String())
		case reflect.Slice, reflect.Array:
			if v.Type().Elem().Kind() == reflect.Uint8 {
				return
			}
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				walk(v.Field(i))
			}
		case reflect.Map:
			for _, k := range v.MapKeys() {
				walk(k)
				walk(v.MapIndex(k))
			}
		case reflect.Pointer:
			if !v.IsNil() && !seen[v.Pointer()] {
				seen[v.Pointer()] = true
				walk(v.Elem())
			}
		case reflect.Interface:
			if !v.IsNil() {
				walk(v.Elem())
			}
		}
	}
	walk(reflect.ValueOf(v))
	return out
}

// anchors lists the anchors a document defines and those it refers to.
func anchors(doc layout.Document) (defined, used []string) {
	var walk func(reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Interface, reflect.Pointer:
			if !v.IsNil() {
				walk(v.Elem())
			}
		case reflect.Struct:
			switch x := v.Interface().(type) {
			case layout.Section:
				defined = append(defined, x.Anchor)
			case layout.Group:
				if x.Anchor != "" {
					defined = append(defined, x.Anchor)
				}
			case layout.Heading:
				if x.Anchor != "" {
					defined = append(defined, x.Anchor)
				}
			case layout.Text:
				if x.Anchor != "" {
					used = append(used, x.Anchor)
				}
			case layout.PageRef:
				used = append(used, x.Anchor)
			case layout.IndexEntry:
				used = append(used, x.Targets...)
			}
			for i := range v.NumField() {
				walk(v.Field(i))
			}
		}
	}
	walk(reflect.ValueOf(doc.Sections))
	return defined, used
}
