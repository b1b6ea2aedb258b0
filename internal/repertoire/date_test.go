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
		"3 févr. 2012": "2012-02-03", "12 aout 1999": "1999-08-12", " 29/02/2024 ": "2024-02-29",
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

func TestDateFrench(t *testing.T) {
	for in, want := range map[Date]string{"2025-07-01": "1er juillet 2025", "2025-07-14": "14 juillet 2025", "2025-08": "août 2025", "2025": "2025", "": ""} {
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
	}{{"2012", "2013", true}, {"2012", "2012-05", false}, {"2012-05", "2012", false}, {"", "2012", false}, {"2012-04-30", "2012-05", true}} {
		if got := c.a.Before(c.b); got != c.want {
			t.Errorf("%q before %q = %v", c.a, c.b, got)
		}
	}
}
