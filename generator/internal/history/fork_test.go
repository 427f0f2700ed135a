package history

import (
	"errors"
	"path/filepath"
	"testing"
)

func TestFork(t *testing.T) {
	s := newSandbox(t)
	s.write("data/schema.toml", "version = 1\n")
	left := s.commit("both")
	s.write("data/targets.toml", "# main\n")
	main := s.commit("main goes on")
	s.git("checkout", "-q", "-b", "county", left)
	s.write("data/signposts.toml", "# county\n")
	s.commit("county")
	repo, err := Open(filepath.Join(s.dir, "data"))
	if err != nil {
		t.Fatal(err)
	}
	defer repo.Close()
	for rev, want := range map[string]string{"main": left, "HEAD~1": left, "HEAD": s.git("rev-parse", "HEAD")} {
		if got, err := repo.Fork(t.Context(), rev); err != nil || got != want {
			t.Errorf("Fork(%s) = %s, %v; want %s", rev, got, err, want)
		}
	}
	s.git("checkout", "-q", "--orphan", "other")
	s.commit("nothing in common")
	if got, err := repo.Fork(t.Context(), "main"); err != nil || got != main {
		t.Errorf("without a common commit: %s, %v; want %s", got, err, main)
	}
	if _, err := repo.Fork(t.Context(), "nowhere"); !errors.Is(err, ErrUnknownRevision) {
		t.Errorf("an unknown revision: %v", err)
	}
	if folder, err := repo.Folder(t.Context()); err != nil || folder != "data/" {
		t.Errorf("Folder = %q, %v", folder, err)
	}
}
