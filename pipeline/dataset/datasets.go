package dataset

// All lists the datasets in the order in which they are shown.
var All = []*Dataset{Dossiers, Documents, Tasks, Procedures, Checklist, Figures, Summaries, Narratives}

func text(name, label string) Field   { return Field{Name: name, Label: label, Type: Text} }
func code(name, label string) Field   { return Field{Name: name, Label: label, Type: Code} }
func date(name, label string) Field   { return Field{Name: name, Label: label, Type: Date} }
func moment(name, label string) Field { return Field{Name: name, Label: label, Type: Time} }
func flag(name, label string) Field   { return Field{Name: name, Label: label, Type: Flag} }
func number(name, label string) Field { return Field{Name: name, Label: label, Type: Number} }
func count(name, label string) Field  { return Field{Name: name, Label: label, Type: Int} }

func (f Field) required() Field { f.Required = true; return f }
func (f Field) key() Field      { f.Key = true; return f }
func (f Field) future() Field   { f.Future = true; return f }

// unit is the reporting unit of a row. A file may give unit_name instead: the
// layout resolves it, rows carry the code of the register.
func unit(label string) Field { return code("unit_code", label).required().key() }

func enum(name, label string, values, labels []string) Field {
	return Field{Name: name, Label: label, Type: Enum, Values: values, Labels: labels}
}

func channel(name, label string) Field {
	f := enum(name, label, []string{"counter", "online", "post"},
		[]string{"trực tiếp", "trực tuyến", "bưu chính"})
	f.Lenient = true
	return f
}

// Dossiers (hồ sơ TTHC), one row per dossier at its unit. received_at may be
// empty with status submitted or not_accepted only. The statuses are those of
// the national exchange.
var Dossiers = &Dataset{Name: "dossiers", Label: "Hồ sơ TTHC", Fields: []Field{
	code("dossier_code", "Mã hồ sơ").required().key(),
	unit("Mã đơn vị"),
	text("desk", "Bộ phận tiếp nhận"),
	code("procedure_code", "Mã TTHC"),
	text("procedure_name", "Tên TTHC"),
	text("field", "Lĩnh vực"),
	{Name: "service_level", Label: "Mức độ DVC", Type: Level},
	channel("channel", "Hình thức nộp"),
	moment("submitted_at", "Ngày nộp"),
	moment("received_at", "Ngày tiếp nhận"),
	moment("due_at", "Ngày hẹn trả").future(),
	moment("finished_at", "Ngày có kết quả"),
	moment("returned_at", "Ngày trả kết quả"),
	enum("status", "Trạng thái",
		[]string{"submitted", "received", "not_accepted", "processing", "supplement", "payment",
			"withdrawn", "stopped", "refused", "resolved", "returned"},
		[]string{"Mới đăng ký", "Được tiếp nhận", "Không được tiếp nhận", "Đang xử lý", "Yêu cầu bổ sung giấy tờ",
			"Yêu cầu thực hiện nghĩa vụ tài chính", "Công dân yêu cầu rút hồ sơ", "Dừng xử lý",
			"Từ chối giải quyết", "Đã xử lý xong", "Đã trả kết quả"}),
	channel("return_channel", "Hình thức trả kết quả"),
	flag("result_attached", "Đính kèm kết quả điện tử"),
	flag("digitised", "Số hóa hồ sơ"),
	flag("has_fee", "Có phí, lệ phí"),
	flag("paid_online", "Thanh toán trực tuyến"),
	flag("apology", "Có thư xin lỗi"),
}}

// Documents (văn bản đến, đi), one row per registered document.
var Documents = &Dataset{Name: "documents", Label: "Văn bản đến, đi", Fields: []Field{
	unit("Mã đơn vị"),
	enum("direction", "Loại văn bản", []string{"in", "out"}, []string{"đến", "đi"}).required().key(),
	code("number", "Số, ký hiệu").required().key(),
	text("sender", "Cơ quan ban hành").key(),
	date("registered_on", "Ngày đến / Ngày phát hành").required().key(),
	date("due_on", "Hạn giải quyết").future(),
	date("finished_on", "Ngày hoàn thành"),
	flag("electronic", "Văn bản điện tử"),
	flag("processed_online", "Xử lý hoàn toàn trên hệ thống điện tử"),
	flag("signed_by_organ", "Ký số cơ quan"),
	flag("signed_by_person", "Ký số cá nhân"),
	date("assigned_on", "Ngày giao việc"),
	text("work_file", "Mã hồ sơ công việc"),
	flag("secret", "Văn bản mật"),
}}

// Tasks (nhiệm vụ) of a unit's yearly plan.
var Tasks = &Dataset{Name: "tasks", Label: "Nhiệm vụ kế hoạch", Fields: []Field{
	unit("Mã đơn vị"),
	count("year", "Năm kế hoạch").required().key(),
	code("task_code", "Mã nhiệm vụ").required().key(),
	text("content", "Nội dung"),
	text("area", "Lĩnh vực CCHC"),
	date("due_on", "Thời hạn").future(),
	date("started_on", "Ngày bắt đầu"),
	date("completed_on", "Ngày hoàn thành"),
	enum("status", "Trạng thái", []string{"completed", "in_progress", "not_started"},
		[]string{"đã hoàn thành", "đang thực hiện", "chưa thực hiện"}),
	text("evidence", "Minh chứng"),
}}

// Procedures (TTHC): the catalogue. A row with applies_to stands for every unit
// of that tier at or under unit_code, without it for the unit itself.
var Procedures = &Dataset{Name: "procedures", Label: "Danh mục TTHC", Fields: []Field{
	unit("Mã đơn vị"),
	enum("applies_to", "Cấp thực hiện", []string{"province", "department", "district", "commune"},
		[]string{"tỉnh", "sở", "huyện", "xã"}).key(),
	code("procedure_code", "Mã TTHC").required().key(),
	text("procedure_name", "Tên TTHC"),
	text("field", "Lĩnh vực"),
	{Name: "service_level", Label: "Mức độ DVC", Type: Level},
	flag("one_stop", "Một cửa"),
	flag("interlinked", "Liên thông"),
	flag("postal", "BCCI"),
	flag("posted", "Niêm yết công khai"),
	number("statutory_days", "Thời hạn theo quy định"),
	number("committed_days", "Thời hạn sau cắt giảm"),
	enum("change", "Loại công bố", []string{"new", "amended"}, []string{"mới", "sửa đổi"}),
	date("valid_from", "Hiệu lực từ").required().key().future(),
	date("valid_to", "Hết hiệu lực từ").future(),
	text("decision", "Quyết định"),
}}

// Checklist (phiếu kiểm tra): one finding per unit, criterion and day.
var Checklist = &Dataset{Name: "checklist", Label: "Phiếu kiểm tra", Fields: []Field{
	unit("Mã đơn vị"),
	date("checked_on", "Ngày kiểm tra").required().key(),
	code("criterion", "Mã tiêu chí").required().key(),
	text("requirement", "Yêu cầu"),
	enum("result", "Kết quả", []string{"pass", "partly", "fail", "not_applicable"},
		[]string{"đạt", "đạt một phần", "không đạt", "không áp dụng"}).required(),
	text("note", "Ghi chú"),
}}

// Figures (số liệu tự khai): what a unit declares, with its evidence.
var Figures = &Dataset{Name: "figures", Label: "Số liệu tự khai", Fields: []Field{
	unit("Mã đơn vị"),
	{Name: "period", Label: "Kỳ", Type: Period, Required: true, Key: true},
	code("code", "Mã số liệu").required().key(),
	number("value", "Giá trị"),
	number("numerator", "Tử số"),
	number("denominator", "Mẫu số"),
	text("evidence", "Minh chứng"),
	text("entered_by", "Bộ phận khai"),
	date("entered_on", "Ngày khai"),
}}

// Summaries: a unit's own II.06 table, a row per field. The columns are those
// of form II.06a/VPCP/KSTT (3) to (13).
var Summaries = &Dataset{Name: "summaries", Label: "Biểu II.06 tự tổng hợp", Fields: []Field{
	unit("Mã đơn vị"),
	{Name: "period", Label: "Kỳ", Type: Period, Required: true, Key: true},
	text("field", "Lĩnh vực").required().key(),
	count("c3", "(3) Tiếp nhận: tổng số"),
	count("c4", "(4) Tiếp nhận trong kỳ: trực tuyến"),
	count("c5", "(5) Tiếp nhận trong kỳ: trực tiếp, dịch vụ bưu chính"),
	count("c6", "(6) Tiếp nhận: từ kỳ trước"),
	count("c7", "(7) Đã giải quyết: tổng số"),
	count("c8", "(8) Đã giải quyết: trước hạn"),
	count("c9", "(9) Đã giải quyết: đúng hạn"),
	count("c10", "(10) Đã giải quyết: quá hạn"),
	count("c11", "(11) Đang giải quyết: tổng số"),
	count("c12", "(12) Đang giải quyết: trong hạn"),
	count("c13", "(13) Đang giải quyết: quá hạn"),
}}

// Narratives: the words an office adds to its report, per section.
var Narratives = &Dataset{Name: "narratives", Label: "Nội dung báo cáo", Fields: []Field{
	unit("Mã đơn vị"),
	{Name: "period", Label: "Kỳ", Type: Period, Required: true, Key: true},
	code("section", "Mục").required().key(),
	text("text", "Nội dung").required(),
}}
