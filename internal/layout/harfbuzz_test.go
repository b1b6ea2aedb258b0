package layout

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/assets"
)

// wordLists are words of every script the books print, ours: names of places
// and words of the field, for Arabic every letter alone, first, between and
// last.
var wordLists = []struct {
	name, lang, script, font string
	words                    []string
}{
	{"arabe", "ar", "arab", "NotoNaskhArabic", append(
		strings.Fields(`بيروت بوتلميت القاهرة نواكشوط طرابلس صيدا جبيل زحلة بعلبك عاليه الجزائر تونس
سوسة صفاقس الدار البيضاء مراكش فاس طنجة أكادير نواذيبو كيفة روصو ألاك العيون لعيون سيليبابي الطينطان بلدية مدينة تعاون لامركزي شراكة اتفاقية
مياه صرف صحي تعليم شباب ثقافة تراث تنمية مستدامة فلاحة تكوين مهني صحة مستشفى مدرسة مكتبة بيئة مناخ غابة طاقة نفايات هيئة رئيس بلديّة مُدُن
لبنان سوريا فلسطين نابلس رام الله الخليل بيت لحم جنين أريحا غزة ياسين يحيى ليلى ميناء ئيل شيء مسؤول آسفي إفريقيا لآلئ الإسلام لإعادة`), joinings()...)},
	{"arménien", "hy", "armn", "NotoSansArmenian",
		strings.Fields(`Երևան Գյումրի Վանաձոր Վաղարշապատ Հրազդան Կապան Արմավիր Գորիս Արտաշատ Սևան Դիլիջան Իջևան Աշտարակ Եղեգնաձոր Ստեփանավան
համայնք համագործակցություն գործընկերություն մշակույթ կրթություն և եւ Հայաստանի Հանրապետություն`)},
	{"géorgien", "ka", "geor", "NotoSansGeorgian",
		strings.Fields(
			`თბილისი ქუთაისი ბათუმი რუსთავი გორი ზუგდიდი ფოთი თელავი ახალციხე მცხეთა საქართველო თანამშრომლობა მუნიციპალიტეტი კულტურა განათლება ᲗᲑᲘᲚᲘᲡᲘ`)},
	{"hébreu", "he", "hebr", "NotoSansHebrew", strings.Fields(
		`ירושלים חיפה אשדוד נתניה רחובות אשקלון טבריה עכו נצרת צפת אילת עירייה שותפות חינוך תרבות שָׁלוֹם יִשְׂרָאֵל בְּאֵר־שֶׁבַע`)},
	{"thaï", "th", "thai", "NotoSansThai", strings.Fields(
		`กรุงเทพมหานคร เชียงใหม่ เชียงราย นครราชสีมา ขอนแก่น ภูเก็ต อยุธยา สุโขทัย อุดรธานี ปัตตานี น้ำ ความร่วมมือ ท้องถิ่น การศึกษา วัฒนธรรม สิ่งแวดล้อม ปู่ ป้า ฝี่ กำปั้น`)},
	{"devanagari", "hi", "deva", "NotoSansDevanagari",
		strings.Fields(
			`पुदुच्चेरी चण्डीगढ़ मुम्बई दिल्ली कोलकाता जयपुर वाराणसी काठमाण्डू ललितपुर सहयोग संस्कृति शिक्षा पर्यावरण स्वास्थ्य युवा नगर निगम राष्ट्रीय क्षेत्र श्री ज्ञान ` + "र्\u200dय" + ` कर्म हिन्दी द्वितीय`)},
	{"khmer", "km", "khmr", "NotoSansKhmer", strings.Fields(
		`ភ្នំពេញ សៀមរាប បាត់ដំបង កំពង់ចាម កំពត ព្រះសីហនុ តាកែវ ស្វាយរៀង កម្ពុជា សហប្រតិបត្តិការ ការអប់រំ វប្បធម៌ ទឹក ស្រុក ខេត្ត ឃុំ សុខភាព ប្រាសាទ អង្គរវត្ត ក្រុង`)},
	{"japonais", "ja", "", "NotoSansJP", strings.Fields(
		`東京都 京都市 奈良市 広島市 長崎市 金沢市 名古屋市 静岡市 桜井市 札幌市 旭川市 北海道 高松市 松江市 別府市 きょうと ナント レンヌ 姉妹都市 友好都市 協力 教育 文化 環境 若者 市役所 ー々〆`)},
	{"chinois", "zh", "hani", "NotoSansJP", strings.Fields(`北京 上海 武漢 廣州 合作 教育 文化`)},
}

// joinings puts each Arabic letter alone, first, in the middle and last.
func joinings() []string {
	var words []string
	for _, r := range "ابتثجحخدذرزسشصضطظعغفقكلمنهويىئؤأإآةءپچژگکی" {
		c := string(r)
		words = append(words, c, c+"ب", "ب"+c+"ب", "ب"+c, "ي"+c+"ي", "ل"+c, c+c+c)
	}
	return words
}

var latinWords = strings.Fields(`Répertoire coopération décentralisée Œuvre œuvre cœur Haÿ-les-Roses L’Haÿ naïf Übersee Łódź Český Krumlov Győr Đà Nẵng Hà Nội Şanlıurfa Iași
Fianarantsoa ﬁnances affaires efficace afflux office A.V. AVOIR Tokyo Kyōto Ōsaka 1958–2026 12,5 Pe̍h-ōe-jī M̧ajro Τρίπολη Αθήνα Софія Київ`)

type hbGlyph struct {
	G              int
	DX, DY, AX, AY float64
}

// TestShapesAsHarfBuzz compares glyphs, advances and offsets with the reference
// implementation, word by word, at the end of our own chain: choice of the
// font, runs, features. Text extraction cannot see a wrong glyph.
func TestShapesAsHarfBuzz(t *testing.T) {
	if _, err := exec.LookPath("hb-shape"); err != nil {
		t.Skip("hb-shape (libharfbuzz-bin) n’est pas installé")
	}
	design, err := LoadDesign("", "")
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(fontsOf{}, design)
	if err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	for _, l := range wordLists {
		for _, bold := range []bool{false, true} {
			font := l.font + map[bool]string{false: "-Regular", true: "-Bold"}[bold]
			t.Run(l.name+"/"+font, func(t *testing.T) {
				compareShapes(t, s, dir, l.words, l.lang, l.script, font, Text{Bold: bold, Lang: l.lang, Verbatim: true}, "body", "")
			})
		}
	}
	t.Run("latin", func(t *testing.T) {
		compareShapes(t, s, dir, latinWords, "fr", "", "NotoSerif-Regular", Text{Verbatim: true}, "body", "onum")
		compareShapes(t, s, dir, latinWords, "fr", "", "NotoSerif-Italic", Text{Verbatim: true, Italic: true}, "body", "onum")
		compareShapes(t, s, dir, latinWords, "fr", "", "NotoSans-Regular", Text{Verbatim: true, Sans: true}, "body", "onum")
		compareShapes(t, s, dir, latinWords, "fr", "", "NotoSerif-Regular", Text{Verbatim: true, SmallCaps: true}, "body", "onum,smcp")
	})
}

type fontsOf struct{}

func (fontsOf) Font(name string) ([]byte, error) { return assets.Font(name) }

func compareShapes(t *testing.T, s *Setter, dir string, words []string, lang, script, fontName string, look Text, st Style, feats string) {
	t.Helper()
	file := filepath.Join(dir, fontName+".ttf")
	data, err := assets.Font(fontName)
	if err != nil {
		t.Skip(err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	for start := 0; start < len(words); start += 200 {
		part := words[start:min(start+200, len(words))]
		want := hbShape(t, file, part, lang, script, feats)
		for i, w := range part {
			got, runs := ours(s, w, look, st)
			if len(runs) != 1 || runs[0] != fontName {
				t.Errorf("%s : composé en %v, attendu %s d’un seul tenant", w, runs, fontName)
				continue
			}
			if diff := differ(got, want[i]); diff != "" {
				t.Errorf("%s (%s) : %s\nici      %v\nHarfBuzz %v", w, fontName, diff, got, want[i])
			}
		}
	}
}

// ours sets a word as a paragraph and gives its glyphs in font units.
func ours(s *Setter, word string, look Text, st Style) (glyphs []hbGlyph, fonts []string) {
	look.Text = word
	para := s.paragraph(paraInput{text: []Inline{look}, style: s.design.styles[st], measure: 1e5, lang: "fr-FR"})
	for _, l := range para.lines {
		for _, r := range l.runs {
			k := float64(r.font.UnitsPerEm) / r.size
			fonts = append(fonts, strings.TrimSuffix(r.font.Name, "-"))
			for _, g := range r.glyphs {
				glyphs = append(glyphs, hbGlyph{G: int(g.ID), DX: math.Round(float64(g.DX) * k), DY: math.Round(float64(g.DY) * k),
					AX: math.Round(g.Advance * k)})
			}
		}
	}
	return glyphs, fonts
}

func hbShape(t *testing.T, file string, words []string, lang, script, feats string) [][]hbGlyph {
	t.Helper()
	args := []string{file, "--no-glyph-names", "--no-clusters", "--output-format=json", "--language=" + lang}
	if script != "" {
		args = append(args, "--script="+script)
	}
	if feats != "" {
		args = append(args, "--features="+feats)
	}
	cmd := exec.Command("hb-shape", args...)
	cmd.Stdin = strings.NewReader(strings.Join(words, "\n") + "\n")
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("hb-shape : %v %s", err, errs.String())
	}
	var all [][]hbGlyph
	for line := range strings.Lines(string(out)) {
		var g []hbGlyph
		if err := json.Unmarshal([]byte(line), &g); err != nil {
			t.Fatalf("%v : %s", err, line)
		}
		all = append(all, g)
	}
	if len(all) != len(words) {
		t.Fatalf("hb-shape a rendu %d lignes pour %d mots", len(all), len(words))
	}
	return all
}

func differ(a, b []hbGlyph) string {
	if len(a) != len(b) {
		return fmt.Sprintf("%d signes au lieu de %d", len(a), len(b))
	}
	for i := range a {
		if a[i].G != b[i].G {
			return fmt.Sprintf("signe %d : %d au lieu de %d", i, a[i].G, b[i].G)
		}
		if math.Abs(a[i].AX-b[i].AX) > 0.5 || math.Abs(a[i].DX-b[i].DX) > 0.5 || math.Abs(a[i].DY-b[i].DY) > 0.5 {
			return fmt.Sprintf("signe %d placé autrement", i)
		}
	}
	return ""
}
