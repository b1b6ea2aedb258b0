package repertoire

import (
	"testing"
	"time"
)

func TestTypography(t *testing.T) {
	for in, want := range map[string]string{
		`L'eau "potable" : c'est fait !`:              "L’eau «\u00a0potable\u00a0»\u00a0: c’est fait\u202f!",
		"L’eau «\u00a0potable\u00a0»":                 "L’eau «\u00a0potable\u00a0»",
		"Voir https://cuf.fr/a:b?c=1;d l'an 12:30":    "Voir https://cuf.fr/a:b?c=1;d l’an 12:30",
		"[L'aide](https://x.fr/l'eau?a=1) et `l'eau`": "[L’aide](https://x.fr/l'eau?a=1) et `l'eau`",
		"Etat, Ecole et Iles; A la fin":               "État, École et Îles\u202f; À la fin",
		"1ère et 2ème, XIXème, 1 er, 40 %, n°5...":    "1re et 2e, XIXe, 1er, 40\u00a0%, n°\u00a05…",
		"Etaples, Elusive, AOC":                       "Etaples, Elusive, AOC",
		"":                                            "", "**gras**\n- liste": "**gras**\n- liste",
	} {
		got := Typography(in)
		if got != want {
			t.Errorf("%q\n got %q\nwant %q", in, got, want)
		}
		if again := Typography(got); again != got {
			t.Errorf("%q changes twice: %q", got, again)
		}
	}
}

func TestShortDatesAndMultiples(t *testing.T) {
	for in, want := range map[string]Date{"12/3/24": "2024-03-12", "1.1.98": "1998-01-01", "mars 2019": "2019-03", "2015": "2015"} {
		if d, err := ParseDate(in); err != nil || d != want {
			t.Errorf("%q is %q, %v", in, d, err)
		}
	}
	for _, in := range []string{"31/2/24", "0/1/24", "12/13/24"} {
		if _, err := ParseDate(in); err == nil {
			t.Errorf("%q was taken", in)
		}
	}
	for in, want := range map[string]Money{
		"1,2 M€": Euros(1_200_000), "350 k€": Euros(350_000), "3 millions de FCFA": {300_000_000, "XOF"}, "2 Md€": Euros(2_000_000_000),
		"5 000 MGA": {500_000, "MGA"}, "10 KMF": {1000, "KMF"}, "1,5 million d’euros": Euros(1_500_000),
	} {
		if m, err := ParseMoney(in); err != nil || m != want {
			t.Errorf("%q is %+v, %v", in, m, err)
		}
	}
}

func TestTrustOfAField(t *testing.T) {
	p := Partnership{Objectives: "x", Verified: "2023-01-05"}
	now, err := ParseDate("23/11/2026")
	if err != nil {
		t.Fatal(err)
	}
	at := dayOf(t, now)
	if trust, _, filled := p.Trust("objectives", at); trust != TrustStale || !filled {
		t.Error("two years old is stale, is", trust)
	}
	p.Confirmations = map[string]Confirmation{"objectives": {At: at.AddDate(-1, -1, 0), By: "Zoé"}}
	if trust, last, _ := p.Trust("objectives", at); trust != TrustAgeing || last.By != "Zoé" {
		t.Error("thirteen months old ages, is", trust)
	}
	if _, _, filled := p.Trust("history", at); filled {
		t.Error("an empty field has nothing to confirm")
	}
}

func dayOf(t *testing.T, d Date) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02", string(d))
	if err != nil {
		t.Fatal(err)
	}
	return at
}
