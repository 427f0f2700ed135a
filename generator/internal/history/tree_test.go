package history

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func TestFS(t *testing.T) {
	s := newSandbox(t)
	s.write("data/items/dibao/item.toml", dibao)
	s.write("data/items/dibao.toml", "") // git lists dibao-copy/, dibao.toml, dibao/
	s.write("data/items/dibao-copy/item.toml", dibao)
	s.write("data/divisions/130731/食品经营许可.toml", "item = \"food-business\"\n")
	s.write("content/帮助.md", "# 帮助\n")
	s.write("public/qr.png", "\x89PNG\r\n\x1a\n\x00\x00\xff")
	old := s.commit("data: 设立")
	s.write("data/items/dibao/item.toml", strings.Replace(dibao, "20", "10", 1))
	s.git("rm", "-q", "-r", "data/divisions")
	s.commit("data: 取消")
	r := s.open()

	files, err := r.FS(t.Context(), old)
	if err != nil {
		t.Fatal(err)
	}
	err = fstest.TestFS(files, "data/items/dibao/item.toml", "data/items/dibao.toml",
		"data/divisions/130731/食品经营许可.toml", "content/帮助.md", "public/qr.png")
	if err != nil {
		t.Error(err)
	}
	for _, implements := range []bool{is[fs.ReadFileFS](files), is[fs.ReadDirFS](files), is[fs.StatFS](files)} {
		if !implements {
			t.Error("an interface is missing")
		}
	}
	if got := string(must(fs.ReadFile(files, "data/items/dibao-copy/item.toml"))); got != dibao {
		t.Errorf("the copy reads %q", got)
	}
	if got := string(must(fs.ReadFile(files, "public/qr.png"))); got != "\x89PNG\r\n\x1a\n\x00\x00\xff" {
		t.Errorf("the picture reads %q", got)
	}

	files, err = r.FS(t.Context(), "HEAD", "data", "themes/never-there")
	if err != nil {
		t.Fatal(err)
	}
	if err := fstest.TestFS(files, "data/items/dibao/item.toml"); err != nil {
		t.Error(err)
	}
	for _, gone := range []string{"data/divisions", "content", "content/帮助.md", "themes"} {
		if _, err := fs.Stat(files, gone); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", gone, err)
		}
	}
	if _, err := fs.ReadFile(files, "data/items"); err == nil {
		t.Error("a folder was read as a file")
	}
	if _, err := fs.ReadDir(files, "data/items/dibao.toml"); err == nil {
		t.Error("a file was read as a folder")
	}

	empty, err := r.FS(t.Context(), "HEAD", "themes")
	if err != nil {
		t.Fatal(err)
	}
	if err := fstest.TestFS(empty); err != nil {
		t.Error(err)
	}
	if _, err := r.FS(t.Context(), "v9.9"); !errors.Is(err, ErrUnknownRevision) {
		t.Errorf("unknown revision: %v", err)
	}
	if _, err := r.FS(t.Context(), "HEAD", "data/.."); !errors.Is(err, fs.ErrInvalid) {
		t.Errorf("a path with ..: %v", err)
	}
}

func is[T any](value any) bool { _, ok := value.(T); return ok }

func TestTreeRefusesContradictions(t *testing.T) {
	tree := newTree()
	must(tree.add("data/items/dibao"))
	if _, err := tree.add("data/items/dibao"); err == nil {
		t.Error("one path twice")
	}
	if _, err := tree.add("data/items/dibao/item.toml"); err == nil {
		t.Error("a file as a folder")
	}
}

func TestBlobs(t *testing.T) {
	s := newSandbox(t)
	const many = 2000
	for n := range many {
		s.write(fmt.Sprintf("data/divisions/130731/item-%04d.toml", n), fmt.Sprintf("item = \"item-%04d\"\n%s", n, strings.Repeat("# 注\n", n%50)))
	}
	binary := bytes.Repeat([]byte{0, '\n', 0xff, '\r'}, 100_000) // beyond every buffer
	s.write("content/seal.bin", string(binary))
	s.write("content/empty.md", "")
	s.commit("data: 两千项")
	r := s.open()
	commits, err := r.Log(t.Context(), "", "")
	if err != nil || len(commits) != 1 || len(commits[0].Changes) != many+2 {
		t.Fatal(len(commits), err)
	}
	var ids []string
	paths := map[string]string{}
	for _, c := range commits[0].Changes {
		ids = append(ids, c.New)
		paths[c.New] = c.Path
	}
	ids = append(ids, ids[0]) // twice asked, twice answered
	next := 0
	err = r.Blobs(t.Context(), ids, func(id string, data []byte) error {
		if id != ids[next] {
			t.Fatalf("answer %d is %s, want %s", next, id, ids[next])
		}
		next++
		var number int
		switch path := paths[id]; path {
		case "content/seal.bin":
			if !bytes.Equal(data, binary) {
				t.Error("the binary blob differs")
			}
		case "content/empty.md":
			if len(data) != 0 {
				t.Errorf("empty blob: %q", data)
			}
		default:
			fmt.Sscanf(filepath.Base(path), "item-%04d.toml", &number)
			if want := fmt.Sprintf("item = \"item-%04d\"\n%s", number, strings.Repeat("# 注\n", number%50)); string(data) != want {
				t.Errorf("%s: %q", path, data)
			}
		}
		return nil
	})
	if err != nil || next != len(ids) {
		t.Errorf("%d of %d blobs, %v", next, len(ids), err)
	}

	for _, mine := range []error{errors.New("enough"), io.ErrUnexpectedEOF} {
		err = r.Blobs(t.Context(), ids, func(string, []byte) error { return mine })
		if !errors.Is(err, mine) {
			t.Errorf("an error of fn became %v", err)
		}
	}
	if err := r.Blobs(t.Context(), nil, nil); err != nil {
		t.Errorf("no ids: %v", err)
	}
	never := func(id string, _ []byte) error { t.Errorf("fn got %s", id); return nil }
	for _, id := range []string{strings.Repeat("ab", 20), s.git("rev-parse", "HEAD"), "HEAD:data", "", ids[0] + "\n" + ids[1]} {
		if err := r.Blobs(t.Context(), []string{id}, never); err == nil {
			t.Errorf("%q: no error", id)
		}
	}
}

// A filtered clone must say so, not reach for the network.
func TestPartialClone(t *testing.T) {
	s := newSandbox(t)
	s.write("data/items/dibao/item.toml", dibao)
	s.commit("data: 低保")
	s.git("config", "uploadpack.allowFilter", "true")
	clone := sandbox{t, filepath.Join(t.TempDir(), "clone")}
	s.git("clone", "-q", "--filter=blob:none", "--no-checkout", "file://"+s.dir, clone.dir)
	r := clone.open()
	checkLog(t, r, "", nil, "data: 低保: A data/items/dibao/item.toml")
	if _, err := r.FS(t.Context(), "HEAD"); !errors.Is(err, ErrPartial) {
		t.Errorf("FS of a filtered clone: %v", err)
	}
}
