// Package config is site.toml as a checked value: what a site says about itself. It is trusted, unlike records.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"banshi/generator/internal/diag"
	"banshi/generator/internal/tomlfile"
)

// File is the name of the configuration at the root of a site.
const File = "site.toml"

// Config is site.toml.
type Config struct {
	Title          string       `toml:"title"`
	Language       string       `toml:"language"`
	BaseURL        string       `toml:"base_url"` // without a trailing slash
	Division       string       `toml:"division"` // the place whose portal this is
	Licence        Licence      `toml:"licence"`
	Theme          string       `toml:"theme"`
	Phone          string       `toml:"phone"`
	OfficialPortal Official     `toml:"official_portal"`
	Footer         Footer       `toml:"footer"`
	History        History      `toml:"history"`
	Publish        Publish      `toml:"publish"`
	Consultation   Consultation `toml:"consultation"`
	Edit           Edit         `toml:"edit"`
	// Suggestions are words that people often say, shown beside the search on the home page; each must be a name or an alias.
	Suggestions []string `toml:"suggestions"`

	Doc *tomlfile.Document `toml:"-"`
}

// Licence is under which terms the data may be used. It has no default: a publisher must decide.
type Licence struct {
	Data string `toml:"data"` // an SPDX id
	Name string `toml:"name"`
	URL  string `toml:"url"`
}

// Official is the portal that holds where the two differ.
type Official struct {
	Name string `toml:"name"`
	URL  string `toml:"url"`
}

// Footer is what a Chinese government site must show at its foot.
type Footer struct {
	Organiser string `toml:"organiser"`
	SiteCode  string `toml:"site_code"`
	ICP       string `toml:"icp"`
	Police    string `toml:"police"`
}

// History is the oldest commit whose records are read, and over how many past months figures have a trend (11 where it is not said).
type History struct {
	Since string `toml:"since"`
	Trend *int   `toml:"trend"`
}

// TrendMonths is how many months before this one a trend shows; a year with this one, or what site.toml says.
func (h History) TrendMonths() int {
	if h.Trend != nil {
		return *h.Trend
	}
	return 11
}

// Publish says what of [review] a record must have before it is published; package review knows the names. Lists and days that
// are absent demand nothing, ConsultationDays has a default of its own.
type Publish struct {
	Require []string `toml:"require"` // of items and procedures
	Places  []string `toml:"places"`  // of a place's own record
	Lists   []string `toml:"lists"`   // of the newest review of a place's list
	// Since is the day from which on: what took effect before it is published as it was.
	Since *time.Time `toml:"since"`
	// ConsultationDays is how long a consultation must last unless it says why not.
	ConsultationDays int `toml:"consultation_days"`
}

// Consultation is the draft site: where it is published, who takes comments and where they are sent. A record may say otherwise
// for itself.
type Consultation struct {
	URL     string `toml:"url"`
	Body    string `toml:"body"`
	Address string `toml:"address"`
}

// PublishGates are the names that [publish] may demand: the parts of [review], in the order in which they come about.
var PublishGates = []string{"signed", "reviewed", "consultation", "legality", "approved", "published", "filed"}

// Load reads site.toml. The problems are the author's; the error, the machine's (or the file is missing).
func Load(site fs.FS) (*Config, []diag.Problem, error) {
	data, err := fs.ReadFile(site, File)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, errors.New("这里没有 site.toml：请在站点的根目录运行，或用 --site 指明 / no site.toml here: run in the root of a site or name it with --site")
	}
	if err != nil {
		return nil, nil, err
	}
	c := new(Config)
	doc, problems := tomlfile.Decode(File, data, c, tomlfile.Options{})
	c.Doc = doc
	if len(problems) == 0 {
		problems = c.check()
	}
	if c.Theme == "" {
		c.Theme = "default"
	}
	if c.Language == "" {
		c.Language = "zh-CN"
	}
	c.BaseURL = strings.TrimSuffix(c.BaseURL, "/")
	c.Consultation.URL = strings.TrimSuffix(c.Consultation.URL, "/")
	return c, problems, nil
}

func (c *Config) check() []diag.Problem {
	var out []diag.Problem
	missing := func(ok bool, key, zh, en string) {
		if !ok {
			out = append(out, diag.Problem{Position: c.Doc.Position(strings.Split(key, ".")...), Rule: "site-setting",
				Message: diag.Text{ZH: zh, EN: en}})
		}
	}
	missing(c.Title != "", "title", "缺少网站名称 title", "title is missing")
	u, err := url.Parse(c.BaseURL)
	missing(err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "", "base_url",
		"base_url 应是网站的完整网址，如 https://example.gov.cn", "base_url must be the full address of the site, such as https://example.gov.cn")
	missing(c.Licence.Data != "" && c.Licence.Name != "", "licence",
		"缺少数据许可 licence = { data = …, name = …, url = … }：没有许可，别人不能使用数据", "the data's licence is mandatory: licence = { data = …, name = …, url = … }")
	if c.Edit.Repository != "" {
		u, err := url.Parse(c.Edit.Repository)
		missing(err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "", "edit.repository",
			"edit.repository 应是仓库的网址，如 https://gitlab.example.gov.cn/zwfw/banshi", "edit.repository must be the address of the repository as a browser shows it")
		missing(slices.Contains(Forges, c.Edit.kind()), "edit.forge",
			"看网址认不出是哪种代码平台，请写 forge = \"github\"、\"gitlab\" 或 \"gitea\"", "the host does not say which forge this is: write forge = \"github\", \"gitlab\" or \"gitea\"")
	}
	missing(c.Division != "", "division", "缺少 division：这是哪个地方的网站（区划的 id）", "division is missing: whose portal is this (id of a division)")
	for _, list := range []struct {
		key   string
		gates []string
	}{{"require", c.Publish.Require}, {"places", c.Publish.Places}, {"lists", c.Publish.Lists}} {
		for i, g := range list.gates {
			missing(slices.Contains(PublishGates, g), "publish."+list.key+"."+strconv.Itoa(i),
				fmt.Sprintf("没有“%s”这个审核环节，可以写 %s", g, strings.Join(PublishGates, "、")),
				fmt.Sprintf("%q is no gate; write %s", g, strings.Join(PublishGates, ", ")))
		}
	}
	if c.Consultation.URL != "" {
		u, err := url.Parse(c.Consultation.URL)
		missing(err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "", "consultation.url",
			"consultation.url 应是征求意见网站的完整网址", "consultation.url must be the full address of the draft site")
	}
	missing(c.History.TrendMonths() >= 0, "history.trend", "trend 是走势往回看几个月，不能是负数", "trend is a number of months and cannot be negative")
	missing(c.Publish.ConsultationDays >= 0, "publish.consultation_days", "consultation_days 不能是负数", "consultation_days cannot be negative")
	return out
}
