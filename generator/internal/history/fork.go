package history

import (
	"context"
	"errors"
	"strings"
)

// Fork returns the commit from which HEAD and rev went their own ways: what happened on HEAD's side is what differs from it. It
// is rev itself where rev is an ancestor of HEAD, and also where the two have no commit in common that this clone knows. The
// errors are those of [Repo.Resolve].
func (r *Repo) Fork(ctx context.Context, rev string) (string, error) {
	hash, err := r.Resolve(ctx, rev)
	if err != nil {
		return "", err
	}
	out, err := r.output(ctx, "merge-base", "HEAD", hash)
	var failed *gitError
	if errors.As(err, &failed) && failed.stderr == "" {
		return hash, nil // exit code 1 and no word: nothing in common
	}
	return strings.TrimSpace(out), err
}

// Folder returns where the site lies in its repository, with slashes: "" at the top, else ending in a slash.
func (r *Repo) Folder(ctx context.Context) (string, error) {
	out, err := r.output(ctx, "rev-parse", "--show-prefix")
	return strings.TrimSuffix(out, "\n"), err
}
