// Package quality is supervision: figures about the library that anyone can count again (质量与指标).
//
// A [Metric] is one value: what is counted, by which formula, after which document, and whether more or less is better. A [Survey]
// counts every metric over one catalog, once; a [Scope] says of which part (the province, a level, a place, a department) a
// [Figure] is wanted. Every figure opens into its lists: [Survey.List] gives the entries of its numerator, of its denominator, of
// what is between the two, and of what nobody recorded. The sum over a list is the figure, by construction and by test.
//
// A page is made so. Count once, after the catalog is resolved:
//
//	s := quality.New(c, quality.Options{})
//
// For the page of the province, a level, a place or a department, ask for the figures of its scope, in the order of [Metrics]:
//
//	for _, f := range s.Figures(quality.Scope{Division: d}) {
//		f.Metric.Title, f.Metric.Formula   // what it is and how it is counted
//		f.Sentence(), f.Value(), f.Goal    // in words, as a figure, and what a document demands
//		f.State, f.Verdict                 // whether there is a figure at all, and whether it is enough
//		s.List(f, quality.Gap)             // what is missing, entry by entry
//	}
//
// Figures of a place cost a sum over the cells of its departments; lists walk the entries again. A table of all places by one metric is s.Figure(m, quality.Scope{Division: d}) for each place: a look-up. Entries of the province
// are as many as guides; [Survey.Groups] puts those together that share their standard and their reason, which is what people
// read. Entries know their guide, item, place and file, so that a page can link them.
//
// Three habits keep figures honest. What nobody recorded is unknown and never zero: a place without records of its own says 未收录.
// Made-up places (示例市) are counted in figures of themselves alone. A figure with unknown parts meets its target only if it would
// meet it with all of them against it.
package quality

import (
	"slices"

	"banshi/generator/internal/diag"
)

// Metric is one thing that is counted, in the whole library the same way.
type Metric struct {
	ID     string    // names its pages and files; a term of vocab/metrics.toml has the same id where there is one
	Title  diag.Text // as that term
	Family Family
	// Formula says in a sentence how the figure is made; Counted and Among name its numerator and its denominator.
	Formula, Counted, Among diag.Text
	Sources                 []Source
	Unit                    Unit
	Of                      Subject
	Better                  Direction
	// Rests says what a place's figure is made from. See [Figure.State].
	Rests Rests
	// Distinct says that over several places an item counts once, where it does worst.
	Distinct bool

	// missing says which record lacks without which nothing can be counted; empty where none does.
	missing func(*Survey) diag.Text
	counter
}

// Source is where a metric comes from: a document of the library, and a place in it or its words. Document is "" for what is no
// document of the library; Text is then its title.
type Source struct{ Document, Text string }

// The documents that ask for what is counted here, as data/documents has them.
const (
	sorting    = "hebei-2019-sorting"       // 梳理方案
	oneNet     = "hebei-2018-one-net"       // 一网一门一次
	countyList = "zhuolu-2017-lists"        // 涿鹿县目录清单
	facility   = "county-city-facilitation" // 某县级市三化
	hallRun    = "hebei-2019-hall"          // 省大厅
)

// Family groups metrics as readers ask for them.
type Family string

// The families of metrics.
const (
	Online     Family = "online"     // 网上办、少跑腿
	Conformity Family = "conformity" // 四同、能同尽同
	Adoption   Family = "adoption"   // 承接
	Complete   Family = "complete"   // 完整、准确
	Lean       Family = "lean"       // 减材料、减环节、减时限
	Compared   Family = "compared"   // 对标、比对
	Schedule   Family = "schedule"   // 进度
)

// Families are the families in the order in which they are shown.
var Families = []Family{Online, Conformity, Adoption, Complete, Lean, Compared, Schedule}

var familyTitles = map[Family]diag.Text{
	Online:     {ZH: "网上办、少跑腿", EN: "Online and fewer visits"},
	Conformity: {ZH: "四同和能同尽同", EN: "The same everywhere"},
	Adoption:   {ZH: "承接", EN: "Taken on"},
	Complete:   {ZH: "完整准确", EN: "Complete and exact"},
	Lean:       {ZH: "减材料、减环节、减时限", EN: "Less paper, fewer steps, less time"},
	Compared:   {ZH: "比对", EN: "Comparisons"},
	Schedule:   {ZH: "进度", EN: "Progress"},
}

// Title is what a family is called.
func (f Family) Title() diag.Text { return familyTitles[f] }

// Unit is what a figure is printed in.
type Unit string

// The units of figures.
const (
	Percent Unit = "percent" // numerator by denominator
	Count   Unit = "count"   // the numerator
	Days    Unit = "days"    // the numerator, in working days
)

// Subject is what one entry of a metric's lists is.
type Subject string

// The subjects of entries. A procedure handled by a place is a guide; an item handled by a place may have several.
const (
	OfGuides    Subject = "guide"    // 办理项（各地的）
	OfItems     Subject = "item"     // 事项（各地的）
	OfStandards Subject = "standard" // 办理项（全省标准）
	OfPlaces    Subject = "place"    // 地方
	OfHalls     Subject = "hall"     // 大厅
	OfBundles   Subject = "bundle"   // 一件事
	OfRecords   Subject = "record"   // 记录
)

var subjectTitles = map[Subject]diag.Text{
	OfGuides:    {ZH: "办理项", EN: "procedures"},
	OfItems:     {ZH: "事项", EN: "items"},
	OfStandards: {ZH: "标准", EN: "standards"},
	OfPlaces:    {ZH: "地方", EN: "places"},
	OfHalls:     {ZH: "大厅", EN: "halls"},
	OfBundles:   {ZH: "一件事", EN: "bundles"},
	OfRecords:   {ZH: "记录", EN: "records"},
}

// Title is what entries are called, in the plural.
func (s Subject) Title() diag.Text { return subjectTitles[s] }

// Direction says whether a higher or a lower figure is better.
type Direction int

// The directions of figures.
const (
	Higher Direction = 1
	Lower  Direction = -1
)

// Rests says what the figure of a place is made from.
type Rests int

const (
	// OnStandard is for what the provincial standard says unless the place says otherwise. The figure of a place without
	// records of its own is the standard's, and is marked so.
	OnStandard Rests = iota
	// OnLocal is for what only the place can say. Without its records there is no figure.
	OnLocal
	// OnProvince is for what the province's records say of all: there is no figure of a place.
	OnProvince
)

// Uncounted is what documents demand and no record could say, with the reason, in the order of documents.
var Uncounted = []struct{ Title, Reason diag.Text }{
	{diag.Text{ZH: "个性化移动应用数", EN: "Local mobile applications"}, diag.Text{ZH: "本库只记事项和办理，不记移动应用。", EN: "The library records items and not applications."}},
	{diag.Text{ZH: "孤立的业务系统", EN: "Isolated systems"}, diag.Text{ZH: "记录里没有事项在哪个系统办、系统接没接入，要先有信息系统目录。", EN: "No record says which system handles an item and whether it is connected; a register of systems is needed first."}},
	{diag.Text{ZH: "好差评", EN: "Ratings by applicants"}, diag.Text{ZH: "评价是每一件事的数据，不在事项库里。", EN: "Ratings belong to single cases, of which the library has none."}},
	{diag.Text{ZH: "网上办件量", EN: "Applications handled online"}, diag.Text{ZH: "网上可办是看能不能办，不是办了多少；办件数据不在事项库里。", EN: "What can be handled online is counted, not how often it is: the library has no cases."}},
}

// Metrics are all metrics, in the order in which they are shown.
func Metrics() []*Metric { return metrics }

// PlaceMetrics are those of which a place has a figure, in the same order.
func PlaceMetrics() []*Metric { return placeMetrics }

// Named returns the metric with the id, or with the Chinese title; nil for another word.
func Named(word string) *Metric {
	for _, m := range metrics {
		if m.ID == word || m.Title.ZH == word {
			return m
		}
	}
	return nil
}

var metrics = slices.Concat(onlineMetrics, hallMetrics, outcomeMetrics, conformityMetrics, adoptionMetrics, elementMetrics, scoreMetrics, leanMetrics,
	bundleMetrics, comparedMetrics, planMetrics)

var placeMetrics = slices.DeleteFunc(slices.Clone(metrics), func(m *Metric) bool { return m.Rests == OnProvince })
