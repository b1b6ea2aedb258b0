package pdf

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strconv"

	"repertoire/internal/layout"
	"repertoire/internal/pdf/object"
	"repertoire/internal/picture/icc"
	"repertoire/internal/repertoire"
)

// finisher edits gopdf's objects and adds those it cannot write.
type finisher struct {
	pages  *layout.Pages
	opts   Options
	drawn  *drawn
	report *Report

	draft object.Draft
	sheet []object.Ref // page objects
}

// finish makes the final file of what was drawn. Anything in gopdf's output
// that is not as expected is an error: a file half understood would be
// accepted here and refused at the press.
func finish(pages *layout.Pages, o Options, d *drawn, r *Report) ([]byte, error) {
	f := &finisher{pages: pages, opts: o, drawn: d, report: r}
	out, err := f.run()
	if err != nil {
		return nil, repertoire.Fault(err,
			"Le PDF composé n'est pas celui qu'on attendait : rien n'a été écrit. Signalez ce document aux auteurs du programme.")
	}
	return out, nil
}

func (f *finisher) run() ([]byte, error) {
	if err := f.load(); err != nil {
		return nil, err
	}
	resources, err := f.loadPages()
	if err != nil {
		return nil, err
	}
	if err := f.contents(); err != nil {
		return nil, err
	}
	if err := f.resources(resources); err != nil {
		return nil, err
	}
	catalog := object.NewDict("Type", object.Name("Catalog"), "Pages", object.Ref{Num: 2})
	f.draft.Objects[1] = catalog
	f.draft.Root = object.Ref{Num: 1}
	catalog.Set("Lang", object.Text(language(f.pages.Meta)))
	catalog.Set("ViewerPreferences", object.NewDict("DisplayDocTitle", true))
	f.outputIntent(catalog)
	f.labels(catalog)
	if f.opts.Variant == Digital {
		f.draft.Version = "1.7"
		f.destinations(catalog)
		f.attach(catalog)
		f.bookmarks(catalog)
		annotations := f.links()
		if err := f.structure(catalog, annotations); err != nil {
			return nil, err
		}
	} else {
		f.draft.Version = "1.6"
	}
	id := f.metadata(catalog)
	return f.draft.Bytes(id), nil
}

// load reads gopdf's file into the draft, numbers kept.
func (f *finisher) load() error {
	file, err := object.Open(f.drawn.raw)
	if err != nil {
		return fmt.Errorf("gopdf's file: %w", err)
	}
	f.draft.Objects = make([]any, file.Len())
	for n := 1; n < file.Len(); n++ {
		v := file.Get(n)
		if v == nil {
			return fmt.Errorf("object %d cannot be read", n)
		}
		f.draft.Objects[n] = v
	}
	if root, _ := f.draft.Objects[1].(*object.Dict); root.Get("Type") != object.Name("Catalog") {
		return fmt.Errorf("object 1 is not the catalog")
	}
	return nil
}

func (f *finisher) dict(v any) *object.Dict {
	if ref, ok := v.(object.Ref); ok && ref.Num > 0 && ref.Num < len(f.draft.Objects) {
		v = f.draft.Objects[ref.Num]
	}
	switch d := v.(type) {
	case *object.Dict:
		return d
	case *object.Stream:
		return d.Dict
	}
	return nil
}

// loadPages finds the page objects, gives them their boxes and returns the
// resources they share.
func (f *finisher) loadPages() (*object.Dict, error) {
	tree := f.dict(object.Ref{Num: 2})
	kids, _ := tree.Get("Kids").(object.Array)
	if len(kids) != len(f.drawn.sheets) {
		return nil, fmt.Errorf("%d pages drawn, %d found", len(f.drawn.sheets), len(kids))
	}
	var resources any
	for i, kid := range kids {
		ref, ok := kid.(object.Ref)
		page := f.dict(kid)
		if !ok || page.Get("Type") != object.Name("Page") {
			return nil, fmt.Errorf("page %d is not a page", i)
		}
		if resources == nil {
			resources = page.Get("Resources")
		}
		if page.Get("Resources") != resources {
			return nil, fmt.Errorf("page %d has resources of its own", i)
		}
		f.sheet = append(f.sheet, ref)
		f.boxes(page, f.drawn.sheets[i])
	}
	d := f.dict(resources)
	if d == nil {
		return nil, fmt.Errorf("no resources")
	}
	return d, nil
}

func (f *finisher) boxes(page *object.Dict, s sheet) {
	w, h, m := s.mediaW(), s.mediaH(), s.margin
	page.Set("MediaBox", object.Array{0, 0, w, h})
	if f.opts.Variant == Digital {
		page.Set("Tabs", object.Name("S"))
		return
	}
	page.Set("TrimBox", object.Array{m, m, w - m, h - m})
	b := m - bleedWidth
	page.Set("BleedBox", object.Array{b, b, w - b, h - b})
}

// contents puts the operators where gopdf left sentinels, all of them once
// and in order, and compresses the pages.
func (f *finisher) contents() error {
	next := 0
	streams := make([]*object.Stream, len(f.sheet))
	plain := make([][]byte, len(f.sheet))
	for i, ref := range f.sheet {
		page := f.dict(ref)
		at, ok := page.Get("Contents").(object.Ref)
		if !ok {
			return fmt.Errorf("page %d has no single content", i)
		}
		s, ok := f.draft.Objects[at.Num].(*object.Stream)
		if !ok || s.Dict.Get("Filter") != nil {
			return fmt.Errorf("content of page %d is not plain", i)
		}
		var err error
		if plain[i], next, err = f.replace(s.Data, next); err != nil {
			return fmt.Errorf("page %d: %w", i, err)
		}
		streams[i] = s
	}
	if next != len(f.drawn.operators) {
		return fmt.Errorf("%d sentinels left, %d found", len(f.drawn.operators), next)
	}
	for i, s := range object.DeflatedAll(plain) {
		*streams[i] = *s
	}
	return nil
}

// replace copies content with the sentinels from number next on replaced.
func (f *finisher) replace(content []byte, next int) ([]byte, int, error) {
	size := len(content)
	var out []byte
	for len(content) > 0 {
		// A line that starts "[] 7" is a sentinel; gopdf's own dash lines
		// hold numbers or end in "0.00 d".
		at := bytes.Index(content, []byte("[] "))
		if at < 0 {
			out = append(out, content...)
			break
		}
		end := bytes.IndexByte(content[at:], '\n')
		if end < 0 || at > 0 && content[at-1] != '\n' {
			return nil, 0, fmt.Errorf("a dash pattern where none was set")
		}
		line := content[at : at+end]
		want := fmt.Appendf(nil, "[] %d.00 d", firstSentinel+next)
		if !bytes.Equal(line, want) {
			return nil, 0, fmt.Errorf("found %q instead of %q", line, want)
		}
		if next >= len(f.drawn.operators) {
			return nil, 0, fmt.Errorf("sentinel %d stands for nothing", next)
		}
		if out == nil {
			out = make([]byte, 0, size+len(f.drawn.operators[next]))
		}
		out = append(out, content[:at]...)
		out = append(out, f.drawn.operators[next]...)
		next++
		content = content[at+end+1:]
	}
	return out, next, nil
}

// resources fills the dictionary all pages share.
func (f *finisher) resources(d *object.Dict) error {
	fonts := f.dict(d.Get("Font"))
	if len(f.drawn.faces) > 0 && (fonts == nil || len(fonts.Pairs) != len(f.drawn.faces)) {
		return fmt.Errorf("%d fonts given, resources differ", len(f.drawn.faces))
	}
	for i, face := range f.drawn.faces {
		ref, ok := fonts.Get(object.Name("F" + strconv.Itoa(i+1))).(object.Ref)
		if !ok {
			return fmt.Errorf("font F%d is missing", i+1)
		}
		if err := f.font(ref, face, i); err != nil {
			return fmt.Errorf("font F%d: %w", i+1, err)
		}
	}
	if err := f.images(f.dict(d.Get("XObject"))); err != nil {
		return err
	}
	for _, key := range []object.Name{"Font", "XObject"} {
		if sub := f.dict(d.Get(key)); sub == nil || len(sub.Pairs) == 0 {
			d.Delete(key)
		}
	}
	d.Delete("ColorSpace")
	d.Delete("ExtGState")
	d.Delete("ProcSet")
	if f.opts.Variant == Digital {
		return nil
	}
	d.Set("ExtGState", object.NewDict(
		overprintState, object.NewDict("Type", object.Name("ExtGState"), "OP", true, "op", true, "OPM", 1),
		knockoutState, object.NewDict("Type", object.Name("ExtGState"), "OP", false, "op", false, "OPM", 1),
	))
	if f.opts.Marks {
		tint := object.NewDict("FunctionType", 2, "Domain", object.Array{0, 1},
			"C0", object.Array{0, 0, 0, 0}, "C1", object.Array{1, 1, 1, 1}, "N", 1)
		d.Set("ColorSpace", object.NewDict(registrationName,
			object.Array{object.Name("Separation"), object.Name("All"), object.Name("DeviceCMYK"), tint}))
	}
	return nil
}

// images puts the pictures where gopdf holds placeholders.
func (f *finisher) images(d *object.Dict) error {
	placed := 0
	if d != nil {
		for _, p := range d.Pairs {
			ref, ok := p.Value.(object.Ref)
			old := f.dict(p.Value)
			width, _ := old.Get("Width").(int)
			if !ok || old.Get("Subtype") != object.Name("Image") || width < 1 || width > len(f.drawn.pictures) {
				return fmt.Errorf("image %s is not one of ours", p.Key)
			}
			f.draft.Objects[ref.Num] = f.drawn.pictures[width-1].stream
			placed++
		}
	}
	if placed != len(f.drawn.pictures) {
		return fmt.Errorf("%d pictures given, %d found", len(f.drawn.pictures), placed)
	}
	return nil
}

// outputIntent says which colours the device values mean.
func (f *finisher) outputIntent(catalog *object.Dict) {
	profile, n := icc.SRGB(), 3
	intent := object.NewDict("Type", object.Name("OutputIntent"))
	if f.opts.Variant == Print {
		profile, n = f.opts.Profile.Data, 4
		info := f.opts.Profile.Info
		if p, err := icc.Parse(profile); info == "" && err == nil {
			info = p.Description()
		}
		intent.Set("S", object.Name("GTS_PDFX"))
		intent.Set("OutputConditionIdentifier", object.Text(f.opts.Profile.Name))
		if registered.MatchString(f.opts.Profile.Name) {
			intent.Set("RegistryName", object.Text("http://www.color.org"))
		}
		intent.Set("Info", object.Text(info))
	} else {
		intent.Set("S", object.Name("GTS_PDFA1"))
		intent.Set("OutputConditionIdentifier", object.Text("sRGB IEC61966-2.1"))
		intent.Set("Info", object.Text("sRGB IEC61966-2.1"))
	}
	intent.Set("DestOutputProfile", f.draft.Add(object.Deflated(object.NewDict("N", n), profile)))
	catalog.Set("OutputIntents", object.Array{intent})
}

// subsetTag is the prefix of an embedded subset's name: six letters that
// depend on the glyphs.
func subsetTag(data []byte) string {
	sum := sha256.Sum256(data)
	tag := make([]byte, 6)
	for i := range tag {
		tag[i] = 'A' + sum[i]%26
	}
	return string(tag) + "+"
}
