package main

import (
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"
)

// repository is a copy of the small portal that a test edits and commits.
type repository struct {
	*testing.T
	dir string
	day int // of November 2026, of the next commit
}

func newRepository(t *testing.T) *repository { return &repository{t, testSite(t), 14} }

func (r *repository) edit(path, old, now string) {
	r.Helper()
	path = filepath.Join(r.dir, filepath.FromSlash(path))
	data, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(data), old) {
		r.Fatalf("%s has no %q (%v)", path, old, err)
	}
	writeFile(r, path, []byte(strings.Replace(string(data), old, now, 1)))
}

// git runs git on the day that is next.
func (r *repository) git(args ...string) {
	r.Helper()
	date := fmt.Sprintf("2026-11-%dT10:00:00+08:00", r.day)
	r.day++
	cmd := exec.Command("git", append([]string{"-C", r.dir, "-c", "commit.gpgsign=false"}, args...)...)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=E", "GIT_AUTHOR_EMAIL=e@example.com",
		"GIT_COMMITTER_NAME=E", "GIT_COMMITTER_EMAIL=e@example.com", "GIT_AUTHOR_DATE="+date, "GIT_COMMITTER_DATE="+date)
	if out, err := cmd.CombinedOutput(); err != nil {
		r.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

// build publishes the state to a new folder.
func (r *repository) build() string {
	r.Helper()
	out := filepath.Join(r.TempDir(), "public")
	banshi(r, nil, "build", "--site", r.dir, "--out", out)
	return out
}

// printed is the version that a guide prints and its QR code carries.
func printed(t *testing.T, site tree, guide string) (standard, local string) {
	t.Helper()
	m := regexp.MustCompile(`data-version="([0-9a-f]{7})-([0-9a-f]{7})"`).FindStringSubmatch(site[guide])
	if m == nil {
		t.Fatalf("%s prints no version", guide)
	}
	return m[1], m[2]
}

// listed returns what a guide says of an earlier version: the words and where they lead.
func listed(t *testing.T, site tree, guide, id string) (words, address string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(site[guide]))
	if err != nil {
		t.Fatal(err)
	}
	each(root, func(n *html.Node) {
		if attr(n, "data-v") == id {
			words = text(n)
			each(n, func(a *html.Node) {
				if a.Data == "a" {
					address = path.Join(path.Dir(guide), attr(a, "href"))
				}
			})
		}
	})
	return words, address
}

// TestPaperStaysAnswered prints a guide, changes what it says, and looks whether what the paper says leads to its text and to what
// changed since, at every later state; also when the item ends.
func TestPaperStaysAnswered(t *testing.T) {
	t.Parallel()
	const guide, standardFile, localFile = "divisions/139921/food-business.01.html", "data/items/food-business/01.toml", "data/divisions/139921/food-business.toml"
	r := newRepository(t)
	site := builtPortal(t).site
	paperStandard, paperLocal := printed(t, site, guide)
	if words, _ := listed(t, site, guide, paperStandard); words != "" {
		t.Errorf("the version that holds is said to be old: %q", words)
	}

	r.edit(standardFile, "legal_limit = [{ value = 20", "legal_limit = [{ value = 18")
	r.git("commit", "-aqm", "a change of the standard")
	r.edit(localFile, "value = 5", "value = 4")
	r.git("commit", "-aqm", "a change of the place")
	site = readTree(t, r.build())
	standard, local := printed(t, site, guide)
	if standard == paperStandard || local == paperLocal {
		t.Fatalf("the version stayed %s-%s", standard, local)
	}
	words, address := listed(t, site, guide, paperStandard)
	if !strings.Contains(words, "法定时限 20→18 个工作日") || address != "items/food-business/01."+paperStandard+".html" {
		t.Errorf("of the standard the guide says %q and leads to %s", words, address)
	}
	old := site[address]
	for _, want := range []string{"20 个工作日", "<del>20 个工作日</del>", "<ins>18 个工作日</ins>", `rel="canonical" href="https://portal.example/items/food-business/"`, paperStandard} {
		if !strings.Contains(old, want) {
			t.Errorf("%s lacks %q", address, want)
		}
	}
	words, address = listed(t, site, guide, paperLocal)
	if !strings.Contains(words, "承诺时限 5→4 个工作日") || !strings.HasPrefix(address, "divisions/139921/versions.html#") {
		t.Errorf("of the place the guide says %q and leads to %s", words, address)
	}
	if page, _, _ := strings.Cut(address, "#"); !strings.Contains(site[page], "<del>5 个工作日</del>") || !strings.Contains(site[page], paperLocal) {
		t.Errorf("%s does not have the text of %s", page, paperLocal)
	}
	township, _ := printed(t, site, "divisions/139921101/dibao.html")
	if words, _ := listed(t, site, "divisions/139921101/dibao.html", township); words != "" || !strings.Contains(site["divisions/139921101/dibao.html"], "没有变过") {
		t.Errorf("a standard that never changed has old versions: %q", words)
	}

	r.edit(standardFile, "legal_limit = [{ value = 18", "legal_limit = [{ value = 20")
	r.git("commit", "-aqm", "back again")
	site = readTree(t, r.build())
	if standard, _ := printed(t, site, guide); standard != paperStandard {
		t.Errorf("the same text is version %s, and was %s", standard, paperStandard)
	}
	if words, _ := listed(t, site, guide, paperStandard); words != "" || site["items/food-business/01."+paperStandard+".html"] != "" {
		t.Errorf("a version that holds again is said to be old: %q", words)
	}
	if page := site["items/food-business/01.versions.html"]; strings.Count(page, "<section class=\"sec bare\" id=\"v-") != 3 {
		t.Errorf("the page of all versions does not have three of them")
	}

	r.edit("data/items/food-business/item.toml", `status = "在用"`, "status = \"取消\"\neffective_to = 2026-11-15\nending = { document = \"sample-doc\", what_now = \"不用再办。\", old_certificates = \"旧证自然失效。\" }")
	r.git("rm", "-q", localFile)
	r.git("commit", "-aqm", "the end")
	site = readTree(t, r.build())
	for _, p := range []string{guide, "divisions/139921/food-business.html"} {
		if page := site[p]; !strings.Contains(page, "这件事已经取消") || !strings.Contains(page, "不用再办。") || !strings.Contains(page, "items/food-business/index.html") {
			t.Errorf("%s does not answer any more: %.300q", p, page)
		}
	}
	if page := site["items/food-business/01."+paperStandard+".html"]; !strings.Contains(page, "这件事已经取消") || !strings.Contains(page, "20 个工作日") {
		t.Errorf("the version of a cancelled item is gone")
	}
}

// TestBrowserPaper scans papers: that of today holds, one of earlier is told what changed, an unknown one is said to be unknown;
// and lays any two versions of three side by side.
func TestBrowserPaper(t *testing.T) {
	t.Parallel()
	b := newBrowser(t)
	r := newRepository(t)
	r.edit("data/items/food-business/01.toml", "legal_limit = [{ value = 20", "legal_limit = [{ value = 18")
	r.git("commit", "-aqm", "a change of the standard")
	base := "file://" + r.build()
	const guide = "/divisions/139921/food-business.01.html"
	site := readTree(t, strings.TrimPrefix(base, "file://"))
	standard, local := printed(t, site, guide[1:])
	versions := regexp.MustCompile(`id="v-([0-9a-f]{7})"`).FindAllStringSubmatch(site["items/food-business/01.versions.html"], -1)
	if len(versions) != 3 || versions[0][1] != standard {
		t.Fatalf("versions are %v, that of today is %s", versions, standard)
	}
	for paper, want := range map[string]string{
		standard + "-" + local:       "仍是最新的",
		versions[2][1] + "-" + local: "承诺时限 15→10 个工作日",
		"0000000-" + local:           "没有查到这张纸的版本",
	} {
		b.do(t, chromedp.Navigate(base+guide+"?v="+paper))
		if said := ask(t, b, chromedp.Text(chromedp.CSS("#paper"))); !strings.Contains(said, want) {
			t.Errorf("the paper %s is told %q, want %q", paper, said, want)
		}
	}
	b.do(t, chromedp.Navigate(base+guide))
	if ask(t, b, chromedp.Evaluate[int](`document.getElementById("paper").offsetHeight`)) != 0 {
		t.Error("without a paper something is said of one")
	}
	b.do(t, chromedp.Navigate(base+"/items/food-business/01.versions.html"))
	sides := ask(t, b, chromedp.Text(chromedp.CSS("#sides")))
	if !strings.Contains(sides, "15 个工作日") || !strings.Contains(sides, "18 个工作日") {
		t.Errorf("the first and the last version side by side: %q", sides)
	}
	ask(t, b, chromedp.Evaluate[int](`(function () { var l = document.getElementById("left"); l.selectedIndex = 1; l.dispatchEvent(new Event("change")); return 0 }())`))
	if sides = ask(t, b, chromedp.Text(chromedp.CSS("#sides"))); strings.Contains(sides, "15 个工作日") || !strings.Contains(sides, "20 个工作日") {
		t.Errorf("the middle and the last version side by side: %q", sides)
	}
	b.quiet(t)
}

// TestOldVersionsAreNotIndexed builds a site that is no demonstration: search engines find the page that holds, not old versions.
func TestOldVersionsAreNotIndexed(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	walkFiles(t, filepath.Join(r.dir, "data", "items"), func(rel string, data []byte) {
		if strings.Contains(string(data), `code_status = "sample"`) {
			r.edit(path.Join("data/items", rel), `code_status = "sample"`, `code_status = "official"`)
		}
	})
	r.git("commit", "-aqm", "official codes")
	site := readTree(t, r.build())
	maps := site["sitemap-1.xml"]
	old := kindPath(t, site, "items/food-business/01.???????.html")
	if !strings.Contains(maps, "/items/food-business/<") || strings.Contains(maps, "/items/food-business/01.") || strings.Contains(maps, "versions.html") {
		t.Errorf("the sitemap is\n%s", maps)
	}
	for _, p := range []string{old, "items/food-business/01.versions.html"} {
		if page := site[p]; strings.Contains(page, `name="robots"`) || !strings.Contains(page, `rel="canonical" href="https://portal.example/items/food-business/"`) {
			t.Errorf("%s does not say which page holds: %.600q", p, page)
		}
	}
	if strings.Contains(site["divisions/139921/index.html"], "noindex") {
		t.Error("the site is still a demonstration")
	}
}
