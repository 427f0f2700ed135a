package rules

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"banshi/generator/internal/catalog"
	"banshi/generator/internal/diag"
	"banshi/generator/internal/record"
	"banshi/generator/internal/zh"
)

// hallRules hold that people find the place: what it is called, where it is and when it is open.
var hallRules = []Rule{
	{
		ID: "hall-name", Family: "place", Severity: diag.Warning,
		Title:  diag.Text{ZH: "大厅没有用统一的名称", EN: "a hall without its standard name"},
		Reason: diag.Text{ZH: "县级以上叫政务服务中心，乡镇、街道叫便民服务中心，村、社区叫便民服务站，逐步分别规范（S3 二(三)）；省级的正式名称是政务服务大厅（S4），不查。", EN: "Counties and cities have a 政务服务中心, townships a 便民服务中心, villages a 便民服务站 (S3); the province's hall has a name of its own (S4)."},
		Explanation: diag.Text{
			ZH: "名称里写统一的叫法；群众熟悉的老名字可以写在 traffic 里。kind 和所在的级别也要对得上。",
			EN: "Use the standard word in the name, and a kind that fits the level; an old name people know may stand in traffic.",
		},
		Bad: "# data/divisions/139921/division.toml\n[[halls]]\nid = \"hall\"\nname = \"示例县行政审批大厅\"\nkind = \"政务服务中心\"", Good: "# data/divisions/139921/division.toml\n[[halls]]\nid = \"hall\"\nname = \"示例县政务服务中心\"\nkind = \"政务服务中心\"",
		check: checkHallNames,
	}, {
		ID: "address-detail", Family: "place", Severity: diag.Warning,
		Title:       diag.Text{ZH: "地址找不到门", EN: "an address that does not lead to a door"},
		Reason:      diag.Text{ZH: "办理地点要精确到门牌、楼层或者窗口（S2 四(一) 办理地点；温州指南检查规则）。", EN: "A place is stated down to number, floor or window (S2, Wenzhou's guide checks)."},
		Explanation: diag.Text{ZH: "写门牌号、楼层、房间；没有门牌的村，写在谁的院里、什么旁边。", EN: "State number, floor and room; in a village without numbers say in whose yard or beside what."},
		Bad:         `address = "示例县示例路"`, Good: `address = "示例县示例路1号一楼"`,
		check: checkAddresses,
	}, {
		ID: "hours-form", Family: "place",
		Title:  diag.Text{ZH: "办公时间读不懂", EN: "hours that cannot be read"},
		Reason: diag.Text{ZH: "办理时间是办事指南必须列明的（S2 四(一)）；写法统一，机器才能说现在开不开门。", EN: "Hours are part of every guide (S2); in one form a program can say whether it is open."},
		Explanation: diag.Text{
			ZH: "days 写 周一至周五、周六、每天、工作日、法定节假日；open 写 9:00–12:00 这样的时段，早的在前，不重叠，全天写 24小时。中间是短横“–”。",
			EN: "days is 周一至周五, 周六, 每天, 工作日 or 法定节假日; open is spans such as 9:00–12:00, earlier first and not overlapping, or 24小时.",
		},
		Bad: `hours = [{ days = "星期一到五", open = ["上午8:30"] }]`, Good: `hours = [{ days = "周一至周五", open = ["8:30–12:00", "13:30–17:00"] }]`,
		check: checkHours,
	}, {
		ID: "no-hours", Family: "place", Severity: diag.Warning,
		Title:       diag.Text{ZH: "有地址，没有办公时间", EN: "an address without hours"},
		Reason:      diag.Text{ZH: "到窗口办的事要有办理地点和办理时间（S2 四(一)），白跑一趟多半是没赶上时间。", EN: "What is handled at a window has a place and hours (S2); people come in vain when it is closed."},
		Explanation: diag.Text{ZH: "写 hours；各季不同的写两条，用 season 说明。", EN: "State hours; where seasons differ write two lines with season."},
		Bad:         "[[halls]]\nid = \"hall\"\naddress = \"示例县示例路1号\"", Good: "[[halls]]\nid = \"hall\"\naddress = \"示例县示例路1号\"\nhours = [{ days = \"周一至周五\", open = [\"9:00–12:00\", \"13:30–17:00\"] }]",
		check: checkNoHours,
	}, {
		ID: "duplicate-window", Family: "place",
		Title:       diag.Text{ZH: "大厅里有两个同号的窗口", EN: "two windows with one number"},
		Reason:      diag.Text{ZH: "办理地点写到窗口（S2 四(一)）；两个窗口一个号，群众不知道排哪一队。", EN: "Guides send people to a window by its number (S2)."},
		Explanation: diag.Text{ZH: "改成现场挂的号；同一个窗口的事写在一条里。", EN: "Use the numbers on the wall; what one window does stands in one entry."},
		Bad:         "windows = [{ number = \"A01\", name = \"企业开办\" }, { number = \"A01\", name = \"办税\" }]", Good: "windows = [{ number = \"A01\", name = \"企业开办\" }, { number = \"A02\", name = \"办税\" }]",
		check: checkDuplicateWindows,
	}, {
		ID: "location", Family: "place",
		Title:       diag.Text{ZH: "经纬度不在中国", EN: "a point outside China"},
		Reason:      diag.Text{ZH: "政务服务地图按经纬度标点（S3 政务服务地图），写反了就标到海里。", EN: "Halls stand on a map by their coordinates (S3); swapped they stand in the sea."},
		Explanation: diag.Text{ZH: "lat 是纬度（3–54），lon 是经度（73–136），用度数，WGS 84。", EN: "lat is the latitude (3–54), lon the longitude (73–136), in degrees, WGS 84."},
		Bad:         `location = { lat = 114.48, lon = 38.03 }`, Good: `location = { lat = 38.03, lon = 114.48 }`,
		check: checkLocations,
	},
}

// hallFiles calls f for every hall that a file states: in divisions, and in the defaults of a level.
func (c *checker) hallFiles(f func(file *catalog.File, level string, at []string, h *record.Hall)) {
	for _, file := range c.files {
		level, halls := "", []record.Hall(nil)
		switch r := file.Record.(type) {
		case *record.Division:
			level, halls = r.Level, r.Halls
		case *record.Defaults:
			level, halls = r.Level, r.Halls
		}
		for i := range halls {
			f(file, level, []string{"halls", strconv.Itoa(i)}, &halls[i])
		}
	}
}

// hallWords is the standard word for each kind of hall that has one, and the levels that have such halls.
var hallWords = map[string]struct {
	word   string
	levels []string
}{
	"政务服务中心": {"政务服务中心", []string{record.LevelProvince, record.LevelCity, record.LevelCounty}},
	"便民服务中心": {"便民服务中心", []string{record.LevelTownship}},
	"便民服务站":  {"便民服务站", []string{record.LevelTownship}},
}

// hallOf is what a level calls its hall.
var hallOf = map[string]string{record.LevelCity: "政务服务中心", record.LevelCounty: "政务服务中心", record.LevelTownship: "便民服务中心"}

func checkHallNames(c *checker) {
	c.hallFiles(func(file *catalog.File, level string, at []string, h *record.Hall) {
		kind := h.Kind
		if kind == "" && file.Kind == record.KindDivision {
			if d := c.Division(file.ID()); d != nil && d.Hall(h.ID) != nil {
				kind = d.Hall(h.ID).Kind
			}
		}
		want, ok := hallWords[kind]
		switch {
		case !ok || level == record.LevelProvince:
		case !slices.Contains(want.levels, level) && hallOf[level] != "":
			c.report(file, join(at, "kind"), words{
				zh: fmt.Sprintf("%s的大厅叫%s，这里写的是%s", level, hallOf[level], kind), en: fmt.Sprintf("the hall of %s is a %s, not a %s", level, hallOf[level], kind),
				hint: "写 kind = \"" + hallOf[level] + "\"，名称也用这个叫法", hintEN: "write kind = \"" + hallOf[level] + "\" and use the word in the name",
			})
		case h.Name != "" && !strings.Contains(zh.Simplify(h.Name), want.word):
			c.report(file, join(at, "name"), words{
				zh: fmt.Sprintf("“%s”没有用统一的名称“%s”", h.Name, want.word), en: fmt.Sprintf("%s is not called %s", h.Name, want.word),
				hint: "名称里写“" + want.word + "”，例如 " + standardName(file, want.word), hintEN: "call it " + want.word + ", such as " + standardName(file, want.word),
			})
		}
	})
}

// standardName returns what a place's hall is called by rule.
func standardName(f *catalog.File, word string) string {
	if r, ok := f.Record.(*record.Division); ok {
		return r.Name + word
	}
	return "{name}" + word
}

// vagueEnd is how an address ends that stops at a street or a village.
var vagueEnd = regexp.MustCompile(`(路|街|道|巷|胡同|镇|乡|村|区|县|市|附近|一带)$`)

func checkAddresses(c *checker) {
	c.hallFiles(func(file *catalog.File, _ string, at []string, h *record.Hall) {
		if h.Address == "" || !vagueEnd.MatchString(h.Address) {
			return
		}
		c.report(file, join(at, "address"), words{
			zh: fmt.Sprintf("地址“%s”没有写到门，找不到", h.Address), en: fmt.Sprintf("the address %s does not lead to a door", h.Address),
			hint: "写上门牌号、楼层或者房间；没有门牌的写在什么院里、什么旁边", hintEN: "add number, floor or room, or in whose yard or beside what it is",
		})
	})
}

func checkNoHours(c *checker) {
	c.hallFiles(func(file *catalog.File, _ string, at []string, h *record.Hall) {
		if h.Address == "" || h.Hours != nil {
			return
		}
		if d := c.Division(file.ID()); file.Kind == record.KindDivision && d != nil && d.Hall(h.ID) != nil && d.Hall(h.ID).Hours != nil {
			return // the defaults of the level state them
		}
		c.report(file, join(at, "address"), words{
			zh: fmt.Sprintf("“%s”有地址，没有办公时间", cmp.Or(h.Name, h.ID)), en: fmt.Sprintf("the hall %s has an address but no hours", h.ID),
			hint: "写 hours = [{ days = \"周一至周五\", open = [\"9:00–12:00\", \"13:30–17:00\"] }]，照现场挂的写", hintEN: "state hours as they hang on the door",
		})
	})
}

func checkDuplicateWindows(c *checker) {
	c.hallFiles(func(file *catalog.File, _ string, at []string, h *record.Hall) {
		first := map[string]int{}
		for i, w := range h.Windows {
			n, twice := first[w.Number]
			if w.Number == "" || !twice {
				first[w.Number] = i
				continue
			}
			c.report(file, join(at, "windows", strconv.Itoa(i), "number"), words{
				zh: fmt.Sprintf("这个大厅已经有 %s 号窗口", w.Number), en: fmt.Sprintf("the hall already has a window %s", w.Number),
				hint: "改成现场挂的号；是同一个窗口的并成一条", hintEN: "use the number on the wall, or make one entry of both",
			}.note(file.Position(join(at, "windows", strconv.Itoa(n), "number")...), "先写的窗口", "the window that has it"))
		}
	})
}

// The box about China, in degrees.
const (
	southernmost, northernmost = 3.0, 54.0
	westernmost, easternmost   = 73.0, 136.0
)

func checkLocations(c *checker) {
	look := func(file *catalog.File, at []string, l *record.Location) {
		if l == nil || l.Lat >= southernmost && l.Lat <= northernmost && l.Lon >= westernmost && l.Lon <= easternmost {
			return
		}
		w := words{
			zh: fmt.Sprintf("纬度 %g、经度 %g 不在中国", l.Lat, l.Lon), en: fmt.Sprintf("latitude %g, longitude %g is not in China", l.Lat, l.Lon),
			hint: "核对坐标：lat 是纬度，lon 是经度，用度数", hintEN: "check it: lat is the latitude, lon the longitude, in degrees",
		}
		if l.Lon >= southernmost && l.Lon <= northernmost && l.Lat >= westernmost && l.Lat <= easternmost {
			w.hint = fmt.Sprintf("多半写反了：lat = %g, lon = %g", l.Lon, l.Lat)
			w.hintEN = fmt.Sprintf("they are swapped: lat = %g, lon = %g", l.Lon, l.Lat)
		}
		c.report(file, join(at, "location"), w)
	}
	c.hallFiles(func(file *catalog.File, _ string, at []string, h *record.Hall) { look(file, at, h.Location) })
	for _, d := range c.Divisions {
		look(d.File, nil, d.Location)
	}
}
