package mapview

import (
	"bytes"
	"context"
	"image/png"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"repertoire/app/files"
	"repertoire/app/i18n"
	"repertoire/app/widgets"
)

// Save asks for a file and writes the picture in view in it.
func (v *View) Save() {
	files.Save(v.window, "export", files.Propose("export", "carte", ".png", time.Now()), i18n.T("Enregistrer l’image de la carte"),
		v.SaveTo)
}

// finer is how much finer the file is than the screen: it may be printed.
const finer = 2

// SaveTo writes the picture in view as PNG, whole or not at all.
func (v *View) SaveTo(path string) {
	o, ok := v.sheet.order()
	if !ok {
		return
	}
	o.w, o.h, o.density = o.w*finer, o.h*finer, o.density*finer
	o.camera.scale *= finer
	v.save.Disable()
	land, notice := v.sheet.land, v.points.Notice
	v.pace.Run(func() {
		p := land.paint(context.Background(), o)
		o.caption(p.image, notice)
		var b bytes.Buffer
		err := png.Encode(&b, p.image)
		if err == nil {
			err = v.door.Atlas().SaveImage(path, b.Bytes())
		}
		fyne.Do(func() {
			v.save.Enable()
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.say(widgets.Success, i18n.T("L’image est écrite dans « %s ».", filepath.Base(path)))
		})
	})
}
