package page

import "banshi/generator/internal/output"

// kinds are the page types; each gives all its files. The order does not matter: files are sorted by path.
var kinds = []func(*builder) []output.File{
	(*builder).assetFiles,
	(*builder).guidePages,
}
