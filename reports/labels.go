package reports

import "strings"

// label pairs a machine name with the words an office reads.
type label struct{ name, text string }

// measureLabels names every measure, in the order in which they are shown.
var measureLabels = []label{
	{"tasks.total", "Nhiệm vụ theo kế hoạch"},
	{"tasks.completed", "Nhiệm vụ đã hoàn thành"},
	{"tasks.completed_late", "Nhiệm vụ hoàn thành quá hạn"},
	{"tasks.in_progress", "Nhiệm vụ đang thực hiện"},
	{"tasks.not_started", "Nhiệm vụ chưa thực hiện"},
	{"tasks.done_or_ongoing", "Nhiệm vụ đã và đang thực hiện"},
	{"tasks.overdue", "Nhiệm vụ quá hạn chưa hoàn thành"},

	{"dossiers.received", "Hồ sơ phải giải quyết"},
	{"dossiers.carried_over", "Hồ sơ kỳ trước chuyển qua"},
	{"dossiers.received_in_period", "Hồ sơ tiếp nhận trong kỳ"},
	{"dossiers.received_online", "Hồ sơ tiếp nhận trực tuyến"},
	{"dossiers.received_counter", "Hồ sơ tiếp nhận trực tiếp"},
	{"dossiers.received_post", "Hồ sơ tiếp nhận qua dịch vụ bưu chính"},
	{"dossiers.received_channel_unknown", "Hồ sơ tiếp nhận không xác định kênh"},
	{"dossiers.resolved", "Hồ sơ đã giải quyết"},
	{"dossiers.resolved_early", "Hồ sơ giải quyết trước hạn"},
	{"dossiers.resolved_on_time", "Hồ sơ giải quyết đúng hạn"},
	{"dossiers.resolved_late", "Hồ sơ giải quyết quá hạn"},
	{"dossiers.resolved_no_deadline", "Hồ sơ đã giải quyết không xác định hạn"},
	{"dossiers.resolved_same_day", "Hồ sơ giải quyết ngay trong ngày"},
	{"dossiers.resolved_withdrawn", "Hồ sơ được rút"},
	{"dossiers.resolved_refused", "Hồ sơ từ chối giải quyết, trả lại"},
	{"dossiers.resolved_stopped", "Hồ sơ dừng xử lý"},
	{"dossiers.pending", "Hồ sơ đang giải quyết"},
	{"dossiers.pending_within_due", "Hồ sơ đang giải quyết trong hạn"},
	{"dossiers.pending_overdue", "Hồ sơ đang giải quyết quá hạn"},
	{"dossiers.pending_no_deadline", "Hồ sơ đang giải quyết không xác định hạn"},
	{"dossiers.offered_online", "Hồ sơ của TTHC cung cấp trực tuyến mức độ 3, 4"},
	{"dossiers.online_level_3", "Hồ sơ trực tuyến mức độ 3"},
	{"dossiers.online_level_4", "Hồ sơ trực tuyến mức độ 4"},
	{"dossiers.online_level_3_4", "Hồ sơ trực tuyến mức độ 3, 4"},
	{"dossiers.by_post", "Hồ sơ tiếp nhận hoặc trả kết quả qua bưu chính công ích"},
	{"dossiers.returned_by_post", "Kết quả trả qua bưu chính công ích"},
	{"dossiers.result_attached", "Hồ sơ được gắn kết quả điện tử"},
	{"dossiers.digitised", "Hồ sơ được số hóa"},
	{"dossiers.with_fee", "Hồ sơ có phí, lệ phí"},
	{"dossiers.paid_online", "Hồ sơ thanh toán trực tuyến"},
	{"dossiers.late_with_apology", "Hồ sơ quá hạn có thư xin lỗi"},
	{"dossiers.awaiting_reception", "Hồ sơ chờ tiếp nhận (ngoài tổng số)"},
	{"dossiers.not_accepted", "Hồ sơ không được tiếp nhận (ngoài tổng số)"},

	{"documents.total", "Văn bản đến và đi"},
	{"documents.incoming", "Văn bản đến"},
	{"documents.outgoing", "Văn bản đi"},
	{"documents.electronic", "Văn bản điện tử"},
	{"documents.processed_online", "Văn bản xử lý hoàn toàn trên hệ thống điện tử"},
	{"documents.processed_online_signed", "Văn bản xử lý hoàn toàn trên hệ thống điện tử có ký số"},
	{"documents.signed", "Văn bản có ký số"},
	{"documents.signed_by_organ", "Văn bản có ký số của cơ quan"},
	{"documents.signed_by_person", "Văn bản có ký số cá nhân"},
	{"documents.outgoing_electronic", "Văn bản đi dạng điện tử"},
	{"documents.outgoing_signed", "Văn bản đi có ký số"},
	{"documents.outgoing_signed_by_person", "Văn bản đi dạng điện tử có ký số cá nhân"},
	{"documents.incoming_assigned", "Văn bản đến được giao việc"},
	{"documents.filed", "Văn bản được lập hồ sơ công việc"},
	{"documents.with_due", "Văn bản có hạn giải quyết"},
	{"documents.finished_on_time", "Văn bản hoàn thành đúng hạn"},
	{"documents.overdue", "Văn bản quá hạn"},
	{"documents.secret", "Văn bản mật (ngoài tổng số)"},

	{"procedures.total", "TTHC thuộc thẩm quyền giải quyết"},
	{"procedures.one_stop", "TTHC thực hiện theo cơ chế một cửa"},
	{"procedures.interlinked", "TTHC thực hiện liên thông"},
	{"procedures.postal", "TTHC đăng ký tiếp nhận, trả kết quả qua bưu chính công ích"},
	{"procedures.posted", "TTHC được niêm yết công khai"},
	{"procedures.level_2", "TTHC cung cấp dịch vụ công mức độ 2"},
	{"procedures.level_3", "TTHC cung cấp dịch vụ công mức độ 3"},
	{"procedures.level_4", "TTHC cung cấp dịch vụ công mức độ 4"},
	{"procedures.level_3_4", "TTHC cung cấp dịch vụ công mức độ 3, 4"},
	{"procedures.level_3_4_used", "TTHC mức độ 3, 4 có phát sinh hồ sơ trực tuyến"},
	{"procedures.level_4_used", "TTHC mức độ 4 có phát sinh hồ sơ trực tuyến"},
	{"procedures.time_cut_20", "TTHC cắt giảm thời gian giải quyết từ 20% trở lên"},
	{"procedures.issued", "TTHC công bố mới trong kỳ"},
	{"procedures.amended", "TTHC sửa đổi, bổ sung trong kỳ"},
	{"procedures.abolished", "TTHC bãi bỏ trong kỳ"},
	{"procedures.posted_though_abolished", "TTHC đã bãi bỏ nhưng vẫn niêm yết"},

	{"checklist.checked", "Tiêu chí đã kiểm tra"},
	{"checklist.passed", "Tiêu chí đạt"},
	{"checklist.partly", "Tiêu chí đạt một phần"},
	{"checklist.failed", "Tiêu chí không đạt"},
}

// formulaLetters are the names under which the same words are kept apart; a
// printed rate carries its letter where it has one.
var formulaLetters = map[string]string{
	"dossiers.on_time_of_resolved":   "A",
	"dossiers.on_time_overall":       "B",
	"dossiers.overdue_overall":       "D",
	"dossiers.late_of_resolved":      "F",
	"dossiers.within_due_of_pending": "G",
	"dossiers.resolution":            "H",
	"dossiers.online":                "I",
}

// datasetLabel is a dataset's name and what one row of it is called.
type datasetLabel struct{ name, text, noun, probe string }

// datasetLabels lists the datasets that have measures; probe is a measure that
// every unit with data has.
var datasetLabels = []datasetLabel{
	{"tasks", "Nhiệm vụ kế hoạch", "nhiệm vụ", "tasks.total"},
	{"dossiers", "Hồ sơ TTHC", "hồ sơ", "dossiers.received"},
	{"documents", "Văn bản đến, đi", "văn bản", "documents.total"},
	{"procedures", "Danh mục TTHC", "TTHC", "procedures.total"},
	{"checklist", "Phiếu kiểm tra", "tiêu chí", "checklist.checked"},
}

// otherDatasets have rows and no measures.
var otherDatasets = map[string]string{
	"figures":    "Số liệu tự khai",
	"summaries":  "Biểu II.06 tự tổng hợp",
	"narratives": "Nội dung báo cáo",
}

// tierLabels are in the order of the tree, "all" last.
var tierLabels = []label{
	{"province", "Cấp tỉnh"},
	{"department", "Cấp sở, ngành"},
	{"district", "Cấp huyện"},
	{"commune", "Cấp xã"},
	{tierAll, "Chung các cấp"},
}

// declaredLabel words a declared figure. A rank is printed "5/63" when its
// denominator says of how many.
type declaredLabel struct {
	code, text, noun string
	rank             bool
	beside           string // measure that counts the same thing from the rows
}

var declaredLabels = []declaredLabel{
	{code: "legal.documents", text: "Văn bản quy phạm pháp luật đăng ký xây dựng, tham mưu ban hành", noun: "văn bản"},
	{code: "org.divisions", text: "Phòng chuyên môn", noun: "phòng"},
	{code: "org.service_units", text: "Đơn vị sự nghiệp", noun: "đơn vị"},
	{code: "staff.recruitment_posts", text: "Chỉ tiêu đăng ký tuyển dụng mới công chức", noun: "chỉ tiêu"},
	{code: "staff.transfers", text: "Vị trí xét chuyển công chức cấp xã thành công chức cấp huyện", noun: "vị trí"},
	{code: "staff.excellent", text: "Tỷ lệ công chức bộ phận một cửa hoàn thành xuất sắc nhiệm vụ"},
	{code: "survey.informatics", text: "Cán bộ, công chức, viên chức được khảo sát kiến thức tin học", noun: "người"},
	{code: "survey.reform_knowledge", text: "Cán bộ, công chức, viên chức được khảo sát kiến thức CCHC", noun: "người"},
	{code: "index.par.rank", text: "Thứ hạng chỉ số CCHC", rank: true},
	{code: "index.papi.rank", text: "Thứ hạng chỉ số PAPI", rank: true},
	{code: "register.paper", text: "Hồ sơ ghi trong sổ giấy", noun: "hồ sơ", beside: "dossiers.received_in_period"},
}

func find(list []label, name string) (string, bool) {
	for _, l := range list {
		if l.name == name {
			return l.text, true
		}
	}
	return "", false
}

// MeasureLabel returns the Vietnamese name of a measure such as
// "dossiers.received", or the name itself when it has none.
func MeasureLabel(name string) string {
	if text, ok := find(measureLabels, name); ok {
		return text
	}
	return name
}

func isMeasure(name string) bool {
	_, ok := find(measureLabels, name)
	return ok
}

func tierLabel(tier string) string {
	if text, ok := find(tierLabels, tier); ok {
		return text
	}
	return tier
}

func datasetOf(name string) datasetLabel {
	prefix, _, _ := strings.Cut(name, ".")
	for _, d := range datasetLabels {
		if d.name == prefix {
			return d
		}
	}
	if text, ok := otherDatasets[prefix]; ok {
		return datasetLabel{name: prefix, text: text}
	}
	return datasetLabel{name: prefix, text: prefix}
}

func declaredOf(code string) declaredLabel {
	for _, d := range declaredLabels {
		if strings.EqualFold(d.code, code) {
			return d
		}
	}
	return declaredLabel{code: code, text: code}
}
