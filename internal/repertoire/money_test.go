package repertoire

import (
	"testing"

	"pgregory.net/rapid"
)

func TestParseMoney(t *testing.T) {
	for in, want := range map[string]Money{
		"": {}, "1 364 239 EUR": Euros(1364239), "400 000,50 €": {40000050, "EUR"}, "1500": Euros(1500),
		"1.500.000 FCFA": {150000000, "XOF"}, "12.5": {1250, "EUR"}, "3 000 000 ¥": {300000000, "JPY"}, "1.500": Euros(1500),
	} {
		if got, err := ParseMoney(in); err != nil || got != want {
			t.Errorf("ParseMoney(%q) = %v, %v; want %v", in, got, err, want)
		}
	}
	for _, in := range []string{"EUR", "12,345 €", "douze", "12 €/an", "1,2,3", "99999999999999999999"} {
		if got, err := ParseMoney(in); err == nil {
			t.Errorf("ParseMoney(%q) = %v, want a refusal", in, got)
		}
	}
}

func TestMoneyRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := Money{rapid.Int64Range(0, 1e15).Draw(t, "cents"), rapid.SampledFrom([]string{"EUR", "XOF", "JPY", "USD"}).Draw(t, "currency")}
		if got, err := ParseMoney(m.French()); err != nil || got != m {
			t.Fatalf("%q reads as %v, %v; want %v", m.French(), got, err, m)
		}
	})
}

func TestThousands(t *testing.T) {
	for in, want := range map[int64]string{0: "0", 999: "999", 1000: "1\u202f000", -1234567: "−1\u202f234\u202f567"} {
		if got := Thousands(in); got != want {
			t.Errorf("Thousands(%d) = %q, want %q", in, got, want)
		}
	}
}
