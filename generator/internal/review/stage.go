package review

import "banshi/generator/internal/record"

// Stage is how far a record has come, in the words of the screen.
type Stage string

// The stages.
const (
	StageNone      Stage = "没有审核记录" // of a place's list
	StageDraft     Stage = "起草"
	StageReviewed  Stage = "已审核"
	StageComing    Stage = "等待征求意见"
	StageOpen      Stage = "正在征求意见"
	StageClosed    Stage = "征求意见已截止"
	StageLegality  Stage = "已合法性审查"
	StageRefused   Stage = "合法性审查没有通过"
	StageApproved  Stage = "已审定"
	StagePublished Stage = "已发布"
	StageEnded     Stage = "已经停办"
)

// Stages are all stages in order.
var Stages = []Stage{StageNone, StageDraft, StageReviewed, StageComing, StageOpen, StageClosed, StageRefused, StageLegality, StageApproved, StagePublished, StageEnded}

// Stage returns how far a record has come on a day, and since when; 0 where no day is stated.
func (p Policy) Stage(s Subject, today record.Date) (Stage, record.Date) {
	switch {
	case s.Status() == record.StatusCancelled || s.Status() == record.StatusMerged:
		return StageEnded, s.Effective()
	case !p.Held(s):
		if r := s.Review(); r != nil && r.Published != nil {
			return StagePublished, r.Published.Date
		}
		return StagePublished, s.Effective()
	}
	return Underway(s.Review(), today)
}

// Underway returns how far a review has come that is not published.
func Underway(r *record.Review, today record.Date) (Stage, record.Date) {
	switch {
	case r == nil:
		return StageDraft, 0
	case r.Legality != nil && r.Legality.Opinion == record.Unlawful:
		return StageRefused, r.Legality.Date
	case r.Approved != nil:
		return StageApproved, r.Approved.Date
	case r.Legality != nil:
		return StageLegality, r.Legality.Date
	case r.Consultation != nil && today > r.Consultation.Closes:
		return StageClosed, r.Consultation.Closes.AddDays(1)
	case r.Consultation != nil && today < r.Consultation.Opens:
		return StageComing, r.Consultation.Opens
	case r.Consultation != nil:
		return StageOpen, r.Consultation.Opens
	case r.Reviewed != nil:
		return StageReviewed, r.Reviewed.Date
	case r.Signed != nil:
		return StageDraft, r.Signed.Date
	}
	return StageDraft, 0
}

// Dated is one act of a review with its day.
type Dated struct {
	Gate Gate
	Key  []string // the key of the day below the review
	Day  record.Date
}

// Days lists the days of a review in the order in which they must come; acts without a day are left out.
func Days(r *record.Review) []Dated {
	if r == nil {
		return nil
	}
	var out []Dated
	add := func(g Gate, day record.Date, key string) {
		if day != 0 {
			out = append(out, Dated{g, []string{string(g), key}, day})
		}
	}
	for _, g := range Gates {
		switch g {
		case Consultation:
			if c := r.Consultation; c != nil {
				add(g, c.Opens, "opens")
				add(g, c.Closes, "closes")
			}
		case Legality:
			if r.Legality != nil {
				add(g, r.Legality.Date, "date")
			}
		default:
			if s := signature(r, g); s != nil {
				add(g, s.Date, "date")
			}
		}
	}
	return out
}

// Document is one document that a review names.
type Document struct {
	Gate Gate
	Name string // the id of a record of data/documents, a number, or an address
}

// Documents lists the documents of a review in order.
func Documents(r *record.Review) []Document {
	if r == nil {
		return nil
	}
	var out []Document
	for _, g := range Gates {
		name := ""
		switch g {
		case Consultation:
			if r.Consultation != nil {
				name = r.Consultation.Document
			}
		case Legality:
			if r.Legality != nil {
				name = r.Legality.Document
			}
		default:
			if s := signature(r, g); s != nil {
				name = s.Document
			}
		}
		if name != "" {
			out = append(out, Document{g, name})
		}
	}
	return out
}
