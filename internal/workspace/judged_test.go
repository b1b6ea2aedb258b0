package workspace

import (
	"bufio"
	"fmt"
	"maps"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/searches"
)

// A judged question: what an officer types, and who answers it, said by
// conditions on the records themselves that owe nothing to the search.
type judgedQuestion struct {
	corpus, kind, text string
	truth, near        string
}

// judgedFiles are four parts: the first was written before the words the
// search knows were looked at, the second after, with hard ones; the third are
// siblings of questions that had failed, again written without a look; the
// fourth those of an assault on the finished search that it did not answer.
var judgedFiles = []string{"questions-aveugles.txt", "questions.txt", "questions-soeurs.txt", "questions-assaut.txt"}

func judgedQuestions(t testing.TB, file string) []judgedQuestion {
	t.Helper()
	f, err := os.Open("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []judgedQuestion
	for s := bufio.NewScanner(f); s.Scan(); {
		line := s.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		c := append(strings.Split(line, "|"), "")
		if len(c) < 5 {
			t.Fatalf("%s: %q", file, line)
		}
		out = append(out, judgedQuestion{c[0], c[1], c[2], c[3], c[4]})
	}
	return out
}

// judgedRecord is a partnership with what questions ask of it.
type judgedRecord struct {
	p       repertoire.Partnership
	french  []repertoire.Authority
	foreign []repertoire.Authority
}

func judgedRecords(t testing.TB, w *Workspace) []judgedRecord {
	t.Helper()
	var ids []repertoire.ID
	for _, h := range find(t, w, searches.Query{Limit: -1}).Hits {
		ids = append(ids, h.ID)
	}
	all, err := w.Store.Partnerships(t.Context(), ids)
	if err != nil {
		t.Fatal(err)
	}
	authorities, err := w.Store.Authorities(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var out []judgedRecord
	for _, p := range all {
		r := judgedRecord{p: p}
		for _, id := range p.PartiesOn(repertoire.SideFrench) {
			r.french = append(r.french, authorities[id])
		}
		for _, id := range p.PartiesOn(repertoire.SideForeign) {
			r.foreign = append(r.foreign, authorities[id])
		}
		out = append(out, r)
	}
	return out
}

var condition = regexp.MustCompile(`(?:^| )(!?)([a-z]+)([=~])`)

// answers tells whether the record satisfies all conditions of truth.
func (r *judgedRecord) answers(t testing.TB, truth string) bool {
	if truth == "none" || truth == "" {
		return false
	}
	if one, others, either := strings.Cut(truth, " or "); either {
		return r.answers(t, one) || r.answers(t, others)
	}
	at := condition.FindAllStringSubmatchIndex(truth, -1)
	if len(at) == 0 {
		t.Fatalf("condition %q", truth)
	}
	for i, m := range at {
		end := len(truth)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		negated, field, op := m[2] != m[3], truth[m[4]:m[5]], truth[m[6]:m[7]]
		ok := false
		for value := range strings.SplitSeq(truth[m[1]:end], ",") {
			ok = ok || r.has(t, field, op, strings.TrimSpace(value))
		}
		if ok == negated {
			return false
		}
	}
	return true
}

func (r *judgedRecord) has(t testing.TB, field, op, value string) bool {
	text := func(list ...string) bool {
		return slices.ContainsFunc(list, func(s string) bool {
			return s == value || op == "~" && strings.Contains(s, value)
		})
	}
	names := func(list []repertoire.Authority) (out []string) {
		for _, a := range list {
			out = append(out, a.Name)
			out = append(out, a.OtherNames...)
		}
		return out
	}
	of := func(list []repertoire.Authority, f func(repertoire.Authority) string) (out []string) {
		for _, a := range list {
			out = append(out, f(a))
		}
		return out
	}
	within := func(v int) bool {
		low, high, _ := strings.Cut(value, "..")
		a, _ := strconv.Atoi(low)
		b, _ := strconv.Atoi(high)
		return v != 0 && v >= a && v <= b
	}
	most := func(list []repertoire.Authority) (n int) {
		for _, a := range list {
			n = max(n, a.Population)
		}
		return n
	}
	year := r.p.FirstYear
	if year == 0 {
		year = r.p.Start.Year()
	}
	switch field {
	case "fr":
		return text(names(r.french)...)
	case "ab":
		return text(names(r.foreign)...)
	case "country":
		return text(of(r.foreign, func(a repertoire.Authority) string { return a.Country })...)
	case "dept":
		return text(of(r.french, func(a repertoire.Authority) string {
			switch {
			case a.Level == repertoire.LevelRegion || len(a.INSEE) < 2:
				return ""
			case strings.HasPrefix(a.INSEE, "97"), strings.HasPrefix(a.INSEE, "98"):
				return a.INSEE[:3]
			}
			return a.INSEE[:2]
		})...)
	case "region":
		return text(of(r.french, func(a repertoire.Authority) string { return strings.ReplaceAll(a.Region, "’", "'") })...)
	case "level":
		return text(of(append(slices.Clone(r.french), r.foreign...), func(a repertoire.Authority) string { return string(a.Level) })...)
	case "theme":
		codes := slices.Clone(r.p.Themes)
		for _, p := range r.p.Projects {
			codes = append(codes, p.Themes...)
		}
		return slices.ContainsFunc(codes, func(c string) bool { return c == value || repertoire.ThemeUnder(c, value) })
	case "verified": // since that day
		return string(r.p.Verified) >= value
	case "status":
		return string(r.p.Status) == value
	case "type":
		return string(r.p.Type) == value
	case "directory":
		return text(r.p.Directories...)
	case "title":
		return text(r.p.Title)
	case "since":
		return within(year)
	case "age":
		return year > 0 && within(2026-year)
	case "pop":
		return within(most(r.foreign))
	case "frpop":
		return within(most(r.french))
	case "km":
		a, b := r.french[0], r.foreign[0]
		return a.Located() && b.Located() && within(int(kilometresBetween(a, b)))
	case "near", "frnear", "around": // kilometres, latitude and longitude of a place: the partner, the French side, either
		var at repertoire.Authority
		var km, lat, lon float64
		beyond := strings.Contains(value, "..")
		if _, err := fmt.Sscanf(strings.ReplaceAll(value, "..", ""), "%f;%f;%f", &km, &lat, &lon); err != nil {
			t.Fatal(err)
		}
		at.Latitude, at.Longitude = &lat, &lon
		sides := map[string][]repertoire.Authority{"near": r.foreign, "frnear": r.french,
			"around": append(slices.Clone(r.foreign), r.french...)}[field]
		return slices.ContainsFunc(sides, func(a repertoire.Authority) bool {
			return a.Located() &&
				(kilometresBetween(at, a) > km) == beyond
		})
	case "amount":
		sum := int64(0)
		for _, p := range r.p.Projects {
			if p.Budget.Currency == "EUR" {
				sum += p.Budget.Cents
			}
		}
		return within(int(sum / 100))
	case "text":
		all := []string{r.p.Objectives, r.p.Description, r.p.Context, r.p.History, r.p.Title}
		for _, p := range r.p.Projects {
			all = append(all, p.Title, p.Description, p.Results)
		}
		return slices.ContainsFunc(all, func(s string) bool { return strings.Contains(repertoire.Fold(s), value) })
	case "funder":
		return slices.ContainsFunc(r.p.Projects, func(p repertoire.Project) bool {
			return slices.ContainsFunc(p.Funding, func(f repertoire.Funding) bool { return f.Funder == value })
		})
	case "absent":
		return r.lacks(value)
	}
	t.Fatalf("field %q", field)
	return false
}

func (r *judgedRecord) lacks(value string) bool {
	switch value {
	case "contact":
		return !slices.ContainsFunc(r.p.Contacts, func(c repertoire.Contact) bool { return !c.Objected && c.Email+c.Phone != "" })
	case "convention":
		return len(r.p.Conventions) == 0 && r.p.Formality != repertoire.FormalityConvention
	case "project":
		return len(r.p.Projects) == 0
	case "elected":
		return !slices.ContainsFunc(r.p.Contacts, func(c repertoire.Contact) bool { return c.Elected })
	case "theme":
		return len(r.p.Themes) == 0
	case "year":
		return r.p.FirstYear == 0 && r.p.Start == ""
	}
	return false
}

func kilometresBetween(a, b repertoire.Authority) float64 {
	const rad = math.Pi / 180
	lat1, lat2, lon := *a.Latitude*rad, *b.Latitude*rad, (*b.Longitude-*a.Longitude)*rad
	return 6371 * math.Acos(min(1, math.Sin(lat1)*math.Sin(lat2)+math.Cos(lat1)*math.Cos(lat2)*math.Cos(lon)))
}

// twinned is a workspace made of a list of twin towns as other people keep
// them: English names, no type, no year.
func twinned(t testing.TB) *Workspace {
	t.Helper()
	w := sampled(t)
	for _, h := range find(t, w, searches.Query{Limit: -1}).Hits {
		if err := w.Records().DeletePartnership(t.Context(), h.ID); err != nil {
			t.Fatal(err)
		}
	}
	f, err := os.Open("testdata/jumelages-2017.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c := w.Change(repertoire.CauseImport, "Liste de jumelages")
	made := map[string]repertoire.ID{}
	for s := bufio.NewScanner(f); s.Scan(); {
		cells := strings.Split(s.Text(), "\t")
		if len(cells) != 9 {
			continue
		}
		country, ok := w.Reference.FindCountry(strings.ReplaceAll(cells[8], "People's Republic of China", "China"))
		if !ok {
			continue
		}
		p := repertoire.Partnership{ID: repertoire.NewID(), Directories: []string{"senegal"}}
		for side, at := range []int{0, 4} {
			iso := "FR"
			if side == 1 {
				iso = country.ISO2
			}
			key := fmt.Sprint(iso, cells[at:at+3])
			if made[key] == "" {
				a := listedAuthority(w, iso, cells[at:at+4])
				if err := base.Put(&c, &a, 0); err != nil {
					t.Fatal(err)
				}
				made[key] = a.ID
			}
			p.Parties = append(p.Parties, repertoire.Party{Authority: made[key],
				Side: []repertoire.Side{repertoire.SideFrench, repertoire.SideForeign}[side], Lead: true})
		}
		if err := base.Put(&c, &p, 0); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Apply(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	return w
}

func listedAuthority(w *Workspace, iso string, cells []string) repertoire.Authority {
	a := repertoire.Authority{ID: repertoire.NewID(), Name: cells[0], Article: -1, Country: iso, Level: repertoire.LevelCommune}
	lat, err1 := strconv.ParseFloat(cells[1], 64)
	lon, err2 := strconv.ParseFloat(cells[2], 64)
	if err1 == nil && err2 == nil {
		a.Latitude, a.Longitude = &lat, &lon
	}
	a.Population, _ = strconv.Atoi(cells[3])
	if iso == "FR" && a.Located() {
		for _, named := range w.Reference.FrenchNamed(cells[0]) {
			if named.Level == repertoire.LevelCommune && named.Located() && math.Abs(*named.Latitude-lat) < 0.2 &&
				math.Abs(*named.Longitude-lon) < 0.2 {
				a.INSEE, a.Departement, a.Region = named.INSEE, named.Departement, named.Region
			}
		}
	}
	return a
}

// ndcg is the normalised discounted cumulative gain of the first ten answers.
// A question to which nothing answers is perfect when nothing is found.
func ndcg(ids []repertoire.ID, grades map[repertoire.ID]int) float64 {
	gain := func(grade, place int) float64 { return (math.Pow(2, float64(grade)) - 1) / math.Log2(float64(place+2)) }
	var got, best float64
	for i, id := range ids[:min(len(ids), 10)] {
		got += gain(grades[id], i)
	}
	ideal := slices.Sorted(maps.Values(grades))
	slices.Reverse(ideal)
	for i, g := range ideal[:min(len(ideal), 10)] {
		best += gain(g, i)
	}
	switch {
	case best > 0:
		return got / best
	case len(ids) == 0:
		return 1
	}
	return 0
}

// wantedQuality is what the questions must reach, as the purpose of the search says.
const wantedQuality = 0.95

// TestJudgedQuestions puts the judged questions and prints their quality by
// kind: nDCG@10, and how often all that answers is found and nothing else.
func TestJudgedQuestions(t *testing.T) {
	desks := map[string]*Workspace{"sample": sampled(t), "list": twinned(t)}
	records := map[string][]judgedRecord{}
	for name, w := range desks {
		records[name] = judgedRecords(t, w)
	}
	type sum struct {
		n             int
		quality, same float64
	}
	kinds, halves := map[string]*sum{}, map[string]*sum{}
	var all sum
	for _, file := range judgedFiles {
		for _, q := range judgedQuestions(t, file) {
			grades := map[repertoire.ID]int{}
			for i := range records[q.corpus] {
				r := &records[q.corpus][i]
				switch {
				case r.answers(t, q.truth):
					grades[r.p.ID] = 3
				case r.answers(t, q.near):
					grades[r.p.ID] = 1
				}
			}
			if len(grades) == 0 && q.truth != "none" {
				t.Errorf("%s: %q: no record answers %q", file, q.text, q.truth)
			}
			a := find(t, desks[q.corpus], searches.Query{Text: q.text, Limit: -1})
			var ids []repertoire.ID
			same := a.Total == len(grades)
			for _, h := range a.Hits {
				ids = append(ids, h.ID)
				same = same && grades[h.ID] > 0
			}
			n := ndcg(ids, grades)
			if n < wantedQuality || !same {
				first := "nothing"
				if len(a.Hits) > 0 {
					first = a.Hits[0].Title
				}
				t.Logf("%.2f %-12s %-7s %-45q %d for %d · %s · first %s", n, q.kind, q.corpus, q.text, a.Total, len(grades),
					a.Understood.Text, first)
			}
			for _, s := range []*sum{&all, in(kinds, q.kind), in(halves, file)} {
				s.n, s.quality = s.n+1, s.quality+n
				if same {
					s.same++
				}
			}
		}
	}
	for _, m := range []map[string]*sum{kinds, halves} {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			t.Logf("%-24s nDCG@10 %.3f · exactly the right ones %3.0f %% · %d questions", k, m[k].quality/float64(m[k].n),
				100*m[k].same/float64(m[k].n), m[k].n)
		}
	}
	mean := all.quality / float64(all.n)
	t.Logf("nDCG@10 = %.4f over %d questions, exactly the right ones %.0f %%", mean, all.n, 100*all.same/float64(all.n))
	if all.n < 200 {
		t.Errorf("only %d questions", all.n)
	}
	if mean < wantedQuality {
		t.Errorf("nDCG@10 = %.3f, at least %.2f is wanted", mean, wantedQuality)
	}
}

func in[T any](m map[string]*T, key string) *T {
	if m[key] == nil {
		m[key] = new(T)
	}
	return m[key]
}
