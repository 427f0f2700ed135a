package page

import "banshi/generator/internal/output"

// kinds are the page types that are few; each gives all its files. The order does not matter: files are sorted by path. Those that
// every place has many of are placePages.
var kinds = []func(*builder) []output.File{
	(*builder).articlePages,
	(*builder).assetFiles,
	(*builder).bundlePages,
	(*builder).calendarFiles,
	(*builder).certificatePages,
	(*builder).changesPages,
	(*builder).comparisonPages,
	(*builder).consultationPages,
	(*builder).statePages,
	(*builder).dataPages,
	(*builder).divisionPages,
	(*builder).documentPages,
	(*builder).facetPages,
	(*builder).headerFiles,
	(*builder).homePages,
	(*builder).intermediaryPages,
	(*builder).itemPages,
	(*builder).lawPages,
	(*builder).listPages,
	(*builder).materialPages,
	(*builder).notFoundPages,
	(*builder).qualityPages,
	(*builder).searchPages,
	(*builder).signpostPages,
	(*builder).topicPages,
}
