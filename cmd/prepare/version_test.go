package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"repertoire/internal/workspace"
)

// The number of the version stands in FyneApp.toml; the program says it without
// the Makefile's help too, and a release is tagged with it.
func TestTheVersionIsOne(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "FyneApp.toml"))
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`(?m)^Version = "(\d+\.\d+\.\d+)"`).FindSubmatch(data)
	if found == nil {
		t.Fatal("no version in FyneApp.toml")
	}
	number := string(found[1])
	if workspace.Version != number {
		t.Errorf("the program says %s, FyneApp.toml %s", workspace.Version, number)
	}
	out, err := exec.Command("git", "tag", "--points-at", "HEAD", "--list", "v*").Output()
	if err != nil {
		t.Skip("no git here: tags are not compared")
	}
	for _, tag := range strings.Fields(string(out)) {
		if tag != "v"+number {
			t.Errorf("this commit is tagged %s, FyneApp.toml has %s", tag, number)
		}
	}
	news, err := os.ReadFile(filepath.Join("..", "..", "assets", "help", "90-nouveautes.md"))
	if err != nil || !strings.Contains(string(news), "## Version "+number) {
		t.Errorf("« Nouveautés » has no section for %s (%v)", number, err)
	}
}
