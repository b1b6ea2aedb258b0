package dashboard

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/review"
)

func (v *View) readKnown(ctx context.Context, slug string) (review.KnownLinks, error) {
	if slug == "" {
		return review.KnownLinks{}, nil
	}
	return v.door.Review().KnownLinks(ctx, slug, "")
}

// knownLine says how complete the répertoire is against what is known
// elsewhere, and offers to begin with what it lacks.
func (v *View) knownLine() fyne.CanvasObject {
	k := v.known
	if k.Known == 0 {
		none := widgets.Column(0)
		none.Hide() // nor the gap around it
		return none
	}
	words := widgets.NewMuted(i18n.T("%s des %s liens connus ailleurs sont dans le répertoire (%d %%). Source : %s.",
		whole(k.Present), whole(k.Known), k.Share(), k.Source))
	if len(k.Missing) == 0 {
		return words
	}
	label := i18n.T("Commencer avec les %s liens connus", whole(len(k.Missing)))
	if k.Country != "" {
		label = i18n.T("Commencer avec les %s liens connus (%s)", whole(len(k.Missing)), k.Country)
	}
	return container.NewBorder(nil, nil, nil, widgets.NewButton(label, "add", v.begin), words)
}

// begin starts the missing partnerships, to be verified, as one change.
func (v *View) begin() {
	if v.beginning {
		return
	}
	v.beginning = true
	slug := v.slug
	v.pace.Run(func() {
		done, err := v.door.Review().AddKnownLinks(context.Background(), slug, "", nil)
		fyne.Do(func() {
			v.beginning = false
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.say(widgets.Success, i18n.N("%s partenariat est commencé, à vérifier ; Ctrl+Z l’annule.",
				"%s partenariats sont commencés, à vérifier ; Ctrl+Z les annule.", done.Added, repertoire.Thousands(int64(done.Added))))
			v.Reload()
		})
	})
}
