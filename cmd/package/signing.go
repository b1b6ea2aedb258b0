package main

import (
	"context"
	"os"
)

// signature says what to sign Windows' files with; without a key they stay
// unsigned, and Windows asks who downloads them whether they trust them.
type signature struct {
	key      string // a PKCS#12 file
	password string // the file that holds its password
	server   string // of time stamps (RFC 3161), so that a signature outlives its certificate; "" for none
}

// signed signs a program or an installer in place, when there is a key.
func (r *release) signed(ctx context.Context, file string) error {
	if r.sign.key == "" {
		return nil
	}
	args := []string{"sign", "-pkcs12", r.sign.key, "-h", "sha256", "-n", r.Name, "-i", r.Site}
	if r.sign.password != "" {
		args = append(args, "-readpass", r.sign.password)
	}
	if r.sign.server != "" {
		args = append(args, "-ts", r.sign.server)
	}
	bare := file + ".unsigned"
	if err := os.Rename(file, bare); err != nil {
		return err
	}
	if err := r.tool(ctx, "osslsigncode", append(args, "-in", bare, "-out", file)...); err != nil {
		return err
	}
	return os.Remove(bare)
}
