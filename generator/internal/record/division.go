package record

// Division is divisions/<id>/division.toml: a province, city, county or functional area, or a township of a county.
type Division struct {
	ID          string       `toml:"id"`
	Code        string       `toml:"code"`
	FormerCodes []string     `toml:"former_codes"`
	Name        string       `toml:"name"`
	Level       string       `toml:"level"`
	Kind        string       `toml:"kind"`
	Parent      string       `toml:"parent"`
	ReportsTo   string       `toml:"reports_to"`
	Exercises   []string     `toml:"exercises"`
	Members     []string     `toml:"members"`
	Status      string       `toml:"status"`
	Aliases     []string     `toml:"aliases"`
	Location    *Location    `toml:"location"`
	ServedBy    string       `toml:"served_by"`
	Sample      bool         `toml:"sample"`
	Refers      []Referral   `toml:"refers"`
	NotAdopted  []NotAdopted `toml:"not_adopted"`
	ListReviews []Review     `toml:"list_reviews"`
	Orgs        []Org        `toml:"orgs"`
	Halls       []Hall       `toml:"halls"`
	Meta
}

// Defaults is divisions/defaults/<level>.toml: the orgs and halls every place of a level has, with {name} for the place.
type Defaults struct {
	Level string `toml:"level"`
	Orgs  []Org  `toml:"orgs"`
	Halls []Hall `toml:"halls"`
}

// Location is a point in degrees, WGS 84.
type Location struct {
	Lat float64 `toml:"lat"`
	Lon float64 `toml:"lon"`
}

// Referral says that items (or all of some departments) are handled by another division, for example a 市辖区 by its city.
type Referral struct {
	Items       []string `toml:"items"`
	Departments []string `toml:"departments"`
	To          string   `toml:"to"`
	Note        string   `toml:"note"`
}

// NotAdopted is an item the division does not take on though its level would, and why.
type NotAdopted struct {
	Item   string `toml:"item"`
	Reason string `toml:"reason"`
}

// Org is a body that implements items in a division (实施主体).
type Org struct {
	ID          string   `toml:"id"`
	Name        string   `toml:"name"`
	NameStatus  string   `toml:"name_status"`
	USCC        string   `toml:"uscc"`
	Kind        string   `toml:"kind"`
	Superior    string   `toml:"superior"`
	Industry    string   `toml:"industry"`
	Handles     *Handles `toml:"handles"`
	Hall        string   `toml:"hall"`
	Phone       string   `toml:"phone"`
	Complaint   string   `toml:"complaint"`
	FormerNames []string `toml:"former_names"`
}

// NameByRule is the name_status of an org or hall whose name was made by a pattern and not verified.
const NameByRule = "by_rule"

// Handles is what an org takes on. An item named beats a list, a list beats a department.
type Handles struct {
	Lists       []string `toml:"lists"`
	Items       []string `toml:"items"`
	Departments []string `toml:"departments"`
	Except      []string `toml:"except"`
}

// Hall is a place with windows, hours and phones: 政务服务中心, 便民服务中心, 派出所, 代办点 …
type Hall struct {
	ID         string    `toml:"id"`
	Name       string    `toml:"name"`
	NameStatus string    `toml:"name_status"`
	Kind       string    `toml:"kind"`
	Address    string    `toml:"address"`
	Hours      []Hours   `toml:"hours"`
	Phones     []Phone   `toml:"phones"`
	Traffic    string    `toml:"traffic"`
	Location   *Location `toml:"location"`
	Serves     []string  `toml:"serves"`
	Does       *Does     `toml:"does"`
	Windows    []Window  `toml:"windows"`
}

// Hours is opening times on some days: days as 周一至周五, open as 9:00–12:00, season in words.
type Hours struct {
	Days   string   `toml:"days"`
	Open   []string `toml:"open"`
	Season string   `toml:"season"`
}

// Does is the items a hall accepts, decides, or helps with as an agent (代办).
type Does struct {
	Accept []string `toml:"accept"`
	Decide []string `toml:"decide"`
	Agent  []string `toml:"agent"`
}

// Window is one window of a hall: its number (or range), name, kind, zone and what is handled there.
type Window struct {
	Number      string   `toml:"number"`
	Name        string   `toml:"name"`
	Kind        string   `toml:"kind"`
	Zone        string   `toml:"zone"`
	Items       []string `toml:"items"`
	Departments []string `toml:"departments"`
	Note        string   `toml:"note"`
}

// The levels at which items are exercised, as vocab/levels.toml has them.
const (
	LevelProvince = "省级"
	LevelCity     = "市级"
	LevelCounty   = "县级"
	LevelTownship = "乡级"
)

// Levels is the levels from the top down; a level's index plus 2 is its code in GB/T 39046 A.2.
var Levels = []string{LevelProvince, LevelCity, LevelCounty, LevelTownship}

// LevelSlugs names the files of divisions/defaults and the pages of levels, in the order of Levels.
var LevelSlugs = []string{"province", "city", "county", "township"}

// LevelRank returns 0 for the province down to 3 for townships, and -1 for anything else.
func LevelRank(level string) int {
	for i, l := range Levels {
		if l == level {
			return i
		}
	}
	return -1
}
