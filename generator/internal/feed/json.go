package feed

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/gorilla/feeds"
)

// jsonDocument is JSON Feed 1.1. Items are always there, also when there are none, as the format demands.
type jsonDocument struct {
	feeds.JSONFeed
	Items json.RawMessage `json:"items"`
}

func (m *maker) json(f *feed, self string) ([]byte, error) {
	items := splice(f, (*entry).writeJSON, ",")
	return encode(&jsonDocument{
		JSONFeed: feeds.JSONFeed{
			Version: "https://jsonfeed.org/version/1.1", Title: clean(f.title), Language: m.Config.Language,
			HomePageUrl: m.url(f.PageURL()), FeedUrl: self, Description: clean(f.about),
			Authors: []*feeds.JSONAuthor{{Name: clean(m.publisher()), Url: m.url("")}},
		},
		Items: append(append([]byte{'['}, items...), ']'),
	})
}

func (e *entry) writeJSON() []byte { return e.json() }

func jsonItem(e *entry) []byte {
	text := strings.Join(e.lines, "\n")
	if text == "" {
		text = e.title
	}
	b, err := encode(&feeds.JSONItem{Id: e.guid, Url: e.link, Title: e.title, ContentText: text, PublishedDate: &e.time, Tags: e.categories})
	if err != nil {
		panic("feed: " + err.Error())
	}
	return bytes.TrimSpace(b)
}

// encode writes JSON without escapes for HTML.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}
