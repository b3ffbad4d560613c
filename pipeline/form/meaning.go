package form

import "cchc/pipeline/dataset"

// things says what one row of a dataset is.
var things = map[string]string{
	"dossiers":   "một hồ sơ thủ tục hành chính tại một đơn vị",
	"documents":  "một văn bản đến hoặc đi đã đăng ký",
	"tasks":      "một nhiệm vụ của kế hoạch cải cách hành chính trong năm",
	"procedures": "một thủ tục hành chính trong danh mục của đơn vị, theo từng lần công bố",
	"checklist":  "kết quả kiểm tra một tiêu chí tại một đơn vị trong một ngày",
	"figures":    "một số liệu do đơn vị tự khai cho một kỳ báo cáo",
	"summaries":  "một lĩnh vực của biểu II.06a do đơn vị tự tổng hợp trong một kỳ",
	"narratives": "nội dung một mục báo cáo của đơn vị trong một kỳ",
}

// purposes says what a dataset is for.
var purposes = map[string]string{
	"dossiers":   "Danh sách từng hồ sơ, dùng để tính số tiếp nhận, đã giải quyết, đang giải quyết, đúng hạn, quá hạn, trực tuyến, bưu chính công ích.",
	"documents":  "Sổ văn bản đến, đi, dùng để tính tỷ lệ xử lý trên hệ thống điện tử, ký số, giao việc và quá hạn.",
	"tasks":      "Kế hoạch cải cách hành chính hằng năm, dùng để tính số nhiệm vụ đã hoàn thành, đang thực hiện, chưa thực hiện, quá hạn.",
	"procedures": "Danh mục thủ tục hành chính, dùng để đếm thủ tục một cửa, mức độ dịch vụ công, niêm yết, cắt giảm thời gian.",
	"checklist":  "Phiếu kiểm tra của đoàn, dùng để tính số tiêu chí đạt, không đạt của từng đơn vị.",
	"figures":    "Số liệu không có danh sách chi tiết, đơn vị tự khai kèm minh chứng; in kèm chữ “tự khai”.",
	"summaries":  "Dùng khi đơn vị chỉ có biểu tổng hợp, không có danh sách hồ sơ; in kèm chữ “số tự báo cáo”.",
	"narratives": "Phần chữ đơn vị muốn đưa vào báo cáo của mình, theo từng mục; được giữ lại qua các lần lập báo cáo.",
}

// meaning explains a column; the dataset's own wording goes before the shared.
func meaning(d *dataset.Dataset, f dataset.Field) string {
	if s, ok := meanings[d.Name+"."+f.Name]; ok {
		return s
	}
	return meanings[f.Name]
}

var meanings = map[string]string{
	"unit_code":      "Mã của đơn vị trong danh sách đơn vị; có thể thay cột này bằng cột “Đơn vị” ghi tên đơn vị.",
	"period":         "Kỳ báo cáo.",
	"status":         "Trạng thái khi gửi số liệu.",
	"procedure_code": "Mã thủ tục hành chính, ví dụ 1.001234.",
	"procedure_name": "Tên thủ tục hành chính.",
	"field":          "Lĩnh vực của thủ tục, ví dụ Đất đai, Hộ tịch.",
	"service_level":  "Mức độ dịch vụ công trực tuyến của thủ tục.",
	"evidence":       "Số, ký hiệu văn bản hoặc nơi lưu tài liệu chứng minh.",

	"dossiers.dossier_code":    "Mã hồ sơ trên hệ thống một cửa.",
	"dossiers.desk":            "Nơi tiếp nhận, ví dụ Một cửa.",
	"dossiers.service_level":   "Mức độ dịch vụ công khi nộp hồ sơ; để trống thì lấy theo danh mục thủ tục.",
	"dossiers.channel":         "Hồ sơ được nộp bằng cách nào.",
	"dossiers.submitted_at":    "Lúc tổ chức, công dân nộp hồ sơ.",
	"dossiers.received_at":     "Lúc đơn vị tiếp nhận; chỉ được để trống khi trạng thái là Mới đăng ký hoặc Không được tiếp nhận.",
	"dossiers.due_at":          "Hạn trả kết quả in trên giấy hẹn; để trống là không xác định hạn.",
	"dossiers.finished_at":     "Lúc có kết quả; là mốc để tính đúng hạn hay quá hạn.",
	"dossiers.returned_at":     "Lúc trả kết quả cho tổ chức, công dân.",
	"dossiers.status":          "Trạng thái hồ sơ. Rút, dừng, từ chối, đã xử lý xong, đã trả kết quả thì phải có ngày có kết quả hoặc ngày trả.",
	"dossiers.return_channel":  "Kết quả được trả bằng cách nào.",
	"dossiers.result_attached": "Kết quả bản điện tử đã đính kèm trên hệ thống.",
	"dossiers.digitised":       "Giấy tờ của hồ sơ đã được số hóa khi tiếp nhận.",
	"dossiers.has_fee":         "Hồ sơ phải nộp phí, lệ phí.",
	"dossiers.paid_online":     "Phí, lệ phí đã được nộp trực tuyến.",
	"dossiers.apology":         "Đã gửi thư xin lỗi khi quá hạn.",

	"documents.direction":        "Văn bản đến hay văn bản đi.",
	"documents.number":           "Số, ký hiệu của văn bản, ví dụ 125/UBND-NC.",
	"documents.sender":           "Cơ quan ban hành văn bản; văn bản đi có thể để trống.",
	"documents.registered_on":    "Ngày văn bản đến hoặc ngày phát hành.",
	"documents.due_on":           "Hạn giải quyết văn bản, nếu có.",
	"documents.finished_on":      "Ngày giải quyết xong.",
	"documents.electronic":       "Văn bản được gửi, nhận ở dạng điện tử.",
	"documents.processed_online": "Văn bản được xử lý hoàn toàn trên hệ thống, không dùng bản giấy.",
	"documents.signed_by_organ":  "Có chữ ký số của cơ quan.",
	"documents.signed_by_person": "Có chữ ký số của người ký văn bản.",
	"documents.assigned_on":      "Ngày giao việc trên hệ thống.",
	"documents.work_file":        "Mã hồ sơ công việc mà văn bản thuộc về.",
	"documents.secret":           "Văn bản mật: không tính vào các tỷ lệ điện tử.",

	"tasks.year":         "Năm của kế hoạch.",
	"tasks.task_code":    "Mã nhiệm vụ trong kế hoạch.",
	"tasks.content":      "Nội dung nhiệm vụ.",
	"tasks.area":         "Lĩnh vực cải cách hành chính, ví dụ Cải cách thể chế.",
	"tasks.due_on":       "Ngày phải hoàn thành.",
	"tasks.started_on":   "Ngày bắt đầu thực hiện.",
	"tasks.completed_on": "Ngày hoàn thành.",
	"tasks.status":       "Tình trạng khi chưa có ngày tương ứng.",

	"procedures.applies_to":     "Cấp thực hiện khi dòng này áp dụng cho mọi đơn vị của cấp đó; để trống nếu chỉ của đơn vị này.",
	"procedures.one_stop":       "Tiếp nhận tại bộ phận một cửa.",
	"procedures.interlinked":    "Thực hiện liên thông giữa các cơ quan.",
	"procedures.postal":         "Đăng ký tiếp nhận, trả kết quả qua bưu chính công ích.",
	"procedures.posted":         "Đang được niêm yết công khai.",
	"procedures.statutory_days": "Số ngày giải quyết theo quy định.",
	"procedures.committed_days": "Số ngày giải quyết sau khi cắt giảm.",
	"procedures.change":         "Dòng này do công bố mới hay do sửa đổi.",
	"procedures.valid_from":     "Ngày bắt đầu có hiệu lực.",
	"procedures.valid_to":       "Ngày đầu tiên không còn hiệu lực; để trống nếu còn hiệu lực.",
	"procedures.decision":       "Quyết định công bố.",

	"checklist.checked_on":  "Ngày kiểm tra.",
	"checklist.criterion":   "Mã tiêu chí kiểm tra.",
	"checklist.requirement": "Yêu cầu của tiêu chí.",
	"checklist.result":      "Kết quả kiểm tra.",
	"checklist.note":        "Nhận xét, không ghi họ tên.",

	"figures.code":        "Mã của số liệu, ví dụ legal.documents.",
	"figures.value":       "Giá trị; hoặc khai tử số và mẫu số.",
	"figures.numerator":   "Tử số, khi số liệu là một tỷ lệ.",
	"figures.denominator": "Mẫu số, khi số liệu là một tỷ lệ.",
	"figures.entered_by":  "Tên phòng, bộ phận khai; không ghi họ tên.",
	"figures.entered_on":  "Ngày khai.",

	"summaries.field": "Lĩnh vực, mỗi lĩnh vực một dòng; không nhập dòng Tổng cộng.",
	"summaries.c3":    "Tổng số hồ sơ tiếp nhận: (3) = (4) + (5) + (6).",
	"summaries.c4":    "Hồ sơ tiếp nhận trực tuyến trong kỳ.",
	"summaries.c5":    "Hồ sơ tiếp nhận trực tiếp và qua dịch vụ bưu chính trong kỳ.",
	"summaries.c6":    "Hồ sơ từ kỳ trước chuyển qua.",
	"summaries.c7":    "Tổng số hồ sơ đã giải quyết: (7) = (8) + (9) + (10).",
	"summaries.c8":    "Hồ sơ đã giải quyết trước hạn.",
	"summaries.c9":    "Hồ sơ đã giải quyết đúng hạn.",
	"summaries.c10":   "Hồ sơ đã giải quyết quá hạn.",
	"summaries.c11":   "Tổng số hồ sơ đang giải quyết: (11) = (12) + (13).",
	"summaries.c12":   "Hồ sơ đang giải quyết, còn trong hạn.",
	"summaries.c13":   "Hồ sơ đang giải quyết, đã quá hạn.",

	"narratives.section": "Mục của báo cáo mà nội dung thuộc về, ví dụ I.",
	"narratives.text":    "Nội dung; xuống dòng trong ô (Alt+Enter) để tách đoạn.",
}
