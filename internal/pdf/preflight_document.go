package pdf

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"repertoire/internal/pdf/object"
	"repertoire/internal/picture/icc"
)

// pageFacts is what is known of a page.
type pageFacts struct {
	dict                           *object.Dict
	resources                      *object.Dict
	media, crop, bleed, trim       [4]float64
	hasBleed, hasTrim, hasMediaBox bool
	label                          string
	text                           []byte           // all of it, in content order
	parts                          map[int][][2]int // of it, by MCID
	mcids                          map[int]bool
	pictures                       map[int]bool // MCIDs that show an image
}

// clear forgets what was read of the page's content.
func (p *pageFacts) clear() {
	p.text, p.parts, p.mcids, p.pictures = nil, map[int][][2]int{}, map[int]bool{}, map[int]bool{}
}

// said notes that the text from start on is of a marked content.
func (p *pageFacts) said(mcid, start int) {
	if len(p.text) > start {
		p.parts[mcid] = append(p.parts[mcid], [2]int{start, len(p.text)})
	}
}

// textOf gives the text of a marked content.
func (p *pageFacts) textOf(mcid int) string {
	parts := p.parts[mcid]
	if len(parts) == 1 {
		return string(p.text[parts[0][0]:parts[0][1]])
	}
	var out []byte
	for _, x := range parts {
		out = append(out, p.text[x[0]:x[1]]...)
	}
	return string(out)
}

// walkPages lists the pages under a node of the page tree.
func (in *inspection) walkPages(v any, inherited *object.Dict, depth int, seen map[int]bool) {
	if ref, ok := v.(object.Ref); ok {
		if seen[ref.Num] {
			return
		}
		seen[ref.Num] = true
	}
	d := in.file.Dict(v)
	if d == nil || depth > 32 {
		return
	}
	merged := object.NewDict()
	for _, key := range []object.Name{"Resources", "MediaBox", "CropBox"} {
		if own := d.Get(key); own != nil {
			merged.Set(key, own)
		} else if above := inherited.Get(key); above != nil {
			merged.Set(key, above)
		}
	}
	if kids := in.file.Array(d.Get("Kids")); kids != nil {
		for _, k := range kids {
			in.walkPages(k, merged, depth+1, seen)
		}
		return
	}
	if ref, ok := v.(object.Ref); ok {
		in.pageOf[ref.Num] = len(in.pages)
	}
	p := &pageFacts{dict: d, resources: in.file.Dict(merged.Get("Resources"))}
	p.clear()
	p.media, p.hasMediaBox = in.box(merged.Get("MediaBox"))
	if p.crop, _ = in.box(merged.Get("CropBox")); p.crop == [4]float64{} {
		p.crop = p.media
	}
	p.trim, p.hasTrim = in.box(d.Get("TrimBox"))
	p.bleed, p.hasBleed = in.box(d.Get("BleedBox"))
	if !p.hasTrim {
		p.trim = p.crop
	}
	in.pages = append(in.pages, p)
}

func (in *inspection) box(v any) (b [4]float64, ok bool) {
	a := in.file.Array(v)
	if len(a) != 4 {
		return b, false
	}
	for i := range b {
		n, ok := object.Number(in.file.Resolve(a[i]))
		if !ok {
			return [4]float64{}, false
		}
		b[i] = n
	}
	b[0], b[2] = min(b[0], b[2]), max(b[0], b[2])
	b[1], b[3] = min(b[1], b[3]), max(b[1], b[3])
	return b, true
}

// identify finds out what the file claims to be.
func (in *inspection) identify() {
	info := in.file.Dict(in.file.Trailer.Get("Info"))
	maker, _ := in.file.Resolve(info.Get("Producer")).(object.String)
	in.ours = maker.Decode() == producer
	in.ran(checkOrigin)
	if !in.ours {
		in.warned(checkOrigin, -1, "Ce fichier ne vient pas de Répertoire : seuls les contrôles qui valent pour tout PDF ont été faits.")
	}
	for _, v := range in.file.Array(in.catalog.Get("OutputIntents")) {
		switch in.file.Name(in.file.Dict(v).Get("S")) {
		case "GTS_PDFX":
			in.variant = Print
		case "GTS_PDFA1":
			if in.variant == "" {
				in.variant = Digital
			}
		}
	}
	// Without an intent, or with it taken away, the tags and the key of Info
	// still tell what the file was meant to be.
	if in.variant == "" {
		switch {
		case info.Get("GTS_PDFXVersion") != nil:
			in.variant = Print
		case in.ours:
			in.variant = Digital
		}
	}
}

// document checks what concerns the file as a whole.
func (in *inspection) document() {
	in.identifier()
	in.metadata()
	if in.variant == "" {
		return
	}
	in.intent()
	in.ran(checkLanguage)
	if lang, _ := in.file.Resolve(in.catalog.Get("Lang")).(object.String); len(lang) < 2 {
		in.found(checkLanguage, -1, "La langue du document n'est pas indiquée.")
	}
	if in.file.Resolve(in.file.Dict(in.catalog.Get("ViewerPreferences")).Get("DisplayDocTitle")) != true {
		in.found(checkLanguage, -1, "Le titre du document n'est pas affiché par les lecteurs.")
	}
	if in.variant != Print {
		return
	}
	in.ran(checkPageCount)
	if len(in.pages)%2 != 0 && len(in.pages) > 1 {
		in.found(checkPageCount, -1, "Le fichier compte %d pages : un livre imprimé en a un nombre pair.", len(in.pages))
	}
	in.ran(checkAnnotations)
	for i, p := range in.pages {
		if n := len(in.file.Array(p.dict.Get("Annots"))); n > 0 {
			in.found(checkAnnotations, i, "La page porte %d liens ou annotations, qu'une presse ne sait pas rendre.", n)
		}
	}
}

func (in *inspection) identifier() {
	in.ran(checkIdentifier)
	id := in.file.Array(in.file.Trailer.Get("ID"))
	if len(id) != 2 {
		in.found(checkIdentifier, -1, "Le fichier n'a pas d'identifiant (ID).")
		return
	}
	for _, v := range id {
		if s, _ := v.(object.String); len(s) < 16 {
			in.found(checkIdentifier, -1, "L'identifiant du fichier (ID) est trop court.")
			return
		}
	}
}

// intent checks the output intent and its profile.
func (in *inspection) intent() {
	in.ran(checkIntent)
	intents := in.file.Array(in.catalog.Get("OutputIntents"))
	if len(intents) != 1 {
		in.found(checkIntent, -1, "Le fichier doit dire pour quelle condition de sortie il est fait ; il en indique %d.", len(intents))
		return
	}
	d := in.file.Dict(intents[0])
	stream, ok := in.file.Resolve(d.Get("DestOutputProfile")).(*object.Stream)
	if !ok {
		in.found(checkIntent, -1, "L'intention de sortie n'a pas de profil colorimétrique.")
		return
	}
	if name, _ := in.file.Resolve(d.Get("OutputConditionIdentifier")).(object.String); len(name) == 0 {
		in.found(checkIntent, -1, "L'intention de sortie n'a pas de nom.")
	}
	data, err := in.file.Decode(stream)
	if err != nil {
		in.found(checkIntent, -1, "Le profil colorimétrique est illisible.")
		return
	}
	p, err := icc.Parse(data)
	if err != nil {
		in.found(checkIntent, -1, "Le profil colorimétrique est abîmé.")
		return
	}
	want, n, french := "CMYK", 4, "CMJN"
	if in.variant == Digital {
		want, n, french = "RGB ", 3, "RVB"
	}
	if p.Space != want || in.file.Int(stream.Dict.Get("N")) != n {
		in.found(checkIntent, -1, "Le profil de l'intention de sortie n'est pas un profil %s.", french)
	}
}

// metadata checks XMP and that Info says the same.
func (in *inspection) metadata() {
	in.ran(checkMetadata)
	stream, ok := in.file.Resolve(in.catalog.Get("Metadata")).(*object.Stream)
	if !ok {
		in.found(checkMetadata, -1, "Le fichier n'a pas de métadonnées XMP.")
		return
	}
	data, err := in.file.Decode(stream)
	if err != nil {
		in.found(checkMetadata, -1, "Les métadonnées XMP sont illisibles.")
		return
	}
	values, err := readXMP(data)
	if err != nil {
		in.found(checkMetadata, -1, "Les métadonnées XMP ne sont pas du XML correct.")
		return
	}
	info := in.file.Dict(in.file.Trailer.Get("Info"))
	titleInfo, _ := in.file.Resolve(info.Get("Title")).(object.String)
	switch {
	case values["title"] == "":
		in.found(checkMetadata, -1, "Les métadonnées ne donnent pas le titre.")
	case len(titleInfo) > 0 && titleInfo.Decode() != values["title"]:
		in.found(checkMetadata, -1, "Le titre des métadonnées (« %s ») n'est pas celui du fichier (« %s »).", values["title"],
			titleInfo.Decode())
	}
	need := func(keys ...string) {
		for i := 0; i+1 < len(keys); i += 2 {
			if got := values[keys[i]]; got != keys[i+1] && !(keys[i+1] == "" && got != "") {
				in.found(checkMetadata, -1, "Les métadonnées devraient porter %s%s.", keys[i], strings.TrimRight(" = "+keys[i+1], " ="))
			}
		}
	}
	switch in.variant {
	case Print:
		need("GTS_PDFXVersion", "PDF/X-4", "DocumentID", "", "VersionID", "", "RenditionClass", "", "CreateDate", "", "ModifyDate", "",
			"MetadataDate", "", "Trapped", "False")
	case Digital:
		part := "2"
		if len(in.file.Array(in.catalog.Get("AF"))) > 0 {
			part = "3"
			in.attachments(values)
		}
		need("part", part, "conformance", "A", "ua", "1", "CreateDate", "", "ModifyDate", "")
	}
}

// attachments checks that each file inside is whole and described, and that
// the metadata of an invoice name one of them.
func (in *inspection) attachments(values map[string]string) {
	invoice := values["DocumentFileName"] == ""
	for _, v := range in.file.Array(in.catalog.Get("AF")) {
		spec := in.file.Dict(v)
		name, _ := in.file.Resolve(spec.Get("UF")).(object.String)
		file, ok := in.file.Resolve(in.file.Dict(spec.Get("EF")).Get("F")).(*object.Stream)
		if !ok {
			in.found(checkMetadata, -1, "La pièce jointe « %s » n'a pas de contenu.", name.Decode())
			continue
		}
		data, err := in.file.Decode(file)
		size, _ := object.Number(in.file.Dict(file.Dict.Get("Params")).Get("Size"))
		if err != nil || len(data) != int(size) {
			in.found(checkMetadata, -1, "La pièce jointe « %s » n'est pas entière.", name.Decode())
		}
		if spec.Get("AFRelationship") == nil || spec.Get("Desc") == nil || file.Dict.Get("Subtype") == nil {
			in.found(checkMetadata, -1, "La pièce jointe « %s » ne dit pas ce qu'elle est.", name.Decode())
		}
		invoice = invoice || name.Decode() == values["DocumentFileName"]
	}
	if !invoice {
		in.found(checkMetadata, -1, "Les métadonnées annoncent la facture « %s », qui n'est pas jointe.", values["DocumentFileName"])
	}
}

// readXMP gives the text of simple properties by local name, with the part of
// PDF/UA under "ua"; lists give their first item.
func readXMP(data []byte) (map[string]string, error) {
	values := map[string]string{}
	dec := xml.NewDecoder(strings.NewReader(string(data)))
	var open []xml.Name
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return values, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			open = append(open, t.Name)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			name, ok := property(open)
			if s := strings.TrimSpace(string(t)); ok && s != "" && values[name] == "" {
				values[name] = s
			}
		}
	}
}

// property names the innermost element that is not RDF's own.
func property(open []xml.Name) (string, bool) {
	for i := len(open) - 1; i >= 0; i-- {
		switch {
		case strings.Contains(open[i].Space, "22-rdf-syntax-ns"), open[i].Space == "adobe:ns:meta/":
			continue
		case strings.Contains(open[i].Space, "pdfa/ns/"):
			// The description of a schema is not a property.
			if strings.HasSuffix(open[i].Space, "pdfa/ns/id/") {
				return open[i].Local, true
			}
			return "", false
		case strings.Contains(open[i].Space, "pdfua/ns/id"):
			return "ua", true
		}
		return open[i].Local, true
	}
	return "", false
}
