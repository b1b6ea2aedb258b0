package partnerships

import (
	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/workspace/searches"
)

// columns are those of the list, with the widths they have at first.
func columns() []widgets.TableColumn {
	return []widgets.TableColumn{
		{Key: string(searches.SortTitle), Title: i18n.T("Partenariat"), Sortable: true},
		{Key: string(searches.SortPartner), Title: i18n.T("Pays"), Width: 104, Rank: 3, Sortable: true},
		{Key: string(searches.SortType), Title: i18n.T("Type"), Width: 150, Rank: 5, Sortable: true},
		{Key: string(searches.SortStatus), Title: i18n.T("Statut"), Width: 104, Rank: 1, Sortable: true},
		{Key: string(searches.SortTheme), Title: i18n.T("Thématique"), Width: 170, Rank: 4, Sortable: true},
		{Key: string(searches.SortVerified), Title: i18n.T("Vérifié"), Width: 92, Rank: 2, Sortable: true},
	}
}

// widthKey names a column's width among what the machine remembers.
func widthKey(column string) string { return "list.width." + column }

// keepWidth remembers the width a person gave a column.
func keepWidth(column string, width float32) {
	fyne.CurrentApp().Preferences().SetFloat(widthKey(column), float64(width))
}

// restoreWidths gives the columns the widths of last time.
func restoreWidths(t *widgets.Table) {
	for _, c := range columns() {
		if w := fyne.CurrentApp().Preferences().Float(widthKey(c.Key)); w > 0 {
			t.SetWidth(c.Key, float32(w))
		}
	}
}
