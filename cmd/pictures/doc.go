// Command pictures takes the pictures of the user guide and of the README from
// the running program, and those that are looked at before a release: each
// scene, light and dark, in French and English, in two sizes. A folder of work
// comes in, PNG files go out.
package main
