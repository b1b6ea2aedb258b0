package form

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

const (
	packageTypes  = "http://schemas.openxmlformats.org/package/2006/"
	officeTypes   = "http://schemas.openxmlformats.org/officeDocument/2006/"
	worksheetMIME = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// frame writes the parts that hold the sheets together (ECMA-376 part 2 and
// part 1, 18.2), with the identifier again in the document's properties.
func (x *writer) frame() {
	var types, relations, tabs strings.Builder
	for i, t := range x.tabs {
		state := ""
		if t.hidden != "" {
			state = ` state="` + t.hidden + `"`
		}
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, i+1, worksheetMIME)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%srelationships/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, officeTypes,
			i+1)
		fmt.Fprintf(&tabs, `<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>`, escaped(nil, t.name), i+1, state, i+1)
	}
	share := func(name, part string) { x.add(name, []byte(xmlHead+part), true) }
	share("[Content_Types].xml", `<Types xmlns="`+packageTypes+`content-types">`+
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`+
		`<Default Extension="xml" ContentType="application/xml"/>`+
		`<Override PartName="/xl/workbook.xml" ContentType="`+worksheetMIME+`sheet.main+xml"/>`+
		`<Override PartName="/xl/styles.xml" ContentType="`+worksheetMIME+`styles+xml"/>`+
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>`+
		types.String()+`</Types>`)
	share("_rels/.rels", `<Relationships xmlns="`+packageTypes+`relationships">`+
		`<Relationship Id="rId1" Type="`+officeTypes+`relationships/officeDocument" Target="xl/workbook.xml"/>`+
		`<Relationship Id="rId2" Type="`+packageTypes+`relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`)
	share("xl/_rels/workbook.xml.rels", `<Relationships xmlns="`+packageTypes+`relationships">`+relations.String()+
		fmt.Sprintf(`<Relationship Id="rId%d" Type="%srelationships/styles" Target="styles.xml"/></Relationships>`, len(x.tabs)+1, officeTypes))
	share("xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="`+officeTypes+
		`relationships"><workbookProtection lockStructure="1"/><bookViews><workbookView activeTab="0"/></bookViews><sheets>`+tabs.String()+
		`</sheets></workbook>`)
	share("xl/styles.xml", styles)
	x.add("docProps/core.xml", x.core(), false)
}

// core writes the document's properties.
func (x *writer) core() []byte {
	var b bytes.Buffer
	b.WriteString(xmlHead + `<cp:coreProperties xmlns:cp="` + packageTypes + `metadata/core-properties" ` +
		`xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" ` +
		`xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
	for _, p := range [][2]string{{"dc:title", x.q.Title}, {"dc:subject", x.p.Campaign}, {"dc:creator", x.p.Sender},
		{"cp:keywords", x.p.Identifier}, {"dc:language", x.p.Language}} {
		b.WriteString("<" + p[0] + ">")
		_ = xml.EscapeText(&b, []byte(p[1])) // a buffer never fails
		b.WriteString("</" + p[0] + ">")
	}
	b.WriteString("</cp:coreProperties>")
	return b.Bytes()
}

// styles are the looks of cells in the order of their constants: a cell to be
// filled in is open, holds text and has a light ground.
const styles = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
	`<fonts count="5"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>` +
	`<font><b/><sz val="16"/><name val="Calibri"/><family val="2"/></font>` +
	`<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font>` +
	`<font><sz val="9"/><color rgb="FF5A6675"/><name val="Calibri"/><family val="2"/></font>` +
	`<font><sz val="8"/><color rgb="FF9AA5B1"/><name val="Calibri"/><family val="2"/></font></fonts>` +
	`<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` +
	`<fill><patternFill patternType="solid"><fgColor rgb="FFFFFDF3"/><bgColor indexed="64"/></patternFill></fill>` +
	`<fill><patternFill patternType="solid"><fgColor rgb="FFE8EDF3"/><bgColor indexed="64"/></patternFill></fill></fills>` +
	`<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>` +
	`<left style="thin"><color rgb="FFB8C2CE"/></left><right style="thin"><color rgb="FFB8C2CE"/></right>` +
	`<top style="thin"><color rgb="FFB8C2CE"/></top><bottom style="thin"><color rgb="FFB8C2CE"/></bottom><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="8">` +
	`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
	`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">` + wrapped +
	`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">` + wrapped +
	`<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">` + wrapped +
	`<xf numFmtId="49" fontId="0" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFill="1" applyBorder="1" applyAlignment="1"` +
	` applyProtection="1"><alignment vertical="top" wrapText="1"/><protection locked="0"/></xf>` +
	`<xf numFmtId="0" fontId="2" fillId="3" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">` + wrapped +
	`<xf numFmtId="0" fontId="3" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">` + wrapped +
	`<xf numFmtId="49" fontId="4" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>` +
	`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

const wrapped = `<alignment vertical="top" wrapText="1"/></xf>`
