package editions

import (
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/files"
	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/books"
)

// pressOptions are what a printer may ask for: shown for a file to print, and
// left closed, for most printers want none of it.
type pressOptions struct {
	marks, booklet, cover *widgets.Check
	profile               *widgets.Entry
	grammage, bulk, spine *widgets.Entry
	multiple              *widgets.Entry
	more                  *widgets.Disclosure
	all                   *fyne.Container
}

func newPressOptions(window fyne.Window) *pressOptions {
	o := &pressOptions{marks: widgets.NewCheck(i18n.T("Repères de coupe et de montage"), nil),
		booklet: widgets.NewCheck(i18n.T("Livret à plier et agrafer, deux pages par feuille"), nil),
		cover:   widgets.NewCheck(i18n.T("Couverture dans un fichier à part, avec son dos"), nil), profile: widgets.NewEntry(),
		grammage: widgets.NewEntry(), bulk: widgets.NewEntry(), spine: widgets.NewEntry(), multiple: widgets.NewEntry()}
	o.profile.SetPlaceHolder(i18n.T("Vide : FOGRA39 (papier couché)"))
	o.grammage.SetPlaceHolder("115")
	o.bulk.SetPlaceHolder("1")
	o.spine.SetPlaceHolder(i18n.T("calculé"))
	o.multiple.SetPlaceHolder("2")
	browse := widgets.NewIconButton("folder-open", i18n.T("Choisir le profil de l’imprimeur"), func() {
		files.Open(window, "profile", []string{".icc", ".icm"}, o.profile.SetText)
	})
	o.more = widgets.NewDisclosure(i18n.T("Options pour l’imprimeur"), "", false, func() fyne.CanvasObject {
		return widgets.Column(8,
			widgets.NewField("profile", i18n.T("Profil de couleur"), container.NewBorder(nil, nil, nil, browse, o.profile)),
			widgets.NewField("marks", "", o.marks), widgets.NewField("booklet", "", o.booklet), widgets.NewField("cover", "", o.cover),
			widgets.Shares(16, []float32{1, 1}, widgets.NewField("grammage", i18n.T("Papier, g/m²"), o.grammage),
				widgets.NewField("bulk", i18n.T("Main, cm³/g"), o.bulk)),
			widgets.Shares(16, []float32{1, 1}, widgets.NewField("spine", i18n.T("Dos, mm"), o.spine),
				widgets.NewField("multiple", i18n.T("Pages par"), o.multiple)))
	})
	o.all = container.NewStack(o.more)
	return o
}

// fill puts what was asked into the options of a print file.
func (o *pressOptions) fill(b *books.BuildOptions) error {
	b.Profile, b.Marks, b.Booklet = strings.TrimSpace(o.profile.Text), o.marks.Checked, o.booklet.Checked
	if o.cover.Checked {
		b.Cover = strings.TrimSuffix(b.Output, filepath.Ext(b.Output)) + "-couverture.pdf"
	}
	for _, x := range []struct {
		text string
		to   *float64
	}{{o.grammage.Text, &b.Grammage}, {o.bulk.Text, &b.Bulk}, {o.spine.Text, &b.Spine}} {
		s := strings.ReplaceAll(strings.TrimSpace(x.text), ",", ".")
		if s == "" {
			continue
		}
		n, err := strconv.ParseFloat(s, 64)
		if err != nil || n <= 0 {
			return repertoire.Refuse("« %s » n’est pas une mesure : écrivez un nombre, par exemple 115. Rien n’a été produit.", x.text)
		}
		*x.to = n
	}
	if s := strings.TrimSpace(o.multiple.Text); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			return repertoire.Refuse("« %s » n’est pas un nombre de pages : écrivez 2, 4, 8 ou 16. Rien n’a été produit.", s)
		}
		b.PageMultiple = n
	}
	return nil
}
