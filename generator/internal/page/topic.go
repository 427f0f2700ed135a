package page

import (
	"banshi/generator/internal/output"
	"banshi/generator/internal/site"
)

// topicKind is one of the two classifications by topic.
type topicKind struct {
	folder, word, id string
	facets           []*site.Facet
}

func (b *builder) topicKinds() []topicKind {
	return []topicKind{
		{"topics/person/", "topics_person", "person", b.site.PersonTopics},
		{"topics/legal/", "topics_legal", "legal", b.site.LegalTopics},
	}
}

// topicPages are the topics: an index for people and legal persons, and a page for each topic.
func (b *builder) topicPages() []output.File {
	const url = "topics/"
	title, lead := b.say("nav_topics"), b.say("topics_lead")
	out := []output.File{b.page(url, "pages/listing", b.listing(url, title, lead, func(v *listingView) {
		v.Crumbs, v.Lead = b.trail(url), lead
		v.Chips = b.browseChips(url)
		for _, k := range b.topicKinds() {
			v.Groups = append(v.Groups, Group{ID: k.id, Title: b.say(k.word), Index: b.counts(url, k.folder, k.facets)})
		}
	}))}
	for _, k := range b.topicKinds() {
		for _, f := range k.facets {
			if f.ID != "" {
				out = append(out, b.topicPage(k, f))
			}
		}
	}
	return out
}

func (b *builder) topicPage(k topicKind, f *site.Facet) output.File {
	url := k.folder + f.ID + "/"
	description := b.say("facet_description", "kind", b.say(k.word), "name", f.Term, "n", itoa(len(f.Items)))
	return b.page(url, "pages/listing", b.listing(url, f.Term, description, func(v *listingView) {
		v.Crumbs = b.trail(url, Link{URL: "topics/", Text: b.say("nav_topics")}, Link{URL: "topics/#" + k.id, Text: b.say(k.word)})
		v.Meta = []string{b.say(k.word), b.say("n_items", "n", itoa(len(f.Items)))}
		g := Group{ID: "items", Title: b.say("group_items"), Rows: b.itemRows(url, f.Items)}
		v.Groups = []Group{g}
		v.Feeds = b.feedsOf(url, b.site.Feed(site.FeedTopic, k.id+"/"+f.ID))
		for _, other := range b.topicKinds() {
			if other.folder == k.folder {
				v.Groups = append(v.Groups, Group{ID: "others", Title: b.say("topics_others"), Index: b.counts(url, k.folder, k.facets)})
			}
		}
	}))
}
