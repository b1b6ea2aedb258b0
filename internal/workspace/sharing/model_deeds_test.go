//go:build unix

package sharing

import (
	"encoding/json"
	"fmt"
	"slices"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
)

func (d *modelDesk) fill() {
	c := d.change(repertoire.CauseSample, "départ")
	for _, slug := range []string{"madagascar", "senegal"} {
		put(&c, &repertoire.Directory{ID: repertoire.DeriveID("d:" + slug), Slug: slug, Title: slug, Countries: []string{"MG"}}, 0)
	}
	var ids []repertoire.ID
	for i := range 6 {
		a := repertoire.Authority{ID: repertoire.DeriveID(fmt.Sprint("a:", i)), Name: fmt.Sprint("Ville ", i), Article: -1, Country: "FR",
			Level: repertoire.LevelCommune}
		if i%2 == 1 {
			a.Country = "MG"
		}
		put(&c, &a, 0)
		ids = append(ids, a.ID)
	}
	for i := range 8 {
		put(&c, partnership(repertoire.NewID(), ids[(2*i)%6], ids[(2*i+1)%6], fmt.Sprint("Titre ", i)), 0)
	}
	put(&c, house(), 0)
	if !d.apply(c) {
		d.m.t.Fatal("the sample was refused")
	}
}

func partnership(id, french, foreign repertoire.ID, title string) *repertoire.Partnership {
	return &repertoire.Partnership{ID: id, Title: title, Directories: []string{"madagascar"},
		Parties: []repertoire.Party{{Authority: french, Side: repertoire.SideFrench}, {Authority: foreign, Side: repertoire.SideForeign}}}
}

// deed is something an officer does.
func (d *modelDesk) deed() {
	ctx := d.m.t.Context()
	rows, _, err := d.store.Browse(ctx, store.BrowseQuery{Limit: 1000})
	d.must(err)
	pick := func() (repertoire.Partnership, bool) {
		if len(rows) == 0 {
			return repertoire.Partnership{}, false
		}
		p, err := d.store.Partnership(ctx, rows[d.m.IntN(len(rows))].ID)
		d.must(err)
		return p, true
	}
	p, any := pick()
	switch n := d.m.IntN(100); {
	case n < 15:
		d.invoice()
	case n < 24 || !any:
		d.createOne()
	case n < 55:
		c := d.change(repertoire.CauseEdit, "modification")
		w := d.edit(&p)
		put(&c, &p, p.Version)
		d.apply(c, w)
	case n < 63:
		c := d.change(repertoire.CauseEdit, "suppression")
		c.Ops = append(c.Ops, store.Delete(repertoire.AggPartnership, p.ID, p.Version))
		d.apply(c)
	case n < 69:
		d.restore()
	case n < 77:
		d.undo()
	case n < 82: // merge of two
		q, _ := pick()
		if q.ID == p.ID {
			return
		}
		c := d.change(repertoire.CauseMerge, "fusion")
		w := d.edit(&p)
		put(&c, &p, p.Version)
		c.Ops = append(c.Ops, store.Delete(repertoire.AggPartnership, q.ID, q.Version))
		d.apply(c, w)
	case n < 87: // import: several at once
		c := d.change(repertoire.CauseImport, "import")
		var words []word
		for i, r := range rows {
			if i > 5 {
				break
			}
			q, err := d.store.Partnership(ctx, r.ID)
			d.must(err)
			words = append(words, d.edit(&q))
			put(&c, &q, q.Version)
		}
		d.apply(c, words...)
	case n < 91:
		d.dropAuthority()
	case n < 95:
		d.editAuthority()
	default:
		d.directory()
	}
}

func (d *modelDesk) edit(p *repertoire.Partnership) word {
	token := d.m.token()
	w := word{place{p.ID, ""}, token}
	switch d.m.IntN(5) {
	case 0:
		p.Title, w.field = token, "title"
	case 1:
		p.Description, w.field = token, "description"
	case 2:
		p.Context, w.field = token, "context"
	case 3:
		id := repertoire.NewID()
		p.Projects, w.field = append(p.Projects, repertoire.Project{ID: id, Title: token}), "project "+string(id)
	case 4:
		p.Notes, w.field = token, "notes"
	}
	return w
}

func (d *modelDesk) authorities() []repertoire.Authority {
	var out []repertoire.Authority
	err := d.store.EachBody(d.m.t.Context(), func(b store.Body) error {
		var a repertoire.Authority
		if b.Aggregate != repertoire.AggAuthority || b.Trashed {
			return nil
		}
		err := json.Unmarshal(b.JSON, &a)
		out = append(out, a)
		return err
	})
	d.must(err)
	return out
}

func (d *modelDesk) createOne() {
	all := d.authorities()
	if len(all) == 0 {
		return
	}
	token, id := d.m.token(), repertoire.NewID()
	c := d.change(repertoire.CauseEdit, "création")
	french, foreign := all[d.m.IntN(len(all))].ID, all[d.m.IntN(len(all))].ID
	if d.m.IntN(3) == 0 { // with an authority that reference data give the same ID everywhere
		a := repertoire.Authority{ID: repertoire.DeriveID(fmt.Sprint("r:", d.m.IntN(4))), Name: "Référence", Article: -1, Country: "SN",
			Level: repertoire.LevelCommune}
		if _, err := d.store.Authority(d.m.t.Context(), a.ID); err != nil {
			put(&c, &a, 0)
		}
		foreign = a.ID
	}
	put(&c, partnership(id, french, foreign, token), 0)
	d.apply(c, word{place{id, "title"}, token})
}

func (d *modelDesk) restore() {
	trash, err := d.store.Trash(d.m.t.Context())
	d.must(err)
	if len(trash) == 0 {
		return
	}
	x := trash[d.m.IntN(len(trash))]
	c, err := d.store.PlanRestore(d.m.t.Context(), x.Aggregate, x.ID, "essai", d.m.now(d))
	if err == nil {
		d.apply(c)
	}
}

func (d *modelDesk) undo() {
	log, err := d.store.Log(d.m.t.Context(), 0, 10)
	d.must(err)
	if len(log) == 0 {
		return
	}
	plan, err := d.store.PlanUndo(d.m.t.Context(), log[d.m.IntN(len(log))].ID)
	if err != nil {
		return
	}
	c, err := plan.Change("essai", d.m.now(d), store.Skip)
	d.must(err)
	c.Ops = slices.DeleteFunc(c.Ops, func(op repertoire.Op) bool { return op.Aggregate == repertoire.AggSales }) // the shop stays open
	d.apply(c)
}

func (d *modelDesk) dropAuthority() {
	all := d.authorities()
	if len(all) == 0 {
		return
	}
	c := d.change(repertoire.CauseEdit, "suppression de collectivité")
	c.Ops = append(c.Ops, store.Delete(repertoire.AggAuthority, all[d.m.IntN(len(all))].ID, store.AnyVersion))
	d.apply(c)
}

func (d *modelDesk) editAuthority() {
	all := d.authorities()
	if len(all) == 0 {
		return
	}
	a := all[d.m.IntN(len(all))]
	token := d.m.token()
	a.Notes = token
	c := d.change(repertoire.CauseEdit, "collectivité")
	put(&c, &a, store.AnyVersion)
	d.apply(c, word{place{a.ID, "notes"}, token})
}

func (d *modelDesk) directory() {
	slug := fmt.Sprint("rep", d.m.IntN(3))
	c := d.change(repertoire.CauseEdit, "répertoire")
	if old, err := d.store.Directory(d.m.t.Context(), slug); err == nil {
		if d.m.IntN(2) == 0 {
			c.Ops = append(c.Ops, store.Delete(repertoire.AggDirectory, old.ID, old.Version))
			d.apply(c)
			return
		}
		token := d.m.token()
		old.Title = token
		put(&c, &old, old.Version)
		d.apply(c, word{place{old.ID, "title"}, token})
		return
	}
	token, id := d.m.token(), repertoire.NewID()
	put(&c, &repertoire.Directory{ID: id, Slug: slug, Title: token}, 0)
	d.apply(c, word{place{id, "title"}, token})
}
