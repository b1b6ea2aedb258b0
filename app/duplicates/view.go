package duplicates

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/review"
)

// Door is what the view asks of the workspace.
type Door interface {
	Review() *review.Room
}

// View is the list of likely duplicates.
type View struct {
	widget.BaseWidget
	// OnEntry hears that a partnership is to be opened.
	OnEntry func(repertoire.ID)
	// OnSay hears a sentence for the notice bar.
	OnSay func(widgets.Tone, string)
	// OnJob hears that long work begins, and gives what shows its progress.
	OnJob task.Listener

	door    Door
	pace    task.Pace
	window  fyne.Window
	reading *task.Latest
	opening *task.Latest
	pairs   []review.DuplicatePair
	open    *review.DuplicatePair
	fields  []review.FieldPair
	picked  map[string]review.Take
	read    bool // an answer came
	busy    bool
	ended   func() // takes the job of the reading under way off the tray

	table  *widgets.Table
	count  *widgets.Text
	notice *widgets.Notice
	side   *fyne.Container
	body   *fyne.Container
	all    fyne.CanvasObject
}

// New returns a list that shows nothing until Reload.
func New(door Door, pace task.Pace, window fyne.Window) *View {
	v := &View{door: door, pace: pace, window: window, reading: task.NewLatest(pace.Run), opening: task.NewLatest(pace.Run),
		ended: func() {}}
	v.table = widgets.NewTable([]widgets.TableColumn{
		{Key: "pair", Title: i18n.T("Fiches qui se ressemblent")},
		{Key: "why", Title: i18n.T("Pourquoi"), Width: 216, Rank: 1},
	}, func() int { return len(v.pairs) }, v.cells)
	v.table.List.OnCurrent = v.current
	v.count, v.notice = widgets.NewMuted(""), widgets.NewNotice()
	v.side, v.body = container.NewStack(), container.NewStack()
	again := widgets.NewButton(i18n.T("Chercher de nouveau"), "search", v.Reload)
	head := widgets.Inset(16, 12, widgets.Head(widgets.Column(2, widgets.NewTitle(i18n.T("Doublons")), v.count),
		widgets.Flow(8, widgets.NewButton(i18n.T("Valeurs voisines…"), "", v.ShowValues), again)))
	split := container.NewHSplit(v.body, v.side)
	split.Offset = 0.44
	v.all = widgets.Page(widgets.Column(0, head, v.notice, widgets.Rule()), split)
	v.ExtendBaseWidget(v)
	v.show()
	return v
}

// Reload looks for duplicates again.
func (v *View) Reload() {
	v.ended() // a reading under way is dropped, and its job with it
	label := i18n.T("Recherche des doublons")
	stop, progress, ended := v.OnJob.Begin(label)
	v.ended = ended
	v.reading.Do(func(ctx context.Context) func() {
		defer context.AfterFunc(ctx, ended)()
		pairs, err := v.door.Review().Duplicates(stop, func(n, total int, _ string) { progress(n, total, label) })
		return func() {
			v.ended()
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.pairs, v.open, v.read = pairs, nil, true
			v.table.List.Select(-1)
			v.show()
		}
	})
}

// FocusFirst gives the keyboard to the rows.
func (v *View) FocusFirst() {
	if len(v.pairs) == 0 {
		return
	}
	v.window.Canvas().Focus(v.table.List)
	if v.table.List.Selection().Current < 0 {
		v.table.List.Select(0)
	}
}

func (v *View) show() {
	v.count.SetText(i18n.N("%s paire à examiner", "%s paires à examiner", len(v.pairs), repertoire.Thousands(int64(len(v.pairs)))))
	v.count.Hidden = !v.read
	switch {
	case !v.read:
		v.body.Objects = []fyne.CanvasObject{widgets.NewEmpty("search", i18n.T("Recherche des doublons…"), "")}
	case len(v.pairs) == 0:
		v.body.Objects = []fyne.CanvasObject{widgets.NewEmpty("check", i18n.T("Aucun doublon en vue"),
			i18n.T("Aucune fiche n’a les mêmes collectivités ou un titre voisin d’une autre."))}
	default:
		v.body.Objects = []fyne.CanvasObject{v.table}
		v.table.Refresh()
	}
	v.showPair()
	v.Refresh()
}

func (v *View) cells(i int) []widgets.Cell {
	if i >= len(v.pairs) {
		return nil
	}
	p := v.pairs[i]
	text := p.TitleA
	if p.TitleB != p.TitleA {
		text += " / " + p.TitleB
	}
	return []widgets.Cell{{Text: text}, {Text: whyLabel(p.Why), Muted: true}}
}

// whyLabel says why two records are shown.
func whyLabel(why string) string {
	switch why {
	case review.WhySame:
		return i18n.T("Mêmes collectivités, même type")
	case review.WhyTitle:
		return i18n.T("Titres voisins, une collectivité commune")
	case review.WhyCode:
		return i18n.T("Même code officiel")
	}
	return i18n.T("Noms voisins, même pays et même niveau")
}

func (v *View) current(row int) {
	if row < 0 || row >= len(v.pairs) {
		return
	}
	p := v.pairs[row]
	v.opening.Do(func(ctx context.Context) func() {
		fields, err := v.door.Review().CompareRecords(ctx, p.Aggregate, p.A, p.B)
		return func() {
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.open, v.fields, v.picked = &p, fields, map[string]review.Take{}
			for _, f := range fields {
				v.picked[f.Name] = f.Advice
			}
			v.showPair()
		}
	})
}

// showPair sets the records of the pair side by side.
func (v *View) showPair() {
	defer v.side.Refresh()
	if v.open == nil {
		v.side.Objects = []fyne.CanvasObject{widgets.NewEmpty("merge", i18n.T("Choisissez une paire"),
			i18n.T("Les deux fiches s’affichent ici, champ par champ."))}
		return
	}
	p := *v.open
	heads := widgets.Shares(12, []float32{1, 1}, v.heading(p.Aggregate, p.A, p.TitleA), v.heading(p.Aggregate, p.B, p.TitleB))
	column := widgets.Column(10, heads)
	if len(v.fields) == 0 {
		column.Add(widgets.NewFlushParagraph(i18n.T("Les deux fiches disent la même chose.")))
	}
	for _, f := range v.fields {
		column.Add(widgets.Rule())
		column.Add(v.field(f))
	}
	merge := widgets.NewMainButton(i18n.T("Fusionner"), "merge", v.Merge)
	apart := widgets.NewButton(i18n.T("Ce ne sont pas des doublons"), "", v.SetApart)
	foot := widgets.Inset(16, 10, container.NewBorder(nil, nil, nil, widgets.Line(8, apart, merge)))
	v.side.Objects = []fyne.CanvasObject{container.NewBorder(nil, widgets.Column(0, widgets.Rule(), foot), nil, nil,
		container.NewVScroll(widgets.Inset(16, 12, column)))}
}

func (v *View) heading(g repertoire.Aggregate, id repertoire.ID, title string) fyne.CanvasObject {
	text := widgets.NewBold(title)
	if g != repertoire.AggPartnership || v.OnEntry == nil {
		return text
	}
	return container.NewBorder(nil, nil, nil, widgets.NewQuietButton(i18n.T("Ouvrir"), "", func() { v.OnEntry(id) }), text)
}

// field sets both values side by side: a click, or space, on one keeps it; of a
// list both may stay.
func (v *View) field(f review.FieldPair) fyne.CanvasObject {
	cards := widgets.Shares(12, []float32{1, 1})
	column := widgets.Column(4, widgets.NewMuted(i18n.T(f.Label)), cards)
	takes := []review.Take{review.TakeKept, review.TakeOther}
	all := []*widgets.ValueCard{widgets.NewValueCard(brief(f.A)), widgets.NewValueCard(brief(f.B))}
	cards.Add(all[0])
	cards.Add(all[1])
	if f.List {
		both := widgets.NewValueCard(i18n.T("Les deux, l’une après l’autre"))
		takes, all = append(takes, review.TakeBoth), append(all, both)
		column.Add(both)
	}
	show := func() {
		for i, c := range all {
			c.SetOn(takes[i] == v.picked[f.Name] || takes[i] != review.TakeBoth && v.picked[f.Name] == review.TakeBoth)
		}
	}
	for i, c := range all {
		c.OnPicked = func() {
			v.picked[f.Name] = takes[i]
			show()
		}
	}
	show()
	return column
}

// brief keeps a value readable beside the other.
func brief(s string) string {
	const most = 300
	if s == "" {
		return "∅"
	}
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// Merge makes one record of the pair, as one change.
func (v *View) Merge() {
	if v.open == nil {
		return
	}
	m := review.Merging{Aggregate: v.open.Aggregate, Keep: v.open.A, Drop: v.open.B, Take: v.picked}
	v.write(i18n.T("Les deux fiches n’en font plus qu’une ; l’autre est à la corbeille. Ctrl+Z les sépare de nouveau."), func() error {
		_, err := v.door.Review().Merge(context.Background(), m)
		return err
	})
}

// SetApart remembers that the records of the pair are different.
func (v *View) SetApart() {
	if v.open == nil {
		return
	}
	p := *v.open
	v.write(i18n.T("C’est noté : ces deux fiches ne seront plus proposées."), func() error {
		return v.door.Review().NotDuplicates(context.Background(), p.Aggregate, p.A, p.B)
	})
}

func (v *View) write(said string, do func() error) {
	if v.busy {
		return
	}
	v.busy = true
	v.pace.Run(func() {
		err := do()
		fyne.Do(func() {
			v.busy = false
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.open = nil // what it showed is no longer two records
			v.showPair()
			v.say(widgets.Success, said)
			v.Reload()
		})
	})
}

func (v *View) say(tone widgets.Tone, sentence string) { v.notice.SayTo(v.OnSay, tone, sentence) }

// CreateRenderer is Fyne's.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.all) }
