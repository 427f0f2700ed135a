// Package page makes the HTML of the portal: every page that a reader meets, as files that are rendered when asked for.
//
//   - A theme ([LoadTheme]) is templates, words, assets and tokens. A site overrides a single file of the default theme by
//     placing the same path in its own.
//   - A template sees nothing but its view: a struct of ready strings, numbers and truth values made from the Site by Go code
//     of this package. Views are small; they never hold records.
//   - A page's stamp is the hash of its view, the theme and [Version]. Nothing is rendered to know it.
//   - What many pages share is a [Fragment]: a template executed alone, once, on its own view, and spliced into every page
//     that shows it. A guide of a county is a dozen words of its own and a score of fragments that a hundred and seventy
//     counties have in common; the cost of a build follows what is distinct, not what is repeated.
//   - What pages have in common row by row is rendered once and dealt out, and long parts of a page go straight into it ([splice]).
//   - Only this package makes [html/template.HTML], and only from what its own templates and number-only SVG code wrote.
//   - Links are relative, so that the portal works in any folder and from a USB stick.
//
// # Adding a page type
//
// A page type is one file of this package and one template:
//
//  1. <kind>.go has the views, each embedding [Page], and a method func (b *builder) <kind>Pages() []output.File that returns
//     b.page(url, "pages/<kind>", func() any { return &<kind>View{Page: b.head(url, title, description), …} }) for each page.
//     The function is called once for the stamp and again at each rendering, and must give the same view each time.
//  2. themes/default/templates/pages/<kind>.html starts with {{template "layout/open" .Page}} and ends with
//     {{template "layout/close" .Page}}.
//  3. kinds.go lists the method. Words of the interface go to i18n/zh-CN.toml and en.toml; {{t "key"}} reads them, and
//     {{t "key" "name" .Name}} fills {name}.
//
// Links in views are made with b.link(from, to), with addresses of package site.
package page

// Version is the version of the program, part of every stamp: another program may render the same view differently.
var Version = "dev"
