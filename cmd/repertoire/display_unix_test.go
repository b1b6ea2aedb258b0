//go:build !windows && !darwin

package main

import (
	"strings"
	"testing"
)

func TestWithoutADisplayASentenceSaysSo(t *testing.T) {
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	if err := displayable(); err == nil || !strings.Contains(err.Error(), "repertoirectl") {
		t.Errorf("said %v", err)
	}
	t.Setenv("DISPLAY", ":0")
	if err := displayable(); err != nil {
		t.Errorf("with a display: %v", err)
	}
}
