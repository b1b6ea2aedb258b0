package help

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
	guide "repertoire/assets/help"
)

const sample = `# Les éditions

Une édition est figée.

## Figer

On fige par **Ctrl+G**. Le bouton dit tout.

![La liste](liste.png)

Après l’image.
`

func TestAChapterIsTakenApart(t *testing.T) {
	c := ReadChapter("30-editions.md", []byte(sample))
	if c.ID != "editions" || c.Title != "Les éditions" || len(c.Sections) != 2 {
		t.Fatalf("read %+v", c)
	}
	blocks := c.Sections[1].Blocks
	if len(blocks) != 3 || blocks[1] != (Block{Picture: "liste.png", Caption: "La liste"}) || blocks[2].Text != "Après l’image." {
		t.Errorf("blocks %+v", blocks)
	}
}

func TestSearchForgivesAccents(t *testing.T) {
	c := []Chapter{ReadChapter("30-editions.md", []byte(sample))}
	found := Search(c, "EDITION figee")
	if len(found) != 1 || found[0].Section != 0 {
		t.Errorf("found %+v", found)
	}
	found = Search(c, "bouton")
	if len(found) != 1 || found[0].Title != "Figer" || found[0].Line != "Le bouton dit tout." {
		t.Errorf("found %+v", found)
	}
	if len(Search(c, "  ")) != 0 || len(Search(c, "zèbre")) != 0 {
		t.Error("nothing must be found")
	}
}

// Each chapter of the guide has a title and text, and each picture it names is
// there.
func TestTheGuideIsWhole(t *testing.T) {
	if len(guide.Chapters()) == 0 {
		t.Fatal("there is no guide")
	}
	for _, file := range guide.Chapters() {
		source, err := guide.Chapter(file)
		if err != nil {
			t.Fatal(err)
		}
		c := ReadChapter(file, source)
		if c.Title == "" || len(c.Sections) == 0 {
			t.Errorf("%s has no title or no text", file)
		}
		for _, s := range c.Sections {
			for _, b := range s.Blocks {
				if b.Picture == "" {
					continue
				}
				if _, err := guide.Picture(b.Picture); err != nil {
					t.Errorf("%s: %v", file, err)
				}
				if b.Caption == "" {
					t.Errorf("%s: %s has no caption", file, b.Picture)
				}
			}
		}
	}
}

func TestTypingFindsAndEnterReads(t *testing.T) {
	apptest.App(t)
	v := New(task.AtOnce())
	apptest.Window(t, v, 1040, 620)
	test.Type(v.search, "enregistrer")
	if len(v.found) == 0 {
		t.Fatal("the guide says nothing of saving")
	}
	v.search.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	shown, ok := apptest.Find(v.page, func(x *widgets.Text) bool { return strings.Contains(strings.ToLower(x.Text()), "enregistrer") })
	if !ok {
		t.Error("the section is not shown")
	} else if shown.Text() != v.found[0].Title {
		t.Errorf("shown %q", shown.Text())
	}
	v.search.SetText("zzz")
	if _, ok := apptest.Find(v.side, func(*widgets.Rows) bool { return true }); ok {
		t.Error("rows for nothing")
	}
}
