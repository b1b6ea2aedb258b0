// Package icc converts colours between sRGB screens and CMYK presses through
// the tables of an ICC profile (ICC.1:2001 lut8 and lut16, ICC.1:2010 A2B and
// B2A curves), relative colorimetric with black point compensation. It refuses
// damaged or unsuitable profiles and never guesses inks.
package icc
