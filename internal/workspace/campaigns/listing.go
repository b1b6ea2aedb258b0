package campaigns

import (
	"bytes"
	"cmp"
	"context"
	"path/filepath"
	"strings"

	"repertoire/internal/campaign"
	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// Export writes the cockpit's list for a spreadsheet, one request a row, in csv
// or xlsx; "" takes the format of the file's name. It gives the number of rows.
func (room *Room) Export(ctx context.Context, ref, format, file string) (int, error) {
	if format == "" {
		format = strings.TrimPrefix(filepath.Ext(file), ".")
	}
	f, err := base.ListFormat(format)
	if err != nil {
		return 0, err
	}
	s, err := room.Status(ctx, ref)
	if err != nil {
		return 0, err
	}
	replies, err := room.base.Store.Replies(ctx, s.ID)
	if err != nil {
		return 0, err
	}
	last := map[repertoire.ID]*campaign.Reply{}
	for i := range replies {
		if r := &replies[i]; r.State != campaign.Broken && r.State != campaign.Double {
			last[r.Request] = r
		}
	}
	sheet := exchange.Sheet{Name: "Campagne", Title: s.Name, Columns: []exchange.SheetColumn{
		{Heading: "Partenariat", Width: 44}, {Heading: "Pays", Width: 18}, {Heading: "Région", Width: 24},
		{Heading: "Thématiques", Width: 36},
		{Heading: "État", Width: 18}, {Heading: "À jour", Width: 8}, {Heading: "Adresses", Width: 40},
		{Heading: "Dernier message", Width: 20}, {Heading: "Écrit le", Width: 12, Date: true},
		{Heading: "Réponse du", Width: 12, Date: true},
		{Heading: "Répondant", Width: 28}, {Heading: "Relue par", Width: 20}, {Heading: "Messages revenus", Width: 44},
		{Heading: "Identifiant", Width: 38}}}
	var out bytes.Buffer
	err = exchange.WriteSheet(&out, f, sheet, func(yield func([]string) error) error {
		for _, l := range s.Lines {
			if err := yield(room.listed(&l, last[l.Request])); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return len(s.Lines), base.WriteWhole(file, out.Bytes())
}

// listed writes a request as the cells of its row.
func (room *Room) listed(l *Line, r *campaign.Reply) []string {
	fresh, wrote, came, who, by := "non", "", "", "", ""
	if l.Fresh {
		fresh = "oui"
	}
	if !l.LastAt.IsZero() {
		wrote = string(repertoire.DateOf(l.LastAt))
	}
	if r != nil {
		came, who, by = string(repertoire.DateOf(r.Received)), cmp.Or(r.Respondent, r.From), r.Reviewer
	}
	var themes []string
	for _, code := range l.Themes {
		themes = append(themes, room.base.ThemeLabel(code))
	}
	country := ""
	if l.Country != "" {
		country = room.base.CountryName(l.Country)
	}
	return []string{l.Title, country, l.Region, strings.Join(themes, " ; "), campaign.Standings.Label(l.Standing), fresh,
		strings.Join(l.Addresses, " ; "), campaign.Occasions.Label(l.Last), wrote, came, who, by, strings.Join(l.Bounces, " ; "),
		string(l.Partnership)}
}
