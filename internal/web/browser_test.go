package web

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	paper "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"repertoire/internal/search"
)

// browser starts Debian's Chromium; without one there is nothing to look with.
func browser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes some seconds")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium here: .ci/setup test installs it")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.WindowSize(1280, 900))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, shut := chromedp.NewContext(ctx)
	t.Cleanup(shut)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// faults notes what a page complains of and what it asks of others.
type faults struct {
	mu   sync.Mutex
	list []string
}

func (f *faults) add(s string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = append(f.list, s)
}

// listen notes until the page is shut.
func (f *faults) listen(t *testing.T, ctx context.Context, own string) {
	t.Helper()
	thrown, asked, failed := chromedp.Events(ctx, runtime.ExceptionThrown), chromedp.Events(ctx, network.RequestWillBeSent),
		chromedp.Events(ctx, network.LoadingFailed)
	go func() {
		for ev := range thrown {
			if ev.ExceptionDetails != nil {
				f.add(ev.ExceptionDetails.Text)
			}
		}
	}()
	go func() {
		for ev := range asked {
			if ev.Request != nil && !strings.HasPrefix(ev.Request.URL, own) && !strings.HasPrefix(ev.Request.URL, "data:") {
				f.add("asks for " + ev.Request.URL)
			}
		}
	}()
	go func() {
		for ev := range failed {
			if ev.ErrorText != "" && ev.ErrorText != "net::ERR_ABORTED" {
				f.add("not loaded: " + ev.ErrorText)
			}
		}
	}()
	run(t, ctx, "listening", told(network.Enable, network.EnableParams{}))
}

// told sends a command to the browser.
func told[P any](c cdp.Command[P, cdp.Empty], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

func (f *faults) none(t *testing.T) {
	t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.list {
		t.Error(s)
	}
}

func written(t *testing.T, slug string) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), slug)
	if _, err := Write(context.Background(), sampleInput(t, slug), folder, nil); err != nil {
		t.Fatal(err)
	}
	return folder
}

// step is one thing a reader does or sees.
type step = chromedp.Action[chromedp.Void]

// is waits until an expression of the page is true.
func is(expression string) step {
	return chromedp.Poll[chromedp.Void](expression, chromedp.WithPollingTimeout(20*time.Second))
}

func does(script string) step { return chromedp.Evaluate[chromedp.Void](script + ";void 0") }

func value[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return v
}

func run(t *testing.T, ctx context.Context, what string, steps ...step) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		state, _ := chromedp.Run(ctx, chromedp.Evaluate[string](
			`location.href+" | "+document.getElementById("count")?.textContent+" | "+document.getElementById("list")?.innerText.slice(0,300)`))
		t.Fatalf("%s: %v; %s", what, err, state)
	}
}

// asked types a question, as one types.
func asked(words string) step {
	return does(`(()=>{const q=document.getElementById("q");q.value=` + quoted(words) +
		`;q.dispatchEvent(new Event("input",{bubbles:true}))})()`)
}

func quoted(s string) string { b, _ := json.Marshal(s); return string(b) }

// TestTheSampleEditionsInABrowser does what a reader does, from a disk and from
// a plain file server: search, facets, map, entry, back.
func TestTheSampleEditionsInABrowser(t *testing.T) {
	ctx := browser(t)
	japon, latin := written(t, "japon"), written(t, "amerique-latine-caraibe")
	server := httptest.NewServer(http.FileServer(http.Dir(latin)))
	defer server.Close()
	t.Run("Japan from a disk", func(t *testing.T) {
		ctx, shut := chromedp.NewContext(ctx)
		defer shut()
		f := &faults{}
		f.listen(t, ctx, "file://")
		home := "file://" + japon + "/index.html"
		run(t, ctx, "first page", chromedp.Navigate(home),
			is(`document.getElementById("count").textContent.includes("31")&&!document.querySelector(".facets").hidden`))
		run(t, ctx, "an inflection, accents forgotten", asked("jumelages kobe"),
			is(`document.querySelectorAll("#list li").length===1&&document.querySelector("#list a").textContent.includes("Kobe")||document.querySelector("#list a")?.textContent.includes("Kobé")`))
		run(t, ctx, "the beginning of a word", asked("vers"), is(`document.querySelector("#list a").textContent.startsWith("Versailles")`))
		run(t, ctx, "a slip of the hand", asked("versaolles"),
			is(`document.querySelector("#list a")?.textContent.startsWith("Versailles")&&document.getElementById("understood").textContent.includes("versailles")`))
		run(t, ctx, "nothing answers", asked("xylophone"),
			is(`document.querySelector("#list .none")&&document.getElementById("count").textContent.startsWith("0")`))
		run(t, ctx, "all again", asked(""), is(`document.getElementById("count").textContent.includes("31")`))
		run(t, ctx, "a facet", does(`document.querySelector('input[name="region"][value="Bretagne"]').click()`),
			is(`location.hash.includes("region=Bretagne")&&[...document.querySelectorAll("#list li p")].filter(p=>!p.className).every(p=>p.textContent.includes("Bretagne"))&&document.querySelectorAll("#list li").length>0`))
		run(t, ctx, "the counts of others hold with it",
			is(`(()=>{const n=+document.getElementById("count").textContent.match(/\d+/)[0];return n===+document.querySelector('input[name="region"][value="Bretagne"]').closest("label").querySelector(".n").textContent&&n<31})()`))
		run(t, ctx, "the map follows",
			is(`document.querySelectorAll('svg.map[data-panel="1"] circle.off').length>0&&document.querySelectorAll('svg.map[data-panel="1"] circle:not(.off)').length>0`))
		run(t, ctx, "back", does(`history.back()`), is(
			`!location.hash.includes("region")&&document.getElementById("count").textContent.includes("31")`))
		run(t, ctx, "a dot of the map",
			does(`document.querySelector('svg.map[data-panel="1"] circle').dispatchEvent(new MouseEvent("click",{bubbles:true}))`),
			is(`location.hash.includes("la=")&&document.querySelectorAll("#list li").length<31&&document.querySelectorAll("circle.on").length===1`))
		run(t, ctx, "an entry", does(`document.querySelector("#list a").click()`), chromedp.WaitVisible(".entry h1"),
			chromedp.WaitVisible(`a[href^="mailto:"]`))
		run(t, ctx, "back to the same answers", chromedp.NavigateBack(),
			is(`location.hash.includes("la=")&&document.querySelectorAll("circle.on").length===1`))
		run(t, ctx, "an address that was shared", chromedp.Navigate("about:blank"), chromedp.Navigate(home+"#q=yokosuka&region=Bretagne"),
			is(`document.getElementById("q").value==="yokosuka"&&document.querySelectorAll("#list li").length===1&&document.querySelector("#list a").textContent.startsWith("Brest")`))
		f.none(t)
	})
	t.Run("Latin America from a server", func(t *testing.T) {
		ctx, shut := chromedp.NewContext(ctx)
		defer shut()
		f := &faults{}
		f.listen(t, ctx, server.URL)
		run(t, ctx, "first page", chromedp.Navigate(server.URL+"/?pays=Cuba"),
			is(`document.querySelectorAll("#list li").length===5&&document.getElementById("chosen").textContent.includes("Cuba")`))
		run(t, ctx, "a second choice adds to the first", does(`document.querySelector('input[name="pays"][value="Haïti"]').click()`),
			is(`document.querySelectorAll("#list li").length===7`))
		run(t, ctx, "a word not wanted", asked("-martinique"),
			is(`document.querySelectorAll("#list li").length>0&&[...document.querySelectorAll("#list li")].every(l=>!l.textContent.includes("Martinique"))`))
		run(t, ctx, "the filters are taken away", asked(""), does(`document.querySelector(".chip.clear").click()`),
			is(`document.getElementById("count").textContent.includes("48")`))
		f.none(t)
	})
	t.Run("without JavaScript", func(t *testing.T) {
		ctx, shut := chromedp.NewContext(ctx)
		defer shut()
		run(t, ctx, "first page", told(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}),
			chromedp.Navigate("file://"+japon+"/index.html"), chromedp.WaitVisible("#list li a"),
			told(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{}))
		titles := value[int](t, ctx, `document.querySelectorAll("#list li a").length`)
		asking := value[int](t, ctx, `[...document.querySelectorAll(".ask,.facets")].filter(e=>e.offsetParent).length`)
		if titles != shownFirst || asking != 0 {
			t.Errorf("%d entries listed, %d things that need a script", titles, asking)
		}
	})
	t.Run("print", func(t *testing.T) {
		ctx, shut := chromedp.NewContext(ctx)
		defer shut()
		files, err := filepath.Glob(filepath.Join(japon, "fiches", "*.html"))
		if err != nil || len(files) == 0 {
			t.Fatal(err)
		}
		run(t, ctx, "an entry", chromedp.Navigate("file://"+files[0]), chromedp.WaitVisible(".entry h1"))
		pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(func(p *paper.PrintToPDFParams) { p.PreferCSSPageSize = new(true) }))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := exec.LookPath("pdftotext"); err != nil {
			t.Skip("no pdftotext here")
		}
		file := filepath.Join(t.TempDir(), "page.pdf")
		if err := os.WriteFile(file, pdf, 0o600); err != nil {
			t.Fatal(err)
		}
		text, err := exec.Command("pdftotext", "-layout", file, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		if s := string(text); !strings.Contains(s, "Pour citer cette fiche") || strings.Contains(s, "Fil d’Ariane") ||
			strings.Contains(s, "Rechercher") || strings.Contains(s, "Signaler") {
			t.Errorf("on paper stands:\n%s", s)
		}
	})
}

// TestStemsAreTheProgramsOwn holds the stems of the page against the program's,
// on every word of the samples and on endings of every rule.
func TestStemsAreTheProgramsOwn(t *testing.T) {
	ctx := browser(t)
	cutter := search.NewCutter()
	want := map[string]string{}
	read := func(text string) {
		cutter.Each(text, func(w search.Word) { want[w.Folded] = w.Stem })
	}
	set, err := samples()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(set)
	if err != nil {
		t.Fatal(err)
	}
	read(string(raw))
	for _, ending := range []string{"issement", "issements", "issant", "ement", "ivement", "ificatrice", "ificateur", "catrice", "cateurs",
		"atrice", "ateur", "trices", "teuse", "teurs",
		"euse", "ive", "ives", "folle", "molle", "ionnelle", "ionnel", "ique", "esse", "inage", "ualisation", "isateur", "ation", "itions",
		"aux", "eaux", "oux", "ie", "ier", "ee", "aise", "oises", "iere", "gere", "ete", "ieme", "ssx", "rr"} {
		for _, root := range []string{"", "p", "ab", "port", "social", "communal", "fleur", "grand", "etabl"} {
			read(root + ending)
		}
	}
	if len(want) < 2000 {
		t.Fatalf("only %d words", len(want))
	}
	text, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	irregular, err := json.Marshal(search.Irregular())
	if err != nil {
		t.Fatal(err)
	}
	script, err := siteFiles.ReadFile("site/search.js")
	if err != nil {
		t.Fatal(err)
	}
	run(t, ctx, "the script", does(string(script)))
	wrong := value[[]string](t, ctx, `(()=>{const want=`+string(text)+`,irregular=`+string(irregular)+
		`;return Object.keys(want).filter(w=>REPERTOIRE.stem(w,irregular)!==want[w]).map(w=>w+": "+REPERTOIRE.stem(w,irregular)+", not "+want[w])})()`)
	for _, s := range wrong {
		t.Error(s)
	}
	t.Logf("%d words", len(want))
	// Words are cut alike too.
	for _, text := range []string{"L’eau d’Agen et l'Haÿ-les-Roses", "St-Louis, Ste-Foy", "A.F.D. et O.N.G.", "N’Djamena", "Œuvre à Nœux",
		"静岡市", "وادي المثال", "co-développement 2024", "aujourd’hui jusqu’au 1er"} {
		got := value[[]string](t, ctx, `REPERTOIRE.cut(`+quoted(text)+`).map(x=>x.w)`)
		known := map[string]bool{}
		cutter.Each(text, func(w search.Word) { known[w.Folded] = true })
		for _, w := range got {
			if !known[w] {
				t.Errorf("%q is cut into %q, of which %q is no word of the index", text, got, w)
			}
		}
		if len(got) == 0 {
			t.Errorf("%q gives no word", text)
		}
	}
}
