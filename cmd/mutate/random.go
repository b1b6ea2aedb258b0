package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
)

// mutation is one operator or constant replaced by another.
type mutation struct {
	pkg, file string
	text      string // the file
	at, end   int
	line      int
	was, is   string
}

func (m mutation) source() string { return m.text[:m.at] + m.is + m.text[m.end:] }

// around is the line the change stands in.
func (m mutation) around() string {
	from := strings.LastIndexByte(m.text[:m.at], '\n') + 1
	line, _, _ := strings.Cut(m.text[from:], "\n")
	return strings.TrimSpace(line)
}

// swapped are the operators a slip of the hand exchanges.
var swapped = map[token.Token]token.Token{
	token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR, token.EQL: token.NEQ, token.NEQ: token.EQL,
	token.LAND: token.LOR, token.LOR: token.LAND, token.ADD: token.SUB, token.SUB: token.ADD,
}

// mutations lists what can be changed in a package: comparisons, connectives,
// sums and whole numbers.
func mutations(pkg string) ([]mutation, error) {
	files, err := sources(pkg)
	if err != nil {
		return nil, err
	}
	var out []mutation
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		set := token.NewFileSet()
		tree, err := parser.ParseFile(set, file, data, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		add := func(at token.Pos, was, is string) {
			p := set.Position(at)
			out = append(out, mutation{pkg, file, string(data), p.Offset, p.Offset + len(was), p.Line, was, is})
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.BinaryExpr:
				if other, ok := swapped[x.Op]; ok {
					add(x.OpPos, x.Op.String(), other.String())
				}
			case *ast.BasicLit:
				if n, err := strconv.Atoi(x.Value); err == nil && x.Kind == token.INT && strconv.Itoa(n) == x.Value {
					add(x.Pos(), x.Value, strconv.Itoa(n+1))
				}
			}
			return true
		})
	}
	return out, nil
}
