// Package guide holds the manual of the program, which is itself a handbook:
// the folder content/ beside this file. "handbook help --web" shows it, and
//
//	handbook -C cmd/handbook/guide serve
//
// shows it while it is written. The help texts in it are written by the test
// that compares them with the program:
//
//	go test ./cmd/handbook -run Guide -update
//
// A code block whose first line is ```text help build is the help of the
// command build.
package guide

import (
	"embed"
	"io/fs"
)

//go:embed content
var files embed.FS

// FS returns the content folder of the guide.
func FS() (fs.FS, error) { return fs.Sub(files, "content") }
