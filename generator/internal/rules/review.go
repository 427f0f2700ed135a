package rules

import (
	"banshi/generator/internal/diag"
	"banshi/generator/internal/review"
)

// reviewRules hold what was done before a record is published: the demands of [publish] of site.toml, and that what [review]
// states can be true.
var reviewRules = []Rule{
	{
		ID: "no-legality", Family: "review", Severity: diag.Warning,
		Title:       diag.Text{ZH: "没有合法性审查意见", EN: "no opinion of the legal office"},
		Reason:      diag.Text{ZH: "通用目录和实施清单要经合法性审查才能公布（S0；S2“经本级法制部门”审查）。", EN: "Catalogue and lists pass the legal office before they are published (S0, S2)."},
		Explanation: diag.Text{ZH: "在 [review] 里写 legality = { opinion, document, date, body }；还没审查的写 status = \"征求意见\"。站点要哪些环节，看 site.toml 的 [publish]。补齐以前，这份记录只出现在征求意见网站。", EN: "State legality in [review]; what is not examined yet has the status 征求意见. [publish] of site.toml says what is demanded; until then the record appears in the consultation site only."},
		Bad:         "status = \"在用\"", Good: "status = \"在用\"\n\n[review]\nlegality = { opinion = \"合法\", document = \"示司审〔2026〕3号\", date = 2026-09-10, body = \"示例县司法局\" }",
		check: checkGate(review.Legality),
	}, {
		ID: "no-consultation", Family: "review", Severity: diag.Warning,
		Title:       diag.Text{ZH: "没有征求意见", EN: "no consultation"},
		Reason:      diag.Text{ZH: "目录和清单要“广泛征求意见”（S0）、听取社会各界意见（S2）才能公布。", EN: "Catalogue and lists are put to comment before they are published (S0, S2)."},
		Explanation: diag.Text{ZH: "在 [review] 里写 consultation = { opens, closes, document }；正在征求意见的写 status = \"征求意见\"。补齐以前，这份记录只出现在征求意见网站。", EN: "State consultation in [review] with both days and the notice; while it runs the status is 征求意见. Until then the record appears in the consultation site only."},
		Bad:         "status = \"在用\"", Good: "status = \"在用\"\n\n[review]\nconsultation = { opens = 2026-08-03, closes = 2026-09-03, document = \"sample-doc\", result = \"没有收到意见。\" }",
		check: checkGate(review.Consultation),
	}, {
		ID: "no-approval", Family: "review", Severity: diag.Warning,
		Title:       diag.Text{ZH: "没有审定文件", EN: "no document of approval"},
		Reason:      diag.Text{ZH: "“按程序报省政府审定后…统一向社会公布”（S0）。", EN: "What is published was approved by the government first (S0)."},
		Explanation: diag.Text{ZH: "在 [review] 里写 approved = { body, role, date, document }。补齐以前，这份记录只出现在征求意见网站。", EN: "State approved in [review] with the body, the day and the document. Until then the record appears in the consultation site only."},
		Bad:         "status = \"在用\"", Good: "status = \"在用\"\n\n[review]\napproved = { body = \"示例县人民政府\", role = \"审定\", date = 2026-09-20, document = \"sample-doc\" }",
		check: checkGate(review.Approved),
	}, {
		ID: "no-signature", Family: "review", Severity: diag.Warning,
		Title:       diag.Text{ZH: "缺拟稿、审核、发布或备案", EN: "an act of the review is missing"},
		Reason:      diag.Text{ZH: "统一“录入、审核、确认、发布”流程（S0）；市级目录报送备案（S0）。", EN: "Entry, review, confirmation and publication are one process (S0); city catalogues are filed (S0)."},
		Explanation: diag.Text{ZH: "在 [review] 里补上 signed、reviewed、published 或 filed = { body, role, date, document }，只写机构和岗位。", EN: "State signed, reviewed, published or filed in [review]: offices and roles, never names."},
		Bad:         "status = \"在用\"", Good: "status = \"在用\"\n\n[review]\nfiled = { body = \"示例市人民政府办公室\", role = \"备案\", date = 2026-10-09 }",
		check: checkGate(review.Signed, review.Reviewed, review.Published, review.Filed),
	}, {
		ID: "list-review", Family: "review", Severity: diag.Warning,
		Title:       diag.Text{ZH: "本地清单没有审核或备案", EN: "the list of a place is not reviewed or not filed"},
		Reason:      diag.Text{ZH: "市级通用目录“报送…备案”（S0）；各级清单经审查、审定后公布（S2）。", EN: "A place's list is examined, approved, published and filed (S0, S2)."},
		Explanation: diag.Text{ZH: "在区划记录里加一段 [[list_reviews]]，写明 site.toml [publish] lists 要求的各个环节。", EN: "Add [[list_reviews]] to the division with what [publish] lists of site.toml demands."},
		Bad:         "# data/divisions/139921/division.toml 里没有 list_reviews\nname = \"示例县\"", Good: "# data/divisions/139921/division.toml\n[[list_reviews]]\napproved = { body = \"示例县人民政府\", role = \"审定\", date = 2026-09-20, document = \"sample-doc\" }\nfiled = { body = \"示例市人民政府办公室\", role = \"备案\", date = 2026-10-09 }",
		check: checkLists,
	}, {
		ID: "unlawful", Family: "review",
		Title:       diag.Text{ZH: "审查为不合法却要发布", EN: "found unlawful, and published all the same"},
		Reason:      diag.Text{ZH: "凡是没有合法依据的，一律不纳入编制范围（S0）。", EN: "What has no lawful ground is not taken in (S0)."},
		Explanation: diag.Text{ZH: "改回 status = \"征求意见\"，按审查意见修改后重新送审；或者写成取消。", EN: "Return it to 征求意见, mend it and have it examined again, or end it."},
		Bad:         "status = \"在用\"\n\n[review]\nlegality = { opinion = \"不合法\", document = \"示司审〔2026〕3号\", date = 2026-09-10, body = \"示例县司法局\" }", Good: "status = \"征求意见\"\n\n[review]\nlegality = { opinion = \"不合法\", document = \"示司审〔2026〕3号\", date = 2026-09-10, body = \"示例县司法局\" }",
		check: checkUnlawful,
	}, {
		ID: "legality-opinion", Family: "review",
		Title:       diag.Text{ZH: "合法性审查意见写法不对", EN: "an opinion in other words"},
		Reason:      diag.Text{ZH: "能不能发布要看这一句，写法要统一（S0 合法性审查；本库约定）。", EN: "Publication depends on it, so it has fixed words (S0)."},
		Explanation: diag.Text{ZH: "只写 合法、修改后合法、不合法 三个里的一个，别的话写在意见书里。", EN: "Write 合法, 修改后合法 or 不合法; all else stands in the document."},
		Bad:         "[review]\nlegality = { opinion = \"同意\", document = \"示司审〔2026〕3号\", date = 2026-09-10 }", Good: "[review]\nlegality = { opinion = \"合法\", document = \"示司审〔2026〕3号\", date = 2026-09-10 }",
		check: checkOpinion,
	}, {
		ID: "consultation-days", Family: "review",
		Title:       diag.Text{ZH: "征求意见的时间太短", EN: "too short a consultation"},
		Reason:      diag.Text{ZH: "公开征求意见的期限一般不少于三十日，缩短的应当说明（《重大行政决策程序暂行条例》第十五条）。", EN: "A consultation lasts thirty days as a rule, and a shorter one says why (State Council decree 713, article 15)."},
		Explanation: diag.Text{ZH: "推迟截止日期；确实紧急的，在 consultation 里写 reason。天数由 site.toml 的 [publish] consultation_days 定，不写是 30。", EN: "Close it later, or state reason. The number of days is consultation_days in [publish] of site.toml, 30 by default."},
		Bad:         "[review]\nconsultation = { opens = 2026-11-01, closes = 2026-11-07, document = \"sample-doc\" }", Good: "[review]\nconsultation = { opens = 2026-11-01, closes = 2026-11-07, document = \"sample-doc\", reason = \"防汛期间紧急实行。\" }",
		check: checkConsultationDays,
	}, {
		ID: "consultation-notice", Family: "review",
		Title:       diag.Text{ZH: "征求意见没有写公告", EN: "a consultation without its notice"},
		Reason:      diag.Text{ZH: "征求意见要有公告可查，才算公开（S0“征求意见稿”；《重大行政决策程序暂行条例》第十五条）。", EN: "A consultation is public by its notice (S0; State Council decree 713, article 15)."},
		Explanation: diag.Text{ZH: "写 document：data/documents/ 里文件的编号、文号，或者公告的网址。", EN: "State document: the id of a record in data/documents/, a number, or the address of the notice."},
		Bad:         "[review]\nconsultation = { opens = 2026-11-01, closes = 2026-12-10 }", Good: "[review]\nconsultation = { opens = 2026-11-01, closes = 2026-12-10, document = \"sample-doc\" }",
		check: checkConsultationNotice,
	}, {
		ID: "consultation-result", Family: "review", Severity: diag.Warning,
		Title:       diag.Text{ZH: "没有写意见的处理结果", EN: "what came of a consultation is not said"},
		Reason:      diag.Text{ZH: "社会各界意见要研究采纳（S2）；提过意见的人要看得到结果。", EN: "Comments are considered (S2), and who commented can see what came of it."},
		Explanation: diag.Text{ZH: "在 consultation 里写 result，例如“收到意见三条，采纳两条。”没有收到也要写。", EN: "State result in consultation, also where nobody commented."},
		Bad:         "status = \"在用\"\n\n[review]\nconsultation = { opens = 2026-08-03, closes = 2026-09-03, document = \"sample-doc\" }", Good: "status = \"在用\"\n\n[review]\nconsultation = { opens = 2026-08-03, closes = 2026-09-03, document = \"sample-doc\", result = \"没有收到意见。\" }",
		check: checkConsultationResult,
	}, {
		ID: "review-order", Family: "review",
		Title:       diag.Text{ZH: "审核环节的先后不对", EN: "the steps of a review in the wrong order"},
		Reason:      diag.Text{ZH: "先征求意见，再合法性审查，再审定、公布、备案（S0“按程序”）。", EN: "Comment comes first, then the legal office, approval, publication and filing (S0)."},
		Explanation: diag.Text{ZH: "核对日期，多半是写错了；确实先审定后征求意见的，程序要重走。", EN: "Check the days; if the order was really so, the process has to be gone through again."},
		Bad:         "[review]\nlegality = { opinion = \"合法\", document = \"示司审〔2026〕3号\", date = 2026-09-10, body = \"示例县司法局\" }\napproved = { body = \"示例县人民政府\", date = 2026-09-01, document = \"sample-doc\" }", Good: "[review]\nlegality = { opinion = \"合法\", document = \"示司审〔2026〕3号\", date = 2026-09-10, body = \"示例县司法局\" }\napproved = { body = \"示例县人民政府\", date = 2026-09-20, document = \"sample-doc\" }",
		check: checkReviewOrder,
	}, {
		ID: "review-early", Family: "review",
		Title:       diag.Text{ZH: "审核还没完就生效", EN: "in force before its review ended"},
		Reason:      diag.Text{ZH: "审定以后才公布实行（S0）；意见还没收完就实行，征求意见就是走过场。", EN: "What is still open for comment or not approved cannot be in force (S0)."},
		Explanation: diag.Text{ZH: "把 effective_from 推迟到征求意见截止、审定以后；还没审完的写 status = \"征求意见\"。", EN: "Let it take effect after the consultation closed and it was approved; until then its status is 征求意见."},
		Bad:         "status = \"在用\"\neffective_from = 2027-01-01\n\n[review]\nconsultation = { opens = 2026-12-10, closes = 2027-01-10, document = \"sample-doc\" }", Good: "status = \"在用\"\neffective_from = 2027-02-01\n\n[review]\nconsultation = { opens = 2026-12-10, closes = 2027-01-10, document = \"sample-doc\" }",
		check: checkReviewEarly,
	}, {
		ID: "draft-overdue", Family: "review", Severity: diag.Warning,
		Title:       diag.Text{ZH: "征求意见稿过了打算实行的日子", EN: "a draft past the day it was to take effect"},
		Reason:      diag.Text{ZH: "清单要动态更新（S0）；放着不管的草案会让人以为已经实行。", EN: "Lists are kept current (S0); a draft that lies about is taken for the rule."},
		Explanation: diag.Text{ZH: "审定了的改成 status = \"在用\"；推迟的改 effective_from；不办了的删掉草案。", EN: "Put it in force if it was approved, move effective_from, or remove the draft."},
		Bad:         "status = \"征求意见\"\neffective_from = 2026-01-01", Good: "status = \"征求意见\"\neffective_from = 2027-01-01",
		check: checkDraftOverdue,
	}, {
		ID: "review-document", Family: "review",
		Title:       diag.Text{ZH: "审核的文件找不到", EN: "a review names a document that is not there"},
		Reason:      diag.Text{ZH: "审查、审定都要有文件可查（S0、S2）。", EN: "Every act of a review has a document that can be looked up (S0, S2)."},
		Explanation: diag.Text{ZH: "写 data/documents/ 里文件的编号，或者直接写文号（如 示司审〔2026〕3号）、网址。", EN: "Write the id of a record in data/documents/, or the document's number or address."},
		Bad:         "[review]\napproved = { body = \"示例县人民政府\", date = 2026-09-20, document = \"sample-dok\" }", Good: "[review]\napproved = { body = \"示例县人民政府\", date = 2026-09-20, document = \"sample-doc\" }",
		check: checkReviewDocument,
	}, {
		ID: "legality-sheet", Family: "review",
		Title:       diag.Text{ZH: "合法性审查表填错了", EN: "a mistake in the sheet of an examination"},
		Reason:      diag.Text{ZH: "意见要对得上记录，写得齐全，才能作为发布的依据（S0 合法性审查）。", EN: "An opinion counts if it is whole and of this very text (S0)."},
		Explanation: diag.Text{ZH: "按提示改那个格子，再收一次；没审完的行整行空着。有一处错就什么也不写。", EN: "Mend the cell and take the sheet again; leave rows empty that are not done. With one mistake nothing is written."},
		Bad:         "# 审查意见那一格：同意", Good: "# 审查意见那一格：合法",
	}, {
		ID: "worse-needs-consultation", Family: "review",
		Title:       diag.Text{ZH: "标准不如从前，却没有征求意见", EN: "a standard made worse without consultation"},
		Reason:      diag.Text{ZH: "增加材料、环节要“严格论证，广泛听取意见，必要时听证”（S2）。", EN: "What asks more of people is argued and put to comment first (S2)."},
		Explanation: diag.Text{ZH: "在这份记录的 [review] 里写这一次的 consultation（旧的不算）；或者另写一份将来的版本 01@2027-01-01.toml 先征求意见。banshi diff 用 ↓ 标出不如从前的变化。", EN: "State this time's consultation in [review] of the record (an old one does not count), or write the change as a later version, 01@2027-01-01.toml, and put that to comment. `banshi diff` marks with ↓ what is worse."},
		Bad:         "# 法定 10 天的承诺改成 15 天，没有 [review]\npromise = [{ value = 15, unit = \"工作日\" }]", Good: "promise = [{ value = 15, unit = \"工作日\" }]\n\n[review]\nconsultation = { opens = 2026-08-03, closes = 2026-09-03, document = \"sample-doc\", result = \"没有收到意见。\" }",
	}, {
		ID: "change-not-reviewed", Family: "review",
		Title:       diag.Text{ZH: "改了已经发布的记录，却没有重新审核", EN: "a published record changed without a new review"},
		Reason:      diag.Text{ZH: "动态调整也要“按程序”审核后发布（S0、S3）。", EN: "Changes go through the same process as what they change (S0, S3)."},
		Explanation: diag.Text{ZH: "在 [review] 里把 site.toml [publish] 要求的环节换成这一次的；只改电话、文字说明的不用。", EN: "Put this time's acts into [review] as [publish] of site.toml demands; phones and plain wording need none."},
		Bad:         "# 改了承诺时限，[review] 还是上一次的\npromise = [{ value = 5, unit = \"工作日\" }]", Good: "promise = [{ value = 5, unit = \"工作日\" }]\n\n[review]\nlegality = { opinion = \"合法\", document = \"示司审〔2026〕4号\", date = 2026-11-10, body = \"示例县司法局\" }",
	},
}
