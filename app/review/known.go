package review

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/files"
	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/review"
)

// reviewKnown is the kind of the links that are known elsewhere and missing here.
const reviewKnown review.ReviewKind = "known"

// mostKnown is how many missing links are shown at once.
const mostKnown = 200

// readKnown reads the links of a répertoire; none for all of them.
func (v *View) readKnown(ctx context.Context, slug, list string) (review.KnownLinks, error) {
	if slug == "" {
		return review.KnownLinks{}, nil
	}
	return v.door.Review().KnownLinks(ctx, slug, list)
}

// Compare reads the known links from a newer list than the program's own, ""
// for its own again. A list that cannot be read leaves the one in use.
func (v *View) Compare(list string) {
	slug := v.slug
	v.pace.Run(func() {
		known, err := v.readKnown(context.Background(), slug, list)
		fyne.Do(func() {
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			if v.list, v.kind = list, reviewKnown; list != "" {
				v.say(widgets.Info, i18n.T("%s : %s de ses liens sont de ce répertoire, %s y manquent ; %s lignes n’ont pu être rattachées.",
					known.Source, count(known.Known), count(len(known.Missing)), count(len(known.Doubtful))))
			}
			v.Reload()
		})
	})
}

func count(n int) string { return repertoire.Thousands(int64(n)) }

// lists are the kinds of files that hold a list of links.
var lists = []string{".tsv", ".txt"}

// knownList shows the missing links, each with the gesture that adds it and
// the one that puts it aside for good.
func (v *View) knownList() fyne.CanvasObject {
	rows := widgets.Column(4)
	missing := v.known.Missing
	head := widgets.NewParagraph(i18n.T("%s, à vérifier avant de s’y fier.", v.known.Source), theme.ColorMuted)
	deeds := widgets.Line(6, widgets.NewButton(i18n.T("Une liste plus récente…"), "", func() {
		files.Open(v.window, "links", lists, v.Compare)
	}))
	if v.list != "" {
		deeds.Add(widgets.NewButton(i18n.T("La liste du programme"), "", func() { v.Compare("") }))
	}
	if len(missing) > 0 {
		deeds.Add(widgets.NewButton(i18n.T("Tout commencer (%s)", count(len(missing))), "add", func() { v.begin(nil) }))
	} else {
		rows.Add(widgets.NewText(i18n.T("Aucun lien de cette liste ne manque à ce répertoire.")))
	}
	rows.Objects = append([]fyne.CanvasObject{container.NewBorder(nil, nil, nil, deeds, head)}, rows.Objects...)
	for _, x := range missing[:min(len(missing), mostKnown)] {
		title := widgets.NewText(x.French + " – " + x.Foreign)
		rows.Add(container.NewBorder(nil, nil, nil, widgets.Line(6,
			widgets.NewButton(i18n.T("Ajouter"), "add", func() { v.begin([]string{x.Key}) }),
			widgets.NewButton(i18n.T("Mettre de côté"), "", func() { v.putAside(x) })), title))
	}
	return container.NewVScroll(widgets.Inset(16, 8, rows))
}

func (v *View) begin(keys []string) {
	list := v.list
	v.change(func(slug string) (string, error) {
		done, err := v.door.Review().AddKnownLinks(context.Background(), slug, list, keys)
		return i18n.N("%s partenariat est commencé, à vérifier ; Ctrl+Z l’annule.",
			"%s partenariats sont commencés, à vérifier ; Ctrl+Z les annule.", done.Added, repertoire.Thousands(int64(done.Added))), err
	})
}

func (v *View) putAside(x review.KnownLink) {
	v.change(func(slug string) (string, error) {
		err := v.door.Review().SetKnownAside(context.Background(), slug, []string{x.Key}, true)
		return i18n.T("« %s » est mis de côté et ne sera plus proposé ; Ctrl+Z le reprend.", x.French+" – "+x.Foreign), err
	})
}

func (v *View) change(do func(slug string) (string, error)) {
	if v.busy {
		return
	}
	v.busy = true
	slug := v.slug
	v.pace.Run(func() {
		sentence, err := do(slug)
		fyne.Do(func() {
			v.busy = false
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.say(widgets.Success, sentence)
			v.Reload()
		})
	})
}
