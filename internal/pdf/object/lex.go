package object

import (
	"errors"
	"strconv"
)

// maxDepth stops arrays and dictionaries nested to exhaust the stack.
const maxDepth = 64

// ErrSyntax says that bytes are not PDF syntax.
var ErrSyntax = errors.New("pdf syntax error")

// Keyword is a bare word: an operator of a content stream, obj, endobj…
type Keyword string

// Lexer reads values one after the other; content streams use it as well as
// files do.
type Lexer struct {
	Data []byte
	Pos  int
	// Refs makes "1 0 R" a Ref; content streams hold none.
	Refs bool
	// Known keeps names and keywords met, so that those of a content stream, few
	// and met a thousand times, are made once; nil keeps none.
	Known map[string]any
}

// End says whether only white space is left.
func (l *Lexer) End() bool {
	l.skip()
	return l.Pos >= len(l.Data)
}

// Next reads a value or a Keyword. ErrSyntax at the end or on broken input.
func (l *Lexer) Next() (any, error) { return l.value(0) }

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

func (l *Lexer) skip() {
	for l.Pos < len(l.Data) {
		c := l.Data[l.Pos]
		if c == '%' {
			for l.Pos < len(l.Data) && l.Data[l.Pos] != '\n' && l.Data[l.Pos] != '\r' {
				l.Pos++
			}
			continue
		}
		if !isSpace(c) {
			return
		}
		l.Pos++
	}
}

func (l *Lexer) peek(offset int) byte {
	if l.Pos+offset < len(l.Data) {
		return l.Data[l.Pos+offset]
	}
	return 0
}

func (l *Lexer) value(depth int) (any, error) {
	if depth > maxDepth {
		return nil, ErrSyntax
	}
	l.skip()
	if l.Pos >= len(l.Data) {
		return nil, ErrSyntax
	}
	switch c := l.Data[l.Pos]; {
	case c == '/':
		if l.Known != nil {
			return l.known(), nil
		}
		return l.name(), nil
	case c == '(':
		return l.literal()
	case c == '<' && l.peek(1) == '<':
		return l.dict(depth)
	case c == '<':
		return l.hex()
	case c == '[':
		return l.array(depth)
	case isDelimiter(c):
		return nil, ErrSyntax
	default:
		return l.word(), nil
	}
}

func (l *Lexer) name() Name {
	l.Pos++
	start, plain := l.Pos, true
	for l.Pos < len(l.Data) && !isSpace(l.Data[l.Pos]) && !isDelimiter(l.Data[l.Pos]) {
		if l.Data[l.Pos] == '#' {
			plain = false
		}
		l.Pos++
	}
	raw := l.Data[start:l.Pos]
	if plain {
		return Name(raw)
	}
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); i++ {
		if raw[i] == '#' && i+2 < len(raw) {
			if n, err := strconv.ParseUint(string(raw[i+1:i+3]), 16, 8); err == nil {
				out = append(out, byte(n))
				i += 2
				continue
			}
		}
		out = append(out, raw[i])
	}
	return Name(out)
}

// word reads a number, a reference, a keyword, true, false or null.
func (l *Lexer) word() any {
	start := l.Pos
	for l.Pos < len(l.Data) && !isSpace(l.Data[l.Pos]) && !isDelimiter(l.Data[l.Pos]) {
		l.Pos++
	}
	raw := l.Data[start:l.Pos]
	if v, whole, ok := number(raw); ok {
		if n := int(v); whole {
			if l.Refs && n >= 0 {
				if ref, ok := l.reference(n); ok {
					return ref
				}
			}
			return n
		}
		return v
	}
	if v, ok := l.Known[string(raw)]; ok {
		return v
	}
	w := string(raw)
	switch w {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	if c := w[0]; c < '0' && c != '+' && c != '-' && c != '.' || c > '9' {
		return l.keep(w, Keyword(w))
	}
	if n, err := strconv.Atoi(w); err == nil {
		if l.Refs && n >= 0 {
			if ref, ok := l.reference(n); ok {
				return ref
			}
		}
		return n
	}
	if f, err := strconv.ParseFloat(w, 64); err == nil {
		return f
	}
	return Keyword(w)
}

// Plain reads a plain number, as the most of a content stream are; false leaves the
// lexer where it is.
func (l *Lexer) Plain() (float64, bool) {
	l.skip()
	at := l.Pos
	for at < len(l.Data) && !isSpace(l.Data[at]) && !isDelimiter(l.Data[at]) {
		at++
	}
	v, _, ok := number(l.Data[l.Pos:at])
	if ok {
		l.Pos = at
	}
	return v, ok
}

// known is a name, made once for all that are alike.
func (l *Lexer) known() any {
	start := l.Pos
	for l.Pos++; l.Pos < len(l.Data) && !isSpace(l.Data[l.Pos]) && !isDelimiter(l.Data[l.Pos]); l.Pos++ {
	}
	raw := l.Data[start:l.Pos]
	if v, ok := l.Known[string(raw)]; ok {
		return v
	}
	l.Pos = start
	return l.keep(string(raw), l.name())
}

// knownMost bounds what is kept of a stream made to fill the memory.
const knownMost = 1000

func (l *Lexer) keep(raw string, v any) any {
	if l.Known != nil && len(l.Known) < knownMost {
		l.Known[raw] = v
	}
	return v
}

// exact are the powers of ten that a number of up to fifteen digits can be divided
// by without losing anything.
var exact = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// number reads a plain number, as nearly all of a file's are; others go the long
// way.
func number(b []byte) (v float64, whole, ok bool) {
	if len(b) == 0 || len(b) > 16 {
		return 0, false, false
	}
	negative := b[0] == '-'
	if negative {
		b = b[1:]
	}
	var digits int64
	point, n := -1, 0
	for i, c := range b {
		switch {
		case c >= '0' && c <= '9':
			digits = digits*10 + int64(c-'0')
			n++
		case c == '.' && point < 0:
			point = i
		default:
			return 0, false, false
		}
	}
	if n == 0 || n > 15 {
		return 0, false, false
	}
	v = float64(digits)
	if point >= 0 {
		v /= exact[len(b)-1-point]
	}
	if negative {
		v = -v
	}
	return v, point < 0, true
}

// reference reads " 0 R" after a number.
func (l *Lexer) reference(num int) (Ref, bool) {
	p, gen, digits := l.Pos, 0, 0
	for p < len(l.Data) && isSpace(l.Data[p]) {
		p++
	}
	for p < len(l.Data) && l.Data[p] >= '0' && l.Data[p] <= '9' && digits < 6 {
		gen = gen*10 + int(l.Data[p]-'0')
		p++
		digits++
	}
	if digits == 0 || p >= len(l.Data) || !isSpace(l.Data[p]) {
		return Ref{}, false
	}
	for p < len(l.Data) && isSpace(l.Data[p]) {
		p++
	}
	if p >= len(l.Data) || l.Data[p] != 'R' {
		return Ref{}, false
	}
	if p+1 < len(l.Data) && !isSpace(l.Data[p+1]) && !isDelimiter(l.Data[p+1]) {
		return Ref{}, false
	}
	l.Pos = p + 1
	return Ref{num, gen}, true
}

func (l *Lexer) literal() (String, error) {
	l.Pos++
	out := String{}
	for depth := 1; l.Pos < len(l.Data); l.Pos++ {
		c := l.Data[l.Pos]
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				l.Pos++
				return out, nil
			}
		case '\\':
			l.Pos++
			if esc, ok := l.escape(); ok {
				out = append(out, esc)
			}
			continue
		}
		out = append(out, c)
	}
	return nil, ErrSyntax
}

// escape reads what follows a backslash and leaves Pos on its last byte.
func (l *Lexer) escape() (byte, bool) {
	c := l.peek(0)
	switch c {
	case 'n':
		return '\n', true
	case 'r':
		return '\r', true
	case 't':
		return '\t', true
	case 'b':
		return '\b', true
	case 'f':
		return '\f', true
	case '\r':
		if l.peek(1) == '\n' {
			l.Pos++
		}
		return 0, false
	case '\n':
		return 0, false
	}
	if c < '0' || c > '7' {
		return c, true
	}
	n := 0
	for i := 0; i < 3 && l.peek(0) >= '0' && l.peek(0) <= '7'; i++ {
		n = n*8 + int(l.peek(0)-'0')
		l.Pos++
	}
	l.Pos--
	return byte(n), true
}

func (l *Lexer) hex() (String, error) {
	l.Pos++
	room := 0
	for room < 1<<12 && l.Pos+room < len(l.Data) && l.Data[l.Pos+room] != '>' {
		room++
	}
	out, half, high := make(String, 0, (room+1)/2), false, byte(0)
	for ; l.Pos < len(l.Data); l.Pos++ {
		c := l.Data[l.Pos]
		var n byte
		switch {
		case c == '>':
			l.Pos++
			if half {
				out = append(out, high)
			}
			return out, nil
		case c >= '0' && c <= '9':
			n = c - '0'
		case c >= 'a' && c <= 'f':
			n = c - 'a' + 10
		case c >= 'A' && c <= 'F':
			n = c - 'A' + 10
		case isSpace(c):
			continue
		default:
			return nil, ErrSyntax
		}
		if half {
			out = append(out, high|n)
		} else {
			high = n << 4
		}
		half = !half
	}
	return nil, ErrSyntax
}

func (l *Lexer) array(depth int) (Array, error) {
	l.Pos++
	out := Array{}
	for {
		l.skip()
		if l.peek(0) == ']' && l.Pos < len(l.Data) {
			l.Pos++
			return out, nil
		}
		v, err := l.value(depth + 1)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
}

func (l *Lexer) dict(depth int) (*Dict, error) {
	l.Pos += 2
	d := &Dict{}
	for {
		l.skip()
		if l.peek(0) == '>' && l.peek(1) == '>' {
			l.Pos += 2
			return d, nil
		}
		if l.peek(0) != '/' {
			return nil, ErrSyntax
		}
		key := l.name()
		v, err := l.value(depth + 1)
		if err != nil {
			return nil, err
		}
		d.Pairs = append(d.Pairs, Pair{key, v})
	}
}
