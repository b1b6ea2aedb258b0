package npm

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
)

// registryOf serves one tarball at the usual address, counting the requests.
func registryOf(t *testing.T, address string, body []byte) (*Client, *int) {
	t.Helper()
	asked := new(int)
	mux := http.NewServeMux()
	mux.HandleFunc(address, func(w http.ResponseWriter, r *http.Request) { *asked++; _, _ = w.Write(body) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	if address == "/elsewhere.tgz" {
		mux.HandleFunc("/{name}/1.0.0", func(w http.ResponseWriter, r *http.Request) {
			_, _ = w.Write([]byte(`{"dist":{"tarball":"` + server.URL + address + `"}}`))
		})
	}
	return &Client{Registry: server.URL + "/", Dir: t.TempDir(), HTTP: server.Client()}, asked
}

func tarballOf(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	zipped := gzip.NewWriter(&out)
	archive := tar.NewWriter(zipped)
	for name, body := range files {
		if err := archive.WriteHeader(&tar.Header{Name: name, Size: int64(len(body)), Mode: 0o644, Typeflag: tar.TypeReg}); err != nil {
			t.Fatal(err)
		}
		if _, err := archive.Write([]byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	archive.Close()
	zipped.Close()
	return out.Bytes()
}

func TestFetchVerifiesAndKeeps(t *testing.T) {
	for _, address := range []string{"/@s/fonts/-/fonts-1.0.0.tgz", "/elsewhere.tgz"} {
		client, asked := registryOf(t, address, tarballOf(t, map[string]string{"package/a.txt": "corps"}))
		pinned, err := client.Pin(context.Background(), Package{Name: "@s/fonts", Version: "1.0.0"})
		if err != nil || !strings.HasPrefix(pinned.Integrity, "sha512-") {
			t.Fatalf("%s: Pin: %+v, %v", address, pinned, err)
		}
		file, err := client.Fetch(context.Background(), pinned)
		if err != nil || *asked != 1 {
			t.Fatalf("%s: Fetch asked %d times: %v", address, *asked, err)
		}
		got, err := Read(file, "package/a.txt")
		if err != nil || string(got["package/a.txt"]) != "corps" {
			t.Errorf("%s: read %q, %v", address, got, err)
		}
		if _, err := Read(file, "package/b.txt"); repertoire.KindOf(err) != repertoire.Damaged {
			t.Errorf("%s: a missing file gave %v", address, err)
		}
	}
}

func TestFetchRefusesOtherBytes(t *testing.T) {
	client, asked := registryOf(t, "/fonts/-/fonts-1.0.0.tgz", []byte("autre chose"))
	_, err := client.Fetch(context.Background(), Package{Name: "fonts", Version: "1.0.0", Integrity: "sha512-AAAA"})
	if repertoire.KindOf(err) != repertoire.Damaged || *asked != 1 {
		t.Fatalf("asked %d times: %v", *asked, err)
	}
	left, _ := filepath.Glob(filepath.Join(client.Dir, "*"))
	if len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	if _, err := client.Fetch(context.Background(),
		Package{Name: "fonts", Version: "1.0.0"}); repertoire.KindOf(err) != repertoire.Refused {
		t.Errorf("without a checksum: %v", err)
	}
}

func TestDamagedTarball(t *testing.T) {
	whole := tarballOf(t, map[string]string{"package/a.txt": strings.Repeat("corps", 1000)})
	for name, body := range map[string][]byte{"short": whole[:len(whole)/2], "text": []byte("pas une archive"), "empty": nil} {
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, body, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(file, "package/a.txt"); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestWebAddress(t *testing.T) {
	for in, want := range map[string]string{
		"https://r.example/npm": "https://r.example/npm/", "http://localhost:4873/\n": "http://localhost:4873/",
		"undefined": "", "": "", "file:///etc": "",
	} {
		if got := webAddress(in); got != want {
			t.Errorf("webAddress(%q) = %q, want %q", in, got, want)
		}
	}
}
