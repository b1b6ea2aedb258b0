package repertoire

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	for in, want := range map[string]Date{
		"": "", "2012": "2012", "05/2012": "2012-05", "3/5/2012": "2012-05-03", "03-05-2012": "2012-05-03",
		"2012-05-03": "2012-05-03", "mai 2012": "2012-05", "1er juillet 2025": "2025-07-01",
		"3 févr. 2012": "2012-02-03", "1er/05/2008": "2008-05-01", "le lundi 3 mai 2012": "2012-05-03", "2012/05/03": "2012-05-03",
		"May 4, 2010":          "2010-05-04",
		"2012-05-03T10:20:30Z": "2012-05-03", "03.05.2012 00:00": "2012-05-03", "20120503": "2012-05-03", "12 March 1998": "1998-03-12",
		"12 aout 1999": "1999-08-12", " 29/02/2024 ": "2024-02-29",
	} {
		got, err := ParseDate(in)
		if err != nil || got != want {
			t.Errorf("ParseDate(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"31/02/2012", "29/02/2023", "13/2012", "00/2012", "jui 2012", "hier", "12", "2012-13-01", "1er mai"} {
		if got, err := ParseDate(in); err == nil {
			t.Errorf("ParseDate(%q) = %q, want a refusal", in, got)
		}
	}
}

// A year of two figures said of a past fact is never ahead, whatever the day.
func TestTwoFiguresOfAPastFact(t *testing.T) {
	for in, want := range map[string]Date{"14/07/50": "1950-07-14", "14/07/26": "2026-07-14", "28/11/26": "1926-11-28",
		"01/01/99": "1999-01-01",
		"3-mai-58": "1958-05-03", "mai-58": "1958-05", "05/58": "1958-05", "02/02/00": "2000-02-02", "29/02/24": "2024-02-29"} {
		if got, err := ParsePastDate(in, "2026-11-27"); err != nil || got != want {
			t.Errorf("%q is %q, %v; want %q", in, got, err, want)
		}
	}
	if got, _ := ParseDateUntil("31/12/30", "2046-11-27"); got != "2030-12-31" {
		t.Errorf("the end of a convention is %q", got)
	}
}

// What a person is not sure of stays so, from the form to the page and back.
func TestUncertainDates(t *testing.T) {
	for in, want := range map[string]struct{ date, french Date }{
		"vers 1960": {"1960~", "vers 1960"}, "Env. 1960": {"1960~", "vers 1960"}, "1960 ?": {"1960~", "vers 1960"},
		"1960 environ": {"1960~", "vers 1960"},
		"circa 1987":   {"1987~", "vers 1987"}, "vers mai 1960": {"1960-05~", "vers mai 1960"}, "années 60": {"196X", "années 1960"},
		"les années 1980": {"198X", "années 1980"}, "1960s": {"196X", "années 1960"}, "195x": {"195X", "années 1950"}} {
		d, err := ParseDate(in)
		if err != nil || d != want.date || Date(d.French()) != want.french || !d.Valid() {
			t.Errorf("%q is %q (%s), %v; want %+v", in, d, d.French(), err, want)
		}
		for _, text := range []string{d.Field(), d.French(), string(d)} {
			if again, err := ParseDate(text); err != nil || again != d {
				t.Errorf("%q comes back from %q as %q, %v", d, text, again, err)
			}
		}
	}
	for _, c := range []struct {
		a, b Date
		want bool
	}{{"1960~", "1961", true}, {"1961~", "1960", false}, {"196X", "1965", false}, {"196X", "1970", true}, {"1959", "196X", true}} {
		if got := c.a.Before(c.b); got != c.want {
			t.Errorf("%q before %q: %v", c.a, c.b, got)
		}
	}
	if d := Date("196X"); d.Year() != 1960 || d.Approximate() || !d.Decade() {
		t.Errorf("%q: year %d", d, d.Year())
	}
	for _, bad := range []Date{"X", "19XX", "1960-13~", "~", "9999X"} {
		if bad.Valid() {
			t.Errorf("%q is valid", bad)
		}
	}
}

func TestDateFrench(t *testing.T) {
	for in, want := range map[Date]string{"2025-07-01": "1er juillet 2025", "2025-07-14": "14 juillet 2025", "2025-08": "août 2025",
		"2025": "2025", "": ""} {
		if got := in.French(); got != want {
			t.Errorf("%q.French() = %q, want %q", in, got, want)
		}
	}
}

// A date shown in a form, or written in a text, must come back as itself.
func TestDateRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 100000).Draw(t, "day"))
		d := DateOf(day)
		d = d[:rapid.SampledFrom([]int{4, 7, 10}).Draw(t, "precision")]
		for _, text := range []string{string(d), d.Field(), d.French()} {
			if got, err := ParseDate(text); err != nil || got != d {
				t.Fatalf("%q reads as %q, %v; want %q", text, got, err, d)
			}
		}
	})
}

func TestDateBefore(t *testing.T) {
	for _, c := range []struct {
		a, b Date
		want bool
	}{{"2012", "2013", true}, {"2012", "2012-05", false}, {"2012-05", "2012", false}, {"", "2012", false},
		{"2012-04-30", "2012-05", true}} {
		if got := c.a.Before(c.b); got != c.want {
			t.Errorf("%q before %q = %v", c.a, c.b, got)
		}
	}
}
