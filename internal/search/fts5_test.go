//go:build sqlite_fts5

package search

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"
)

// The same records in SQLite's FTS5 (unicode61, accents removed), asked the
// same words: what the program would have without an index of its own.

type fts5 struct{ db *sql.DB }

func openFTS5(b testing.TB, dir string, each func(yield func(Record) error) error) fts5 {
	b.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, "fts.db")+"?_journal_mode=WAL&_synchronous=OFF")
	must(b, err)
	b.Cleanup(func() { _ = db.Close() })
	_, err = db.Exec(
		`CREATE VIRTUAL TABLE f USING fts5(id UNINDEXED, noms, titres, textes, tokenize="unicode61 remove_diacritics 2", prefix='2 3')`)
	must(b, err)
	tx, err := db.Begin()
	must(b, err)
	insert, err := tx.Prepare(`INSERT INTO f VALUES(?,?,?,?)`)
	must(b, err)
	must(b, each(func(r Record) error {
		var by [3][]string
		for _, p := range r.parts() {
			by[p.Class] = append(by[p.Class], p.Text)
		}
		_, err := insert.Exec(string(r.ID), strings.Join(by[0], " . "), strings.Join(by[1], " . "), strings.Join(by[2], " . "))
		return err
	}))
	must(b, tx.Commit())
	return fts5{db}
}

// ask puts the words of a query together the way FTS5 wants them. It knows
// stop words, because it would find nothing otherwise.
func (s fts5) ask(b testing.TB, req Request, f *french) []string {
	b.Helper()
	var words []string
	for _, w := range wordsOf(strings.NewReplacer("thème:", "", "pays:", "", "statut:", "").Replace(req.Text)) {
		if !f.empty(w) {
			words = append(words, `"`+w+`"`)
		}
	}
	query := "SELECT id FROM f LIMIT 50"
	var args []any
	if len(words) > 0 {
		match := strings.Join(words, " ")
		if req.Typing {
			match += "*"
		}
		query = "SELECT id FROM f WHERE f MATCH ? ORDER BY bm25(f, 0, 5, 3, 1) LIMIT 50"
		args = append(args, match)
	}
	rows, err := s.db.Query(query, args...)
	must(b, err)
	defer rows.Close()
	var out []string
	for rows.Next() {
		var id string
		must(b, rows.Scan(&id))
		out = append(out, id)
	}
	must(b, rows.Err())
	return out
}

func BenchmarkFTS5(b *testing.B) {
	f := newFrench()
	for _, n := range benchSizes {
		if testing.Short() && n > 1_000 {
			continue
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := openFTS5(b, b.TempDir(), generated(n, 1))
			for _, q := range benchQueries {
				switch q.name {
				case "faute", "tout-avec-facettes", "même-projet", "question", "mot-et-thématique":
					continue // FTS5 has nothing of the kind
				}
				b.Run(q.name, func(b *testing.B) { timed(b, func() { s.ask(b, q.req, f) }) })
			}
		})
	}
}

func BenchmarkJudgedFTS5(b *testing.B) {
	records := judgedRecords(b)
	s := openFTS5(b, b.TempDir(), func(yield func(Record) error) error {
		for _, r := range records {
			if err := yield(r); err != nil {
				return err
			}
		}
		return nil
	})
	f, questions := newFrench(), judgedQuestions(b)
	for range b.N {
		total := 0.0
		for _, q := range questions {
			total += ndcg(s.ask(b, Request{Text: q.Q}, f), q.G)
		}
		b.ReportMetric(total/float64(len(questions)), "nDCG@10")
	}
}

// BenchmarkTypingFTS5 puts the same keystrokes to FTS5, which counts no facets
// and cuts no passages.
func BenchmarkTypingFTS5(b *testing.B) {
	n := 100_000
	if testing.Short() {
		n = 1_000
	}
	f := newFrench()
	s := openFTS5(b, b.TempDir(), generated(n, 1))
	prefixes := typedPrefixes()
	b.ResetTimer()
	rounds := make([][]float64, len(prefixes))
	for range b.N {
		for i, p := range prefixes {
			before := processorMS()
			s.ask(b, Request{Text: p, Typing: true}, f)
			rounds[i] = append(rounds[i], processorMS()-before)
		}
	}
	reportTyping(b, rounds)
}
