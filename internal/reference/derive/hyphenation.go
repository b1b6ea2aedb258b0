package derive

import (
	"bytes"
	"context"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

// hypher carries the French patterns of hyph-utf8, cut into strings by length.
const hypher = "hyphenation.fr"

// frenchPatterns is how many the package gives: those of hyph-utf8's V2.13 but
// for four after an apostrophe (alcool, anesthési, informat, octet), where
// words are parted anyway.
const frenchPatterns = 1208

// hyphNotice keeps the notice of hyph-fr.tex, as its licence asks.
const hyphNotice = `% Hyphenation patterns for French of the hyph-utf8 package (https://www.hyphenation.org/tex)
% Copyright (C) 1994-2002 Daniel Flipo, Bernard Gaulle, 2016 Arthur Reutenauer
% Licence MIT: Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
% documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use,
% copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software
% is furnished to do so, subject to the following conditions: The above copyright notice and this permission notice shall be included
% in all copies or substantial portions of the Software.
% THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
% MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE
% FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
% CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`

// frenchHyphenation writes the patterns one a line, as TeX and speedata/hyphenation
// read them; comments start with %.
func frenchHyphenation(ctx context.Context, s *Sources) ([]File, error) {
	raw, err := s.read(ctx, hypher, "lib/fr.js")
	if err != nil {
		return nil, err
	}
	patterns := unpackPatterns(string(raw))
	if len(patterns) != frenchPatterns {
		return nil, unexpected(hypher, "Le paquet donne %d motifs de césure au lieu de %d.", len(patterns), frenchPatterns)
	}
	var out bytes.Buffer
	out.WriteString("% go run ./cmd/prepare reference; from " + s.credit(hypher) + "\n" + hyphNotice)
	for _, p := range patterns {
		out.WriteString(p + "\n")
	}
	return []File{{"hyph-fr.txt", out.Bytes()}}, nil
}

var packed = regexp.MustCompile(`(\d+)\s*:\s*"([^"]*)"`)

// unpackPatterns cuts each string into pieces of its length; "_" stands for a
// word's edge, and patterns with ’ serve for ' too.
func unpackPatterns(js string) []string {
	set := make(map[string]bool)
	for _, m := range packed.FindAllStringSubmatch(js, -1) {
		size, err := strconv.Atoi(m[1])
		if err != nil || size == 0 {
			continue
		}
		letters := []rune(strings.ReplaceAll(m[2], "_", "."))
		for i := 0; i+size <= len(letters); i += size {
			p := string(letters[i : i+size])
			set[p] = true
			set[strings.ReplaceAll(p, "’", "'")] = true
		}
	}
	out := make([]string, 0, len(set))
	for p := range set {
		out = append(out, p)
	}
	sort.Strings(out)
	return out
}
