package review

import (
	"context"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/searches"
)

// ReviewItem is one line of the queue "À vérifier".
type ReviewItem struct {
	searches.Row
	Due          repertoire.Date `json:"due,omitempty"` // when it should have been confirmed, "" if it never was
	Missing      int             `json:"missing"`       // essential fields that are empty
	Completeness int             `json:"completeness"`  // percent
}

// Review is the queue "À vérifier", the longest overdue first, then the
// emptiest.
type Review struct {
	Total int          `json:"total"`
	Fresh int          `json:"fresh"` // not due today
	All   int          `json:"all"`
	Items []ReviewItem `json:"items"`
}

// Queue lists the partnerships of a répertoire ("" all) that are due for
// verification today.
func (room *Room) Queue(ctx context.Context, directory string, offset, limit int) (Review, error) {
	if directory != "" {
		if _, err := room.base.NeedDirectory(ctx, directory); err != nil {
			return Review{}, err
		}
	}
	today := repertoire.DateOf(room.base.Now())
	rows, total, err := room.base.Store.ReviewQueue(ctx, directory, today, offset, limit)
	if err != nil {
		return Review{}, err
	}
	out := Review{Total: total, Items: make([]ReviewItem, len(rows))}
	if out.Fresh, out.All, err = room.base.Store.UpToDate(ctx, directory, today); err != nil {
		return Review{}, err
	}
	for i, r := range rows {
		if r.Verified == "" {
			r.Due = "" // never confirmed: due since always
		}
		out.Items[i] = ReviewItem{Row: r.Row, Due: r.Due, Missing: r.Missing, Completeness: r.Completeness}
	}
	return out, nil
}
