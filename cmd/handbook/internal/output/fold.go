package output

// FoldPath gives the form of a path that is the same for all paths that some
// file system takes for one: case folded and accents taken apart. Two files of
// a site may not share it.
func FoldPath(path string) string { return fold(path) }
