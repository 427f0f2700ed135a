package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/changes"
	"banshi/generator/internal/dump"
	"banshi/generator/internal/publish"
	"banshi/generator/internal/record"
	"banshi/generator/internal/site"
	"banshi/generator/internal/tomlfile"
)

// releasesDir is where releases stand below the published site.
const releasesDir = "data/releases"

func newRelease(g *global) *cobra.Command {
	r := new(releaseFlags)
	cmd := &cobra.Command{
		Use:   "release",
		Short: "发布一个不变的数据版本 / publish an immutable release of the open data",
		Long: `把最近一次提交的记录写成一个永远不变的版本：public/data/releases/<日期>-<提交前 7 位>/，有全部格式、清单和校验值；
并在 data/releases/ 登记一行，请把它提交。没提交的改动不算。
答应过读者的事不能变：编号消失（没有写成取消或合并）、日期往回走、第 1 版格式的键换了类型，都会停下来（退出码 1）。
--at 给一个登记过的提交，就把那个版本重做一遍，和登记的摘要一致才放上去。

Write the records of the last commit as a release that never changes, with every format, a manifest and digests, and enter it in the
register data/releases/, to be committed. What is not committed does not count. A release that breaks a promise to readers is refused.
With --at and a commit that is registered its release is made again, and kept only if it has the digest in the register.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.run(cmd.Context(), g, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringVar(&r.out, "out", "", "站点写在哪个文件夹，默认 public / folder of the published site (default public)")
	addNoWait(cmd, &r.noWait)
	cmd.Flags().StringVar(&r.at, "at", "HEAD", "哪一次提交 / which commit")
	return cmd
}

type releaseFlags struct {
	out, at string
	noWait  bool
}

// run makes a release and enters it in the register.
func (f *releaseFlags) run(ctx context.Context, g *global, stdout, stderr io.Writer) error {
	start := time.Now()
	if ctx == nil {
		ctx = context.Background()
	}
	public := outDir(g.site, f.out)
	held, err := hold(ctx, public, f.noWait, stderr) // a build that exchanges whole trees would leave the release in the one before
	if err != nil {
		return err
	}
	defer held.Close()
	register, err := readRegister(g.site)
	if err != nil {
		return err
	}
	in, err := f.input(ctx, g, register, stderr)
	if err != nil {
		return err
	}
	if in.Last != nil {
		defer in.Last.Close()
	}
	r := dump.NewRelease(*in)
	dir := filepath.Join(public, filepath.FromSlash(releasesDir), r.ID())
	entered := find(register, r.ID())
	if entered == nil {
		if broken := append(r.Broken(), changed(register, filepath.Dir(dir))...); len(broken) > 0 {
			for _, b := range broken {
				fmt.Fprintln(stderr, b)
			}
			return errContent
		}
	}
	if err := publish.Create(dir, r.Rounds()...); err != nil {
		if errors.Is(err, fs.ErrExist) && entered == nil {
			return fmt.Errorf("%s 已经有了，但没有登记：上次在登记前中断了，或者登记没有留下。请删掉这个文件夹再来 / is there but not in the register: remove the folder and try again", dir)
		}
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("%s 已经有了，发布过的版本不会再改 / is there already, and a release never changes", dir)
		}
		return err
	}
	if err := f.enter(g, r, entered, dir); err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "%s：截至 %s，文件 %d，%.1f MB，%.1f 秒，内存最多 %d MB\n", dir, in.Site.Catalog.AsOf, r.Files(),
		float64(r.Bytes())/1e6, time.Since(start).Seconds(), peakMemory()>>20)
	if entered == nil {
		fmt.Fprintf(stdout, "已登记 / registered：%s，请提交 / please commit\n", registerPath(g.site, r.ID()))
	}
	return err
}

// enter writes the register's entry of a new release. One that was made again must come out as it is registered, or it is removed.
func (f *releaseFlags) enter(g *global, r *dump.Release, entered *record.Release, dir string) error {
	e := r.Register()
	if entered != nil {
		if e.ManifestSHA256 != entered.ManifestSHA256 {
			return errors.Join(fmt.Errorf("%s 重做出来和登记的不一样（登记的程序版本是 %s，这是 %s），没有留下 / made again, it is not what is registered (by version %[2]s, this is %[3]s); not kept",
				e.ID, entered.Tool, e.Tool), os.RemoveAll(dir))
		}
		return nil
	}
	path := registerPath(g.site, e.ID)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, registerEntry(e), 0o644)
}

// input resolves the commit and, if there is one, the release before it.
func (f *releaseFlags) input(ctx context.Context, g *global, register []*record.Release, stderr io.Writer) (*dump.ReleaseInput, error) {
	l := &library{dir: g.site, fsys: os.DirFS(g.site)}
	if _, err := l.day(ctx, g.asOf, false); err != nil {
		return nil, err
	}
	if l.repo == nil {
		return nil, l.noGit
	}
	at, err := l.repo.Commit(ctx, f.at)
	if err != nil {
		return nil, err
	}
	day := record.DateOf(at.Time.In(zone))
	if g.asOf != "" {
		if day, err = record.ParseDate(g.asOf); err != nil {
			return nil, err
		}
	}
	in := &dump.ReleaseInput{Time: at.Time, Previous: before(register, dump.ReleaseID(day, at.Hash))}
	boundMemory(0)
	if in.Previous != nil {
		if in.Last, err = l.keep(ctx, g, in.Previous, at.Hash, stderr); err != nil {
			return nil, err
		}
	}
	if in.Site, err = g.state(ctx, stateOptions{rev: at.Hash, history: true}, stderr); err != nil {
		return nil, err
	}
	boundMemory(2)
	in.Since = in.Site.Changes
	if in.Previous != nil {
		in.Since, err = l.since(ctx, in.Previous, at.Hash, in.Site)
	}
	return in, err
}

// keep makes the lines of the release before again. Its commit must be on the way to this one: the chain has no branches.
func (l *library) keep(ctx context.Context, g *global, previous *record.Release, at string, stderr io.Writer) (*dump.Kept, error) {
	if ok, err := l.repo.Contains(ctx, at, previous.Commit); err != nil || !ok {
		return nil, cmp.Or(err, fmt.Errorf("上一版的提交 %s 不在 %s 的历史里：历史被改写过，或者在别的分支上 / the commit of the release before is not in the history of this one", previous.Commit, at))
	}
	past := *g
	past.asOf = previous.Date.String()
	s, err := past.state(ctx, stateOptions{rev: previous.Commit}, stderr)
	if err != nil {
		return nil, fmt.Errorf("上一版 %s 的提交读不到 / cannot read the commit of the release before: %w", previous.ID, err)
	}
	return dump.Keep(s)
}

// since are the changes of a site after a release: those of later commits, and what was written before and took effect later.
func (l *library) since(ctx context.Context, previous *record.Release, to string, s *site.Site) ([]*changes.Entry, error) {
	commits, err := l.repo.Log(ctx, to, previous.Commit, catalog.DataDir)
	if err != nil {
		return nil, err
	}
	after := map[string]bool{}
	for _, c := range commits {
		after[c.Hash] = true
	}
	return slices.DeleteFunc(slices.Clone(s.Changes), func(e *changes.Entry) bool {
		return !after[e.Commit] && !(e.Time.IsZero() && e.Date > previous.Date)
	}), nil
}

// changed names the registered releases that are in a folder and are not what was published: a manifest with another digest.
func changed(register []*record.Release, dir string) (out []string) {
	for _, r := range register {
		data, err := os.ReadFile(filepath.Join(dir, r.ID, "manifest.json"))
		if errors.Is(err, fs.ErrNotExist) {
			continue // a host need not keep all
		}
		if sum := sha256.Sum256(data); err != nil || hex.EncodeToString(sum[:]) != r.ManifestSHA256 {
			out = append(out, fmt.Sprintf("版本 %s 发布以后被改过，或者登记被改过 / release %[1]s, or its entry in the register, was changed after it was published", r.ID))
		}
	}
	return out
}

// readRegister reads data/releases/ in the order of the chain, oldest first.
func readRegister(site string) ([]*record.Release, error) {
	dir := os.DirFS(site)
	paths, err := fs.Glob(dir, catalog.DataDir+"/releases/*.toml")
	if err != nil {
		return nil, err
	}
	var out []*record.Release
	for _, p := range paths {
		data, err := fs.ReadFile(dir, p)
		if err != nil {
			return nil, err
		}
		r := new(record.Release)
		if _, problems := tomlfile.Decode(p, data, r, tomlfile.Options{}); len(problems) > 0 {
			return nil, fmt.Errorf("%s: %s", problems[0].Position, problems[0].Message.ZH)
		}
		// The day a release was issued and its commit are in its name: neither can be changed without the other.
		if p != catalog.DataDir+"/"+record.Path(record.KindRelease, r.ID) || dump.ReleaseID(r.Date, r.Commit) != r.ID {
			return nil, fmt.Errorf("%s：文件名、id、date 和 commit 对不上，登记被改过 / name, id, date and commit do not fit: the entry was changed", p)
		}
		out = append(out, r)
	}
	return chain(out)
}

// chain orders releases so that each stands behind its previous one. Every release but the first has one, and no two have the same.
func chain(all []*record.Release) ([]*record.Release, error) {
	next := map[string]*record.Release{}
	for _, r := range all {
		if next[r.Previous] != nil {
			return nil, fmt.Errorf("登记 data/releases/ 断了：%s 和 %s 都接在 %q 后面 / the register forks: two releases follow one", next[r.Previous].ID, r.ID, r.Previous)
		}
		next[r.Previous] = r
	}
	var out []*record.Release
	for r := next[""]; r != nil && len(out) < len(all); r = next[r.ID] {
		out = append(out, r)
	}
	if len(out) != len(all) {
		return nil, errors.New("登记 data/releases/ 断了：有的版本不接在任何版本后面 / the register is broken: a release follows none")
	}
	return out, nil
}

func find(register []*record.Release, id string) *record.Release {
	i := slices.IndexFunc(register, func(r *record.Release) bool { return r.ID == id })
	if i < 0 {
		return nil
	}
	return register[i]
}

// before returns the release before the one with the id: of a registered one the one it follows, else the newest.
func before(register []*record.Release, id string) *record.Release {
	if r := find(register, id); r != nil {
		return find(register, r.Previous)
	}
	if len(register) == 0 {
		return nil
	}
	return register[len(register)-1]
}

func registerPath(site, id string) string {
	return filepath.Join(site, catalog.DataDir, filepath.FromSlash(record.Path(record.KindRelease, id)))
}

// registerEntry is the file of an entry, in the canonical form.
func registerEntry(r *record.Release) []byte {
	b := fmt.Appendf(nil, "id = %q\ncommit = %q\ndate = %s\ntool = %q\nmanifest_sha256 = %q\nitems_sha256 = %q\nguides_sha256 = %q\n",
		r.ID, r.Commit, r.Date, r.Tool, r.ManifestSHA256, r.ItemsSHA256, r.GuidesSHA256)
	if r.Previous != "" {
		b = fmt.Appendf(b, "previous = %q\n", r.Previous)
	}
	for _, f := range r.Files {
		b = fmt.Appendf(b, "\n[[files]]\npath = %q\nbytes = %d\nrows = %d\nsha256 = %q\n", f.Path, f.Bytes, f.Rows, f.SHA256)
	}
	return b
}
