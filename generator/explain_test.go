package main

import (
	"os"
	"strings"
	"testing"

	"banshi/generator/internal/record"
	"banshi/generator/internal/rules"
)

// TestExplainEverything explains every rule and every key in both languages: each says what it is called and more than that.
func TestExplainEverything(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"zh", "en"} {
		explained := func(what, title string, explain func(e *explainer)) {
			var b strings.Builder
			explain(&explainer{w: &b, lang: lang, terms: vocabularies(os.DirFS(".."))})
			text := b.String()
			if title == "" || !strings.Contains(text, title) || strings.Count(text, "\n") < 3 || strings.Contains(text, "%!") {
				t.Errorf("%s in %s: %q", what, lang, text)
			}
			for line := range strings.Lines(text) {
				if trimmed := strings.TrimSpace(line); strings.HasSuffix(trimmed, "：") && !strings.HasSuffix(trimmed, "对：") && trimmed != "里面有：" && trimmed != "不对：" {
					t.Errorf("%s in %s: nothing after %q", what, lang, trimmed)
				}
			}
		}
		for _, r := range rules.All() {
			explained(r.ID, r.Title.In(lang), func(e *explainer) { e.rule(r) })
		}
		for _, k := range record.Keys() {
			if k.Title.EN == "" || k.Description.EN == "" {
				t.Errorf("%s.%s has no English", k.Kind, k.Path)
			}
			explained(k.Path, k.Title.In(lang), func(e *explainer) { e.key(named{k, string(k.Kind) + "." + k.Path}) })
		}
	}
}
