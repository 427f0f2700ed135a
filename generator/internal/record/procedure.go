package record

// Procedure is items/<id>/NN.toml: one way of handling an item (业务办理项) with the provincial standard. Numbers are never
// reused.
type Procedure struct {
	Name          string   `toml:"name"`
	Status        string   `toml:"status"`
	EffectiveFrom Date     `toml:"effective_from"`
	EffectiveTo   Date     `toml:"effective_to"`
	ReplacedBy    string   `toml:"replaced_by"`
	Plain         string   `toml:"plain"`
	Aliases       []string `toml:"aliases"`
	Review        *Review  `toml:"review"`
	Standard
	Meta
}

// Standard is everything a guide needs beyond names: the sections that a division may, within the locks, set differently.
type Standard struct {
	Scope
	Powers
	Timing
	Papers
	Process
	Outcome
	Cost
	Access
	Relations
	Facilitation
	Protection
	Questions
}

// Scope is who the procedure is for, in which cases, and who does not need it at all.
type Scope struct {
	Audience      []string    `toml:"audience"`
	ApplyAt       string      `toml:"apply_at"`
	NotNeeded     []NotNeeded `toml:"not_needed"`
	Cases         []Case      `toml:"cases"`
	Conditions    []Condition `toml:"conditions"`
	Prohibitions  []string    `toml:"prohibitions"`
	QuantityLimit string      `toml:"quantity_limit"`
}

// NotNeeded is a situation in which people need not apply, and what they do instead.
type NotNeeded struct {
	ID      string  `toml:"id"`
	Text    string  `toml:"text"`
	Instead string  `toml:"instead"`
	Basis   []Basis `toml:"basis"`
}

// Case is a question in plain words whose answer selects materials, limits, steps, fees or authority (情形). At most 4
// questions of 6 options.
type Case struct {
	ID       string   `toml:"id"`
	Question string   `toml:"question"`
	Options  []Option `toml:"options"`
}

// Option is one answer to a Case.
type Option struct {
	ID    string `toml:"id"`
	Label string `toml:"label"`
}

// Condition is one thing the applicant must satisfy (受理条件), as a sentence he can check against himself.
type Condition struct {
	ID   string `toml:"id"`
	Text string `toml:"text"`
	When When   `toml:"when"`
}

// Powers is who may accept and who decides, and by what power.
type Powers struct {
	Authority     []Authority `toml:"authority"`
	AuthorityNote string      `toml:"authority_note"`
	Content       string      `toml:"content"`
	JointOrgs     []string    `toml:"joint_orgs"`
	PowerSource   string      `toml:"power_source"`
	HandlingUnit  string      `toml:"handling_unit"`
}

// Authority says, for the cases in When, which levels accept an application and which level decides it.
type Authority struct {
	When   When     `toml:"when"`
	Accept []string `toml:"accept"`
	Decide string   `toml:"decide"`
}

// Timing is every limit: of the law, of the promise, of special procedures, and the applicant's own deadlines.
type Timing struct {
	LegalLimit        []Limit            `toml:"legal_limit"`
	Promise           []Limit            `toml:"promise"`
	Stops             string             `toml:"stops"`
	SpecialProcedures []SpecialProcedure `toml:"special_procedures"`
	ApplyBy           []Deadline         `toml:"apply_by"`
	OpenPeriod        []Period           `toml:"open_period"`
}

// SpecialProcedure is an inspection, hearing, appraisal … (特别程序) with its own limit; Counted says whether its time is part of
// the promise.
type SpecialProcedure struct {
	ID      string  `toml:"id"`
	Kind    string  `toml:"kind"`
	Limit   *Limit  `toml:"limit"`
	Charged bool    `toml:"charged"`
	Basis   []Basis `toml:"basis"`
	Counted bool    `toml:"counted"`
	Joint   bool    `toml:"joint"`
	Note    string  `toml:"note"`
	When    When    `toml:"when"`
}

// Deadline is a time within which the applicant must act or lose something.
type Deadline struct {
	ID       string `toml:"id"`
	Who      string `toml:"who"`
	Within   Limit  `toml:"within"`
	From     string `toml:"from"`
	IfMissed string `toml:"if_missed"`
	When     When   `toml:"when"`
}

// Period is a time in which applications are taken, both days included.
type Period struct {
	From     Date   `toml:"from"`
	To       Date   `toml:"to"`
	Note     string `toml:"note"`
	Document string `toml:"document"`
}

// Papers is the materials asked for. An empty list that is stated means: no papers at all.
type Papers struct {
	Materials []MaterialUse `toml:"materials"`
}

// MaterialUse is one material of the library as a procedure asks for it.
type MaterialUse struct {
	ID             string   `toml:"id"`
	Material       string   `toml:"material"`
	Necessity      string   `toml:"necessity"`
	Form           string   `toml:"form"`
	Originals      *int     `toml:"originals"`
	Copies         *int     `toml:"copies"`
	CopiesReason   string   `toml:"copies_reason"`
	Source         string   `toml:"source"`
	Basis          []Basis  `toml:"basis"`
	When           When     `toml:"when"`
	AnyOf          string   `toml:"any_of"`
	WaivedBy       []string `toml:"waived_by"`
	FillNote       string   `toml:"fill_note"`
	AcceptStandard string   `toml:"accept_standard"`
	BlankForm      string   `toml:"blank_form"`
	SampleForm     string   `toml:"sample_form"`
	Intermediary   string   `toml:"intermediary"`
}

// Key returns the id by which history and local overrides address the line: its own, or the material's.
func (m *MaterialUse) Key() string {
	if m.ID != "" {
		return m.ID
	}
	return m.Material
}

// The necessities of a material, as vocab/necessities.toml has them.
const (
	Required   = "必要"
	Optional   = "非必要"
	Deferrable = "容缺后补"
)

// Process is what happens after the application, step by step.
type Process struct {
	Steps []Step `toml:"steps"`
}

// Step is one step of the process: who does it, within which limit, by which standard, with which result. Wait is a time that
// must pass before it (离婚冷静期). A required step (公示, 听证) cannot be dropped by a division.
type Step struct {
	ID       string `toml:"id"`
	Name     string `toml:"name"`
	Who      string `toml:"who"`
	Limit    *Limit `toml:"limit"`
	Standard string `toml:"standard"`
	Result   string `toml:"result"`
	Wait     *Limit `toml:"wait"`
	Required bool   `toml:"required"`
	When     When   `toml:"when"`
}

// Outcome is what the applicant gets, how it reaches him and how long it holds.
type Outcome struct {
	Results  []Result  `toml:"results"`
	Permit   *Permit   `toml:"permit"`
	Benefit  *Benefit  `toml:"benefit"`
	Delivery *Delivery `toml:"delivery"`
	Pickup   string    `toml:"pickup"`
}

// Result is a certificate of the library, or a named document where no certificate exists.
type Result struct {
	ID          string `toml:"id"`
	Certificate string `toml:"certificate"`
	Name        string `toml:"name"`
	Type        string `toml:"type"`
	Sample      string `toml:"sample"`
	Validity    string `toml:"validity"`
	When        When   `toml:"when"`
}

// Permit is how long a permit holds, how it is renewed and where it is valid.
type Permit struct {
	Validity string `toml:"validity"`
	Renewal  string `toml:"renewal"`
	Area     string `toml:"area"`
}

// Benefit is money or a service that is paid or given. The kind is the province's, the amount a division's.
type Benefit struct {
	What    string  `toml:"what"`
	Cycle   string  `toml:"cycle"`
	HowPaid string  `toml:"how_paid"`
	Amount  *Amount `toml:"amount"`
}

// Amount is a sum that a division pays, from a day on, by a document.
type Amount struct {
	Value    string `toml:"value"`
	Unit     string `toml:"unit"`
	From     Date   `toml:"from"`
	Document string `toml:"document"`
	When     When   `toml:"when"`
}

// Delivery is how the result reaches the applicant, and within which limit after the decision.
type Delivery struct {
	Ways  []string `toml:"ways"`
	Limit *Limit   `toml:"limit"`
}

// Cost is what is paid: the fee to the government and what people pay to others on the way.
type Cost struct {
	Fee        *Fee        `toml:"fee"`
	OtherCosts []OtherCost `toml:"other_costs"`
}

// Fee says whether the government charges, and what.
type Fee struct {
	Charged       *bool     `toml:"charged"`
	OnlinePayment *bool     `toml:"online_payment"`
	Items         []FeeItem `toml:"items"`
	Note          string    `toml:"note"`
}

// FeeItem is one charge. Amount is a decimal number in yuan as text, or empty where it follows from Standard.
type FeeItem struct {
	ID        string `toml:"id"`
	Name      string `toml:"name"`
	Amount    string `toml:"amount"`
	Unit      string `toml:"unit"`
	Standard  string `toml:"standard"`
	Basis     string `toml:"basis"`
	Reduction string `toml:"reduction"`
	When      When   `toml:"when"`
}

// OtherCost is money that is no fee but that people pay: an examination, a test, a tax.
type OtherCost struct {
	ID   string `toml:"id"`
	What string `toml:"what"`
	To   string `toml:"to"`
	Note string `toml:"note"`
	When When   `toml:"when"`
}

// Access is how and by whom it can be handled, and how often one has to come.
type Access struct {
	Channels       []string         `toml:"channels"`
	Online         *Online          `toml:"online"`
	Progress       *Progress        `toml:"progress"`
	Visits         *int             `toml:"visits"`
	VisitReason    string           `toml:"visit_reason"`
	InPerson       string           `toml:"in_person"`
	Representative []Representative `toml:"representative"`
	CrossRegion    *CrossRegion     `toml:"cross_region"`
}

// Online is the online entry and how far it reaches (depth, vocab/depths.toml).
type Online struct {
	URL       string `toml:"url"`
	MobileURL string `toml:"mobile_url"`
	Depth     string `toml:"depth"`
	Planned   Date   `toml:"planned"`
	Reason    string `toml:"reason"`
}

// Progress is where one asks how the matter stands.
type Progress struct {
	URL   string `toml:"url"`
	Phone string `toml:"phone"`
}

// Representative is someone who may apply for the applicant, and the papers he brings (material ids).
type Representative struct {
	Who    string   `toml:"who"`
	Papers []string `toml:"papers"`
	Note   string   `toml:"note"`
}

// CrossRegion is where else the matter can be handled (通办), in which ways, and what is excepted.
type CrossRegion struct {
	Scope  string   `toml:"scope"`
	Modes  []string `toml:"modes"`
	Except string   `toml:"except"`
}

// Relations is what comes before and after, and where the procedure is found.
type Relations struct {
	Before         []Relation `toml:"before"`
	After          []Relation `toml:"after"`
	Then           []string   `toml:"then"`
	Topics         *Topics    `toml:"topics"`
	Intermediaries []string   `toml:"intermediaries"`
}

// Relation names another item (or says in words what it is) and why it comes before or after.
type Relation struct {
	ID   string `toml:"id"`
	Item string `toml:"item"`
	Text string `toml:"text"`
	When When   `toml:"when"`
}

// Topics places a procedure in the classifications for people, for legal persons and by stage of life (terms).
type Topics struct {
	Person    []string `toml:"person"`
	Legal     []string `toml:"legal"`
	LifeStage []string `toml:"life_stage"`
}

// Facilitation is what makes the matter lighter: a commitment instead of papers, papers handed in later, no application at all.
type Facilitation struct {
	Commitment *Commitment `toml:"commitment"`
	Tolerance  *Tolerance  `toml:"tolerance"`
	Automatic  *bool       `toml:"automatic"`
}

// Commitment is 告知承诺 with the five texts that must be published.
type Commitment struct {
	Enabled      *bool  `toml:"enabled"`
	Content      string `toml:"content"`
	Requirements string `toml:"requirements"`
	Liability    string `toml:"liability"`
	Form         string `toml:"form"`
	Supervision  string `toml:"supervision"`
}

// Tolerance is 容缺受理: accepted with papers missing, which follow within the limit. Main names the materials that can never
// be missing.
type Tolerance struct {
	Enabled *bool    `toml:"enabled"`
	Limit   *Limit   `toml:"limit"`
	Main    []string `toml:"main"`
}

// On reports whether the applicant may choose a commitment. A nil Commitment is none.
func (c *Commitment) On() bool { return c != nil && c.Enabled != nil && *c.Enabled }

// On reports whether papers may follow later. A nil Tolerance is none.
func (t *Tolerance) On() bool { return t != nil && t.Enabled != nil && *t.Enabled }

// Protection is the applicant's rights and duties and how discretion is bound.
type Protection struct {
	Rights      []string `toml:"rights"`
	Duties      []string `toml:"duties"`
	RemedyNote  string   `toml:"remedy_note"`
	Discretion  string   `toml:"discretion"`
	ReviewRules string   `toml:"review_rules"`
}

// Questions is what people ask about the procedure.
type Questions struct {
	FAQ []QA `toml:"faq"`
}

// QA is one question and its answer.
type QA struct {
	ID string `toml:"id"`
	Q  string `toml:"q"`
	A  string `toml:"a"`
}
