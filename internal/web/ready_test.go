package web

import (
	"compress/gzip"
	"flag"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

var readySites = flag.String("sites", "", "folders of sites, parted by commas, of which TestSearchIsReady says when their search is ready")

// slowLine is deprecated in the protocol for what Debian's Chromium may not know yet.
var slowLine = cdp.Command[line, cdp.Empty]{Method: "Network.emulateNetworkConditions"}

type line struct {
	Offline            bool    `json:"offline"`
	Latency            float64 `json:"latency"`            // milliseconds
	DownloadThroughput float64 `json:"downloadThroughput"` // bytes a second
	UploadThroughput   float64 `json:"uploadThroughput"`
}

// TestSearchIsReady says what the first view of sites weighs on the wire and when
// their search is ready, through a line as slow as the "slow 4G" of Lighthouse:
// 1.6 Mbit/s and 150 ms there and back, from a file server that compresses and
// from one that does not. Time on a machine that does other things says nothing:
// it fails on nothing.
func TestSearchIsReady(t *testing.T) {
	if *readySites == "" {
		t.Skip("no -sites to look at")
	}
	ctx := browser(t)
	for _, folder := range strings.Split(*readySites, ",") {
		for name, compressed := range map[string]bool{"plain": false, "gzip": true} {
			files := http.FileServer(http.Dir(folder))
			var mu sync.Mutex
			sent := map[string]int{}
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				out := &counting{ResponseWriter: w}
				if text := strings.Contains(".html.js.css.svg", filepath.Ext(r.URL.Path+"index.html")); compressed && text &&
					!strings.HasSuffix(r.URL.Path, ".woff") {
					w.Header().Set("Content-Encoding", "gzip")
					z := gzip.NewWriter(out)
					files.ServeHTTP(zipped{w, z}, r)
					_ = z.Close()
				} else {
					files.ServeHTTP(out, r)
				}
				mu.Lock()
				sent[r.URL.Path] += out.n
				mu.Unlock()
			}))
			for range 3 {
				func() {
					ctx, shut := chromedp.NewContext(ctx)
					defer shut()
					mu.Lock()
					clear(sent)
					mu.Unlock()
					run(t, ctx, "a slow line", told(network.Enable, network.EnableParams{}),
						told(network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}),
						told(slowLine, line{Latency: 150, DownloadThroughput: 1.6e6 / 8, UploadThroughput: 750e3 / 8}))
					run(t, ctx, "first page", chromedp.Navigate(server.URL+"/"), is(`window.REPERTOIRE&&REPERTOIRE.readyAt>0`))
					ready, painted := value[float64](t, ctx, `REPERTOIRE.readyAt`),
						value[float64](t, ctx, `(performance.getEntriesByName("first-contentful-paint")[0]||{}).startTime||0`)
					mu.Lock()
					total := 0
					for _, n := range sent {
						total += n
					}
					mu.Unlock()
					t.Logf("%s, %s: %d bytes of %d files, first words painted at %.0f ms, search ready at %.0f ms", filepath.Base(folder),
						name, total, len(sent), painted, ready)
				}()
			}
			server.Close()
		}
	}
}

// counting counts what is sent.
type counting struct {
	http.ResponseWriter
	n int
}

func (c *counting) Write(b []byte) (int, error) {
	c.n += len(b)
	return c.ResponseWriter.Write(b)
}

// zipped sends through gzip.
type zipped struct {
	http.ResponseWriter
	z *gzip.Writer
}

func (z zipped) WriteHeader(code int) {
	z.Header().Del("Content-Length")
	z.ResponseWriter.WriteHeader(code)
}

func (z zipped) Write(b []byte) (int, error) { return z.z.Write(b) }
