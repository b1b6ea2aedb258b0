// Package picture reads picture files that come from outside: JPEG and PNG of
// every kind, within a limit of pixels, in sRGB or in inks. It never trusts a
// file and never places or prints anything.
package picture
