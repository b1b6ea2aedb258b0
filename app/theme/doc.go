// Package theme is the look of the window: a restrained palette with one
// accent, light and dark, two text sizes and two weights, a 4-unit grid and
// one family of icons. It answers Fyne's questions and holds no state.
package theme
