package dump

import (
	"banshi/generator/internal/catalog"
	"banshi/generator/internal/record"
)

// The views in this file are version 1 of the published data: their keys, in this order, are what readers rely on. A key may be
// added; one that is here keeps its name and its type.

// itemRow is a line of items.jsonl: a row of the catalogue with its procedures and their whole standards.
type itemRow struct {
	ID           string `json:"id,always" doc:"事项编号，永不改变 / never changes"`
	URL          string `json:"url,always" doc:"事项页的网址 / address of the page"`
	Record       string `json:"record,always" doc:"记录文件在仓库里的路径 / path of the record in the repository"`
	Sample       bool   `json:"sample" doc:"true 是演示用的假数据 / true: made up for demonstration"`
	*record.Item `rows:"item"`
	Children     []string       `json:"children,always" ref:"item" doc:"子项 / sub-items"`
	Procedures   []procedureRow `json:"procedures,always" doc:"业务办理项 / ways of handling it"`
}

// procedureRow is one way of handling an item with its standard.
type procedureRow struct {
	ID                string `json:"id,always" doc:"事项编号/序号 / item id and number"`
	No                string `json:"no,always" doc:"两位序号 / two digits"`
	Record            string `json:"record,always" doc:"记录文件在仓库里的路径 / path of the record in the repository"`
	Current           bool   `json:"current" doc:"截至数据日期是否在办 / in force on the day of the data"`
	*record.Procedure `rows:"procedure" skip:"Standard"`
	Standard          standard `json:"standard,always" doc:"全省统一的办理标准 / the provincial standard"`
}

// handlerRow is a line of an item's file: a place that handles it.
type handlerRow struct {
	Guide     spliced[string] `json:"guide,always" doc:"指南编号 / id of the guide"`
	Procedure string          `json:"procedure,always" doc:"业务办理项序号 / number of the procedure"`
	Division  spliced[ref]    `json:"division,always" doc:"地方 / place"`
	Level     string          `json:"level,always" vocab:"levels" doc:"行使层级 / level at which it acts"`
	Org       spliced[orgRef] `json:"org" doc:"实施主体 / body that takes it on"`
	Accepts   bool            `json:"accepts" doc:"在这里受理 / accepted here in some case"`
	Decides   bool            `json:"decides" doc:"每种情形都在这里决定 / decided here in every case"`
}

// ref names another record.
type ref struct {
	ID   string `json:"id,always"`
	Name string `json:"name"`
}

// orgRef names a body: its id is unique in its division only.
type orgRef struct {
	Division string `json:"division,always" doc:"区划编号 / id of its division"`
	ID       string `json:"id,always" doc:"在该区划内的编号 / id in that division"`
	Name     string `json:"name"`
	USCC     string `json:"uscc" doc:"统一社会信用代码 / unified social credit code"`
}

// hallRef names a hall: its id is unique in its division only.
type hallRef struct {
	Division string `json:"division,always"`
	ID       string `json:"id,always"`
	Name     string `json:"name"`
}

// procedureRef names a procedure of the item named beside it.
type procedureRef struct {
	No   string `json:"no,always"`
	Name string `json:"name"`
}

// guideRow is a line of guides.jsonl: one procedure in one place, beside the standard it is laid over.
type guideRow struct {
	ID               spliced[string]       `json:"id,always" doc:"区划/事项/业务办理项 / division, item, procedure"`
	URL              spliced[string]       `json:"url,always" doc:"办事指南的网址 / address of the guide"`
	Sample           bool                  `json:"sample" doc:"true 是演示用的假数据 / true: made up for demonstration"`
	Item             spliced[ref]          `json:"item,always" doc:"事项 / item"`
	Procedure        spliced[procedureRef] `json:"procedure,always" doc:"业务办理项 / procedure"`
	Division         spliced[ref]          `json:"division,always" doc:"地方 / place"`
	Level            string                `json:"level,always" vocab:"levels" doc:"行使层级 / level at which the place acts"`
	Org              spliced[orgRef]       `json:"org" doc:"实施主体 / body that takes it on"`
	Supervising      spliced[orgRef]       `json:"supervising" doc:"划转后负责监管的主管部门 / the department's own body where another took the item over"`
	TaskCode         string                `json:"task_code" doc:"实施编码，31 位；主体没有信用代码时为 null / code of the implementation, 31 characters"`
	ProcedureCode    string                `json:"procedure_code" doc:"业务办理项编码，33 位 / code of the procedure, 33 characters"`
	Handling         []handling            `json:"handling,always" doc:"各情形由谁受理、谁决定 / who accepts and who decides, case by case"`
	Places           []place               `json:"places,always" doc:"办理地点 / where it is handled"`
	Agents           []spliced[hallRef]    `json:"agents,always" doc:"代办点 / halls that help with it"`
	Headline         spliced[headline]     `json:"headline,always" doc:"本地实际的几个要点 / what holds here, at a glance"`
	StepLimitsHidden bool                  `json:"step_limits_hidden" doc:"true 时各环节时限不再适用（本地承诺更短）/ true: the limits of the steps no longer fit the promise; ignore them"`
	Differs          differs               `json:"differs,always" doc:"与标准不同的键，整值；{**standard, **differs} 即本地指南 / keys that differ from the standard, whole values"`
	Origins          []origin              `json:"origins,always" doc:"不同之处写在哪份记录里 / which record each difference comes from"`
}

// handling is who accepts and who decides in some cases.
type handling struct {
	When       record.When     `json:"when" doc:"适用情形，null 是全部 / cases; null: all"`
	AcceptHere bool            `json:"accept_here" doc:"在这里受理 / accepted here"`
	AcceptAt   []string        `json:"accept_at,always" vocab:"levels" doc:"受理层级 / levels that accept"`
	Level      string          `json:"level,always" vocab:"levels" doc:"决定层级 / level that decides"`
	DecideHere bool            `json:"decide_here" doc:"在这里决定 / decided here"`
	Decider    spliced[orgRef] `json:"decider" doc:"决定机关，未知为 null / body that decides; null: not known"`
}

// place is where a guide's matter is handled.
type place struct {
	Hall   spliced[hallRef] `json:"hall,always" doc:"大厅 / hall"`
	Window *window          `json:"window" doc:"窗口 / window"`
	Role   string           `json:"role" vocab:"place-roles" doc:"在这里做什么 / what is done there"`
}

type window struct {
	Number string `json:"number"`
	Name   string `json:"name"`
}

// headline is what people ask first, resolved for the place.
type headline struct {
	Promise []record.Limit  `json:"promise" rows:"procedure:promise" doc:"承诺时限 / promised limits"`
	Visits  *int            `json:"visits" doc:"到现场次数 / how often one must come"`
	Charged *bool           `json:"charged" doc:"是否收费 / whether the government charges"`
	Papers  *paperCount     `json:"papers" doc:"材料份数，标准没写材料为 null / counts of papers; null: not stated"`
	Online  *onlineHeadline `json:"online" doc:"网上办理 / online"`
}

// paperCount counts the lines of the materials over all cases together.
type paperCount struct {
	Bring  int `json:"bring" doc:"要带的（各情形合计）/ to bring, over all cases"`
	Waived int `json:"waived" doc:"不用带的：共享、电子证照或本地不收 / not to bring: shared, electronic or dropped"`
}

type onlineHeadline struct {
	Depth     string `json:"depth" vocab:"depths"`
	URL       string `json:"url"`
	MobileURL string `json:"mobile_url"`
}

// origin is where a value that is not the standard's comes from.
type origin struct {
	Key    string `json:"key,always" doc:"键，成员用编号：materials.premises.drop / key, members by id"`
	Record string `json:"record,always" doc:"记录文件 / path of the record"`
	Lock   string `json:"lock,always" doc:"谁能改：P 省级标准，T 只能更好，L 各地自定 / lock class: P standard, T only better, L local"`
	// Deviation is there for keys of the standard only.
	Deviation *record.Deviation `json:"deviation" rows:"implementation:deviation" doc:"批准改标准的文件 / the approval to change the standard"`
}

// divisionRow is the file of a place without its guides, which follow under the key guides.
type divisionRow struct {
	ID               string `json:"id" doc:"区划编号，永不改变 / never changes"`
	URL              string `json:"url"`
	Record           string `json:"record"`
	Sample           bool   `json:"sample"`
	*record.Division `rows:"division" skip:"id,sample,exercises,refers,orgs,halls"`
	Exercises        []string      `json:"exercises" vocab:"levels" doc:"行使的层级 / levels at which it acts"`
	Superior         spliced[ref]  `json:"superior" doc:"上级 / the place it answers to"`
	Children         []ref         `json:"children" doc:"下级 / places below it"`
	Orgs             []orgRow      `json:"orgs" doc:"实施主体，含按层级默认的 / bodies, defaults of the level included"`
	Halls            []hallRow     `json:"halls" doc:"大厅 / halls"`
	Referrals        []referralRow `json:"referrals" doc:"到别处办的事项 / items handled elsewhere"`
	LocalItems       []string      `json:"local_items" ref:"item" doc:"有本地记录的事项 / items of which the place has records of its own"`
}

type orgRow struct {
	*record.Org `rows:"org"`
	Default     bool `json:"default" doc:"按层级默认，没有单独核实 / by the defaults of the level"`
}

type hallRow struct {
	*record.Hall `rows:"hall"`
	Default      bool `json:"default" doc:"按层级默认，没有单独核实 / by the defaults of the level"`
}

type referralRow struct {
	Item string `json:"item" ref:"item"`
	To   string `json:"to" ref:"division"`
	Note string `json:"note"`
}

// headlineOf resolves a guide's headline.
func headlineOf(s *catalog.Sections) *headline {
	h := &headline{Promise: s.Timing.Promise, Visits: s.Access.Visits}
	if s.Cost.Fee != nil {
		h.Charged = s.Cost.Fee.Charged
	}
	if o := s.Access.Online; o != nil {
		h.Online = &onlineHeadline{o.Depth, o.URL, o.MobileURL}
	}
	if s.Papers.Stated {
		h.Papers = new(paperCount)
		for _, line := range s.Papers.Lines {
			if line.Waived() {
				h.Papers.Waived++
			} else {
				h.Papers.Bring++
			}
		}
	}
	return h
}
