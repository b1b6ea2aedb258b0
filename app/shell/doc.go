// Package shell is the window: its panes, menus, shortcuts, palette and first
// screen. It is given a way to open a workspace and wires the views to it; it
// does none of their work.
package shell
