package pdf

import (
	"crypto/md5"

	"repertoire/internal/pdf/object"
)

// Attachment is a file carried inside a digital file, which then is written to
// PDF/A-3 (ISO 19005-3, 6.8) instead of PDF/A-2: only part 3 lets a file of any
// kind in.
type Attachment struct {
	Name        string // as readers list it: "factur-x.xml"
	MIME        string // "text/xml"
	Description string
	Data        []byte
	// Invoice is the profile of Factur-X, as its XMP writes it ("EN 16931"),
	// when the attachment is the XML of the invoice on the pages; "" for any
	// other file.
	Invoice string
}

// attach puts the attachments in and names them in the catalog, sorted as they
// were given.
func (f *finisher) attach(catalog *object.Dict) {
	if len(f.opts.Attachments) == 0 {
		return
	}
	when := object.String(pdfDate(date(f.pages.Meta)))
	var names, associated object.Array
	for _, a := range f.opts.Attachments {
		sum := md5.Sum(a.Data) // the checksum the format asks for (ISO 32000-1, table 46)
		file := object.Deflated(object.NewDict("Type", object.Name("EmbeddedFile"), "Subtype", object.Name(a.MIME),
			"Params", object.NewDict("Size", len(a.Data), "ModDate", when, "CheckSum", object.String(sum[:]))), a.Data)
		ref := f.draft.Add(file)
		// Factur-X 1.0, 6.2.2: the XML stands for the page as much as the page
		// for it.
		relation := object.Name("Supplement")
		if a.Invoice != "" {
			relation = "Alternative"
		}
		spec := f.draft.Add(object.NewDict("Type", object.Name("Filespec"), "F", object.Text(a.Name), "UF", object.Text(a.Name),
			"Desc", object.Text(a.Description), "AFRelationship", relation, "EF", object.NewDict("F", ref, "UF", ref)))
		names = append(names, object.Text(a.Name), spec)
		associated = append(associated, spec)
	}
	all, _ := catalog.Get("Names").(*object.Dict)
	if all == nil {
		all = object.NewDict()
	}
	all.Set("EmbeddedFiles", f.draft.Add(object.NewDict("Names", names)))
	catalog.Set("Names", all)
	catalog.Set("AF", associated)
}

// invoice gives the attachment that is the XML of an invoice, nil when there
// is none.
func (o Options) invoice() *Attachment {
	for i := range o.Attachments {
		if o.Attachments[i].Invoice != "" {
			return &o.Attachments[i]
		}
	}
	return nil
}

// invoiceSchema describes the properties of Factur-X to readers of PDF/A
// (Factur-X 1.0, 6.3).
func invoiceSchema() string {
	s := `
<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>` + invoiceSpace + `</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>fx</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>`
	for _, p := range [][2]string{
		{"DocumentFileName", "Name of the embedded XML invoice file"},
		{"DocumentType", "INVOICE"},
		{"Version", "Version of the Factur-X XML schema"},
		{"ConformanceLevel", "Profile of the Factur-X XML data"},
	} {
		s += `<rdf:li rdf:parseType="Resource">
<pdfaProperty:name>` + p[0] + `</pdfaProperty:name>
<pdfaProperty:valueType>Text</pdfaProperty:valueType>
<pdfaProperty:category>external</pdfaProperty:category>
<pdfaProperty:description>` + p[1] + `</pdfaProperty:description>
</rdf:li>`
	}
	return s + `</rdf:Seq></pdfaSchema:property>
</rdf:li>`
}

// invoiceSpace is the namespace of Factur-X's metadata.
const invoiceSpace = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"

// invoiceProperties says in the metadata what the XML is.
func invoiceProperties(a *Attachment) string {
	return `<rdf:Description rdf:about="" xmlns:fx="` + invoiceSpace + `">
<fx:DocumentType>INVOICE</fx:DocumentType>
<fx:DocumentFileName>` + escape(a.Name) + `</fx:DocumentFileName>
<fx:Version>1.0</fx:Version>
<fx:ConformanceLevel>` + escape(a.Invoice) + `</fx:ConformanceLevel>
</rdf:Description>
`
}
