package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// needReaders skips unless BANSHI_READERS=1, and then fails without the programs (Debian: newsboat, python3-feedparser).
func needReaders(t *testing.T) {
	t.Helper()
	if os.Getenv("BANSHI_READERS") == "" {
		t.Skip("set BANSHI_READERS=1 to ask real feed readers (Debian: newsboat python3-feedparser)")
	}
}

// TestFeedparser gives every RSS and Atom file of the small portal to Python's feedparser: none may be bozo (malformed), and it
// finds an id, a title, a link and a date in every entry.
func TestFeedparser(t *testing.T) {
	needReaders(t)
	dir := filepath.Join(t.TempDir(), "public")
	banshi(t, nil, "build", "--site", testSite(t), "--out", dir)
	const script = `
import feedparser, pathlib, sys
n = entries = 0
for p in sorted(pathlib.Path(sys.argv[1], "feeds").rglob("*")):
    if p.suffix not in (".xml", ".atom"):
        continue
    f = feedparser.parse(p.read_bytes())
    n += 1
    if f.bozo or f.version not in ("rss20", "atom10") or not f.feed.get("title") or not f.feed.get("link"):
        print(p, "bozo", f.bozo, f.get("bozo_exception"), f.version)
    ids = [e.get("id") for e in f.entries]
    entries += len(ids)
    if None in ids or len(set(ids)) != len(ids):
        print(p, "ids", ids)
    for e in f.entries:
        if not e.get("title") or not e.get("link") or not e.get("updated_parsed", e.get("published_parsed")):
            print(p, "entry", e)
print("read", n, "feeds,", entries, "entries")
`
	out, err := exec.Command("/usr/bin/python3", "-c", script, dir).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	last := strings.TrimSpace(string(out))
	t.Log(last)
	if strings.Contains(last, "\n") || !regexp.MustCompile(`^read [1-9]\d+ feeds, [1-9]\d+ entries$`).MatchString(last) {
		t.Errorf("feedparser says:\n%s", out)
	}
}

// reader is newsboat subscribed to some feeds of a site, each with a cache of its own.
type reader struct {
	home, base string
	public     string // what the server shows now
	feeds      []string
	unread     map[string]int
}

func newReader(t *testing.T, feeds ...string) *reader {
	r := &reader{home: t.TempDir(), feeds: feeds, unread: map[string]int{}}
	// Without dates and tags the reader asks for the whole feed every time.
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		data, err := os.ReadFile(filepath.Join(r.public, filepath.FromSlash(q.URL.Path)))
		if err != nil {
			http.NotFound(w, q)
			return
		}
		w.Header().Set("Content-Type", "application/xml")
		w.Write(data)
	}))
	t.Cleanup(server.Close)
	r.base = server.URL
	writeFile(t, filepath.Join(r.home, "config"), []byte("max-items 0\n"))
	for i, f := range feeds {
		writeFile(t, filepath.Join(r.home, fmt.Sprint("urls", i)), []byte(r.base+"/feeds/"+f+"\n"))
	}
	return r
}

var unreadArticles = regexp.MustCompile(`(\d+) unread`)

// reload publishes a folder, lets the reader look, and returns how many new entries each feed brought.
func (r *reader) reload(t *testing.T, public string) map[string]int {
	t.Helper()
	r.public = public
	fresh := map[string]int{}
	for i, f := range r.feeds {
		at := func(name string) string { return filepath.Join(r.home, name) }
		cmd := exec.Command("newsboat", "-q", "-C", at("config"), "-u", at(fmt.Sprint("urls", i)), "-c", at(fmt.Sprint("cache", i)), "-x", "reload", "print-unread")
		cmd.Env = append(os.Environ(), "HOME="+r.home, "LANG=C.UTF-8", "LC_ALL=C.UTF-8")
		out, err := cmd.CombinedOutput()
		found := unreadArticles.FindStringSubmatch(string(out))
		if err != nil || found == nil {
			t.Fatalf("newsboat: %v\n%s", err, out)
		}
		n, err := strconv.Atoi(found[1])
		if err != nil {
			t.Fatal(err)
		}
		fresh[f] = n - r.unread[f]
		r.unread[f] = n
	}
	return fresh
}

// TestNewsboat is what a subscriber sees in a real reader: nothing new after a rebuild, a fresh clone, a reformatted record, a
// rebase or a squash of commits that were not pushed yet; exactly one entry after one change, where it belongs and nowhere else.
func TestNewsboat(t *testing.T) {
	needReaders(t)
	repo := newRepository(t)
	site := repo.dir
	r := newReader(t, "all.xml", "all.atom", "division/139921.xml", "department/market.xml", "topic/legal/permit.xml", "kind/changed.xml", "division/130000.xml", "department/civil-affairs.xml")
	build := func(site string) string {
		out := filepath.Join(t.TempDir(), "public")
		banshi(t, nil, "build", "--site", site, "--out", out)
		return out
	}
	expect := func(step string, got map[string]int, want ...string) {
		t.Helper()
		t.Logf("%s: new entries %v", step, got)
		expected := map[string]int{}
		for _, f := range want {
			expected[f]++
		}
		for f, n := range got {
			if n != expected[f] {
				t.Errorf("%s: %s brings %d new entries, want %d", step, f, n, expected[f])
			}
		}
	}
	local := []string{"all.xml", "all.atom", "division/139921.xml", "department/market.xml", "topic/legal/permit.xml", "kind/changed.xml"}

	first := r.reload(t, build(site))
	if first["all.xml"] < 5 || first["division/139921.xml"] < 3 || first["all.atom"] != first["all.xml"] {
		t.Fatalf("the reader finds %v", first)
	}
	expect("rebuild", r.reload(t, build(site)))
	clone := filepath.Join(t.TempDir(), "clone")
	if out, err := exec.Command("git", "clone", "-q", site, clone).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	expect("fresh clone", r.reload(t, build(clone)))

	const record = "data/divisions/139921/food-business.toml"
	repo.edit(record, "value = 5", "value   =   5  # 没有变\n")
	repo.git("commit", "-aqm", "spaces")
	expect("a comment and spaces", r.reload(t, build(site)))

	repo.edit(record, "value   =   5", "value = 4")
	repo.git("commit", "-aqm", "4 days")
	expect("one change", r.reload(t, build(site)), local...)

	repo.edit(record, "value = 4", "value = 3")
	repo.git("commit", "-aqm", "3 days")
	repo.edit("data/items/food-business/01.toml", "legal_limit = [{ value = 20", "legal_limit = [{ value = 19")
	repo.git("commit", "-aqm", "19 days everywhere")
	expect("two changes in two commits", r.reload(t, build(site)), append(local, local...)...)
	repo.git("rebase", "-q", "--force-rebase", "HEAD~2")
	expect("rebase", r.reload(t, build(site)))
	repo.git("reset", "-q", "--soft", "HEAD~2")
	repo.git("commit", "-qm", "squashed")
	expect("squash", r.reload(t, build(site)))
}

// TestNewsboatImports lets newsboat import the list of all feeds.
func TestNewsboatImports(t *testing.T) {
	needReaders(t)
	dir, home := filepath.Join(t.TempDir(), "public"), t.TempDir()
	banshi(t, nil, "build", "--site", testSite(t), "--out", dir)
	urls := filepath.Join(home, "urls")
	cmd := exec.Command("newsboat", "-q", "-u", urls, "-c", filepath.Join(home, "cache"), "-i", filepath.Join(dir, "feeds", "index.opml"))
	cmd.Env = append(os.Environ(), "HOME="+home, "LANG=C.UTF-8")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	data, err := os.ReadFile(urls)
	if err != nil {
		t.Fatal(err)
	}
	want := 0
	for p := range readTree(t, dir) {
		if strings.HasPrefix(p, "feeds/") && strings.HasSuffix(p, ".xml") {
			want++
		}
	}
	if got := strings.Count(string(data), feedAddress); got != want || got < 10 {
		t.Errorf("newsboat imports %d feeds of %d", got, want)
	}
}
