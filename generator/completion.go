package main

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
	"banshi/generator/internal/rules"
)

// newCompletion writes the script with which a shell completes commands, flags and ids. It stands in for cobra's own command of
// the same name, whose help is in English only.
func newCompletion() *cobra.Command {
	shells := map[string]func(root *cobra.Command) error{
		"bash":       func(root *cobra.Command) error { return root.GenBashCompletionV2(root.OutOrStdout(), true) },
		"zsh":        func(root *cobra.Command) error { return root.GenZshCompletion(root.OutOrStdout()) },
		"fish":       func(root *cobra.Command) error { return root.GenFishCompletion(root.OutOrStdout(), true) },
		"powershell": func(root *cobra.Command) error { return root.GenPowerShellCompletionWithDesc(root.OutOrStdout()) },
	}
	names := slices.Sorted(maps.Keys(shells))
	return &cobra.Command{
		Use:   "completion bash|zsh|fish|powershell",
		Short: "终端里按 Tab 补全命令和编号 / completion of commands and ids with Tab",
		Long: `写出一段脚本，装上以后在终端里按 Tab，命令、选项、事项和区划的编号、规则、键都会补全。

Write the script that makes Tab complete commands, flags, ids of records, rules and keys.`,
		Example: `  bash:        banshi completion bash > ~/.local/share/bash-completion/completions/banshi
  zsh:         banshi completion zsh > "${fpath[1]}/_banshi"
  fish:        banshi completion fish > ~/.config/fish/completions/banshi.fish
  PowerShell:  banshi completion powershell >> $PROFILE`,
		ValidArgs: names,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || shells[args[0]] == nil {
				return fmt.Errorf("写上是哪一种终端：%s / name one shell: %s", strings.Join(names, "、"), strings.Join(names, ", "))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return shells[args[0]](cmd.Root()) },
	}
}

// mustRegister gives the values of a flag to completion; a flag that does not exist is a programmer's mistake.
func mustRegister(cmd *cobra.Command, flag string, values cobra.CompletionFunc) {
	if err := cmd.RegisterFlagCompletionFunc(flag, values); err != nil {
		panic(err)
	}
}

// complete is a completion that offers words, and never files.
func complete(words func(cmd *cobra.Command, args []string, begun string) []cobra.Completion) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return words(cmd, args, begun), cobra.ShellCompDirectiveNoFileComp
	}
}

// completeWords offers fixed words.
func completeWords(words ...string) cobra.CompletionFunc {
	return complete(func(*cobra.Command, []string, string) []cobra.Completion { return words })
}

// completeTerms offers the terms of a vocabulary of the site.
func completeTerms(g *global, vocabulary string) cobra.CompletionFunc {
	return complete(func(*cobra.Command, []string, string) []cobra.Completion {
		var out []cobra.Completion
		for _, t := range vocabularies(os.DirFS(g.site))(vocabulary) {
			out = append(out, cobra.CompletionWithDesc(t.Term, t.Definition))
		}
		return out
	})
}

// completeRecords offers the ids of the records of a kind.
func completeRecords(g *global, kind record.Kind) cobra.CompletionFunc {
	return complete(func(_ *cobra.Command, _ []string, begun string) []cobra.Completion { return recordIDs(g, kind, begun) })
}

// completeFrom offers what --from may copy.
func completeFrom(g *global, kind record.Kind) cobra.CompletionFunc {
	return complete(func(_ *cobra.Command, args []string, begun string) []cobra.Completion {
		out := recordIDs(g, kind, begun)
		if kind == record.KindImplementation && len(args) == 2 { // other places that have the item
			out = slices.DeleteFunc(out, func(c cobra.Completion) bool {
				id, _, _ := strings.Cut(c, "\t")
				return !strings.HasSuffix(id, "/"+args[1])
			})
		}
		return out
	})
}

// completeNew offers the ids after new KIND: those that exist where they must, and nothing where a new one is made up.
func completeNew(g *global, kind record.Kind) cobra.CompletionFunc {
	return complete(func(_ *cobra.Command, args []string, begun string) []cobra.Completion {
		switch {
		case kind == record.KindProcedure && len(args) == 0:
			return recordIDs(g, record.KindItem, begun)
		case kind == record.KindProcedure && len(args) == 1:
			return []cobra.Completion{nextNumber(recordIDs(g, kind, args[0]+"/"))}
		case kind == record.KindImplementation && len(args) == 0:
			return recordIDs(g, record.KindDivision, begun)
		case kind == record.KindImplementation && len(args) == 1:
			return recordIDs(g, record.KindItem, begun)
		case kind == record.KindDefaults && len(args) == 0:
			return record.LevelSlugs
		}
		return nil
	})
}

// nextNumber is the number after the last of the procedures of an item: numbers are not used again.
func nextNumber(procedures []cobra.Completion) string {
	last := 0
	if n := len(procedures); n > 0 {
		id, _, _ := strings.Cut(procedures[n-1], "\t")
		last, _ = strconv.Atoi(path.Base(id))
	}
	return fmt.Sprintf("%02d", last+1)
}

// completeEntry offers the fields of synonyms.
func completeEntry(g *global, e entryKind) cobra.CompletionFunc {
	return complete(func(_ *cobra.Command, args []string, begun string) []cobra.Completion {
		if e.kind != record.KindSynonyms || len(args) > 0 {
			return nil
		}
		return recordIDs(g, e.kind, begun)
	})
}

// completeExplain offers rules, families and keys.
func completeExplain(g *global) cobra.CompletionFunc {
	return complete(func(*cobra.Command, []string, string) []cobra.Completion {
		lang := g.language()
		var out []cobra.Completion
		for _, r := range rules.All() {
			out = append(out, cobra.CompletionWithDesc(r.ID, r.Title.In(lang)))
		}
		for _, f := range rules.Families {
			out = append(out, cobra.CompletionWithDesc(f.ID, f.Title.In(lang)))
		}
		for _, k := range record.Keys() {
			out = append(out, cobra.CompletionWithDesc(string(k.Kind)+"."+k.Path, k.Title.In(lang)))
		}
		return out
	})
}

// completeKinds offers the kinds of records.
func completeKinds(g *global) cobra.CompletionFunc {
	return complete(func(*cobra.Command, []string, string) []cobra.Completion {
		var out []cobra.Completion
		for _, k := range record.Kinds {
			out = append(out, cobra.CompletionWithDesc(string(k), k.Title().In(g.language())))
		}
		return out
	})
}

// manyNames is up to how many records completion reads to say what they are called; a shell asks before it shows more anyway.
const manyNames = 200

// recordIDs returns the ids of the records of a kind that begin with a word, joined by slashes, with their names.
func recordIDs(g *global, kind record.Kind, begun string) []cobra.Completion {
	site := os.DirFS(g.site)
	found := map[string]string{} // id → path
	_ = fs.WalkDir(site, catalog.DataDir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil // completion offers what it can read
		}
		k, ids, from, ok := record.ParsePath(strings.TrimPrefix(p, catalog.DataDir+"/"))
		if id := strings.Join(ids, "/"); ok && k == kind && from == 0 && strings.HasPrefix(id, begun) {
			found[id] = p
		}
		return nil
	})
	var out []cobra.Completion
	for _, id := range slices.Sorted(maps.Keys(found)) {
		name := ""
		if len(found) <= manyNames {
			name = recordName(site, found[id])
		}
		out = append(out, cobra.CompletionWithDesc(id, name))
	}
	return out
}

// recordName returns the name or the title of a record, or "".
func recordName(site fs.FS, p string) string {
	data, err := fs.ReadFile(site, path.Clean(p))
	if err != nil {
		return ""
	}
	f, _ := catalog.Decode(p, data)
	for _, field := range []string{"Name", "Title"} {
		if v := reflect.ValueOf(f.Record).Elem().FieldByName(field); v.IsValid() && v.Kind() == reflect.String {
			return visible(v.String())
		}
	}
	return ""
}
