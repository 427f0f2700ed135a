package config

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Edit is where the records are edited, for edit links and prefilled issues.
type Edit struct {
	Repository string `toml:"repository"` // address of the repository as a browser shows it; "" for none
	Forge      string `toml:"forge"`      // what serves it, one of Forges; "" where the host says it
	Branch     string `toml:"branch"`     // default main
	Folder     string `toml:"folder"`     // where the site lies in the repository, "" for its root
}

// Forges are the programs whose addresses are known. Forgejo has those of Gitea.
var Forges = []string{"github", "gitlab", "gitea"}

// addresses are those of one kind of forge, behind the repository's: the folders of a file to read and to edit, the form of a new
// issue, and the names of its title and text.
type addresses struct{ read, edit, issue, title, text string }

// addressesOf are those of each of Forges.
// https://docs.github.com/issues (URL queries), https://docs.gitlab.com (URL parameters of new issues), https://docs.gitea.com.
var addressesOf = map[string]addresses{
	"github": {"/blob/", "/edit/", "/issues/new", "title", "body"},
	"gitlab": {"/-/blob/", "/-/edit/", "/-/issues/new", "issue[title]", "issue[description]"},
	"gitea":  {"/src/branch/", "/_edit/", "/issues/new", "title", "body"},
}

// kind returns the program that serves the repository, or "" where its host does not say.
func (e *Edit) kind() string {
	if e.Forge != "" {
		return e.Forge
	}
	u, err := url.Parse(e.Repository)
	if err != nil {
		return ""
	}
	host := u.Hostname()
	switch {
	case host == "codeberg.org" || strings.HasPrefix(host, "gitea."):
		return "gitea"
	case host == "github.com" || strings.HasPrefix(host, "github."):
		return "github"
	case strings.HasPrefix(host, "gitlab."):
		return "gitlab"
	}
	return ""
}

// Known reports whether there is a repository whose addresses are known. Without one all addresses are "".
func (e *Edit) Known() bool {
	if e.Repository == "" {
		return false
	}
	u, err := url.Parse(e.Repository)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && slices.Contains(Forges, e.kind())
}

// Source shows a file of the site, at a line if that is not 0.
func (e *Edit) Source(path string, line int) string {
	if !e.Known() {
		return ""
	}
	at := e.file(addressesOf[e.kind()].read, path)
	if line > 0 {
		at += "#L" + strconv.Itoa(line)
	}
	return at
}

// Editor opens a file of the site in the forge's editor, from where a change is proposed.
func (e *Edit) Editor(path string) string {
	if !e.Known() {
		return ""
	}
	return e.file(addressesOf[e.kind()].edit, path)
}

// NewIssue is where a mistake is told: an issue with the title and text, empty without a title.
func (e *Edit) NewIssue(title, text string) string {
	if !e.Known() {
		return ""
	}
	a := addressesOf[e.kind()]
	if title == "" {
		return e.base() + a.issue
	}
	return e.base() + a.issue + "?" + url.QueryEscape(a.title) + "=" + url.QueryEscape(title) + "&" + url.QueryEscape(a.text) + "=" + url.QueryEscape(text)
}

func (e *Edit) base() string { return strings.TrimSuffix(strings.TrimRight(e.Repository, "/"), ".git") }

func (e *Edit) file(folder, path string) string {
	branch := e.Branch
	if branch == "" {
		branch = "main"
	}
	if f := strings.Trim(e.Folder, "/"); f != "" {
		path = f + "/" + path
	}
	return e.base() + folder + (&url.URL{Path: branch}).EscapedPath() + "/" + (&url.URL{Path: path}).EscapedPath()
}
