package form

import (
	"fmt"
	"time"

	"cchc/pipeline/dataset"
)

// Example returns an example row for a fill-in workbook: a text per field of d,
// as a person would type it, for a unit and a period (canonical name), with all
// past dates before today. It names no person.
func Example(d *dataset.Dataset, unit, period string, today time.Time) []string {
	given := map[string]string{"unit_code": unit, "period": period, "year": fmt.Sprint(today.Year())}
	out := make([]string, len(d.Fields))
	for i, f := range d.Fields {
		if v, ok := given[f.Name]; ok {
			out[i] = v
			continue
		}
		out[i] = examples[d.Name+"."+f.Name]
		if out[i] == "" && f.Type == dataset.Flag {
			out[i] = "không"
		}
		if days, ok := daysAgo[d.Name+"."+f.Name]; ok {
			at := time.Date(today.Year(), today.Month(), today.Day()-days, 8, 30, 0, 0, time.UTC)
			out[i] = at.Format("02/01/2006")
			if f.Type == dataset.Time {
				out[i] = at.Format("02/01/2006 15:04")
			}
		}
	}
	return out
}

// daysAgo dates the examples; a negative number lies ahead.
var daysAgo = map[string]int{
	"dossiers.submitted_at": 21, "dossiers.received_at": 20, "dossiers.due_at": 10, "dossiers.finished_at": 12, "dossiers.returned_at": 11,
	"documents.registered_on": 20, "documents.due_on": 5, "documents.finished_on": 8, "documents.assigned_on": 19,
	"tasks.due_on": -30, "tasks.started_on": 40, "tasks.completed_on": 7,
	"procedures.valid_from": 90,
	"checklist.checked_on":  15,
	"figures.entered_on":    3,
}

var examples = map[string]string{
	"dossiers.dossier_code": "000.00.00.VIDU-000001", "dossiers.desk": "Một cửa", "dossiers.procedure_code": "1.001234",
	"dossiers.procedure_name": "Đăng ký biến động quyền sử dụng đất (ví dụ)", "dossiers.field": "Đất đai", "dossiers.service_level": "3",
	"dossiers.channel": "trực tuyến", "dossiers.status": "Đã trả kết quả", "dossiers.return_channel": "trực tiếp",
	"dossiers.result_attached": "có", "dossiers.digitised": "có", "dossiers.has_fee": "có", "dossiers.paid_online": "có",

	"documents.direction": "đến", "documents.number": "01/VIDU-UBND", "documents.sender": "Cơ quan ví dụ", "documents.electronic": "có",
	"documents.processed_online": "có", "documents.signed_by_organ": "có", "documents.work_file": "VIDU-HSCV-01",

	"tasks.task_code": "VIDU-01", "tasks.content": "Rà soát thủ tục hành chính (ví dụ)", "tasks.area": "Cải cách thủ tục hành chính",
	"tasks.status": "đã hoàn thành", "tasks.evidence": "Báo cáo kết quả rà soát",

	"procedures.procedure_code": "1.001234", "procedures.procedure_name": "Đăng ký biến động quyền sử dụng đất (ví dụ)", "procedures.field": "Đất đai",
	"procedures.service_level": "3", "procedures.one_stop": "có", "procedures.postal": "có", "procedures.posted": "có",
	"procedures.statutory_days": "10", "procedures.committed_days": "7,5", "procedures.change": "mới", "procedures.decision": "Quyết định công bố (ví dụ)",

	"checklist.criterion": "VIDU-01", "checklist.requirement": "Niêm yết công khai thủ tục hành chính (ví dụ)", "checklist.result": "đạt một phần",
	"checklist.note": "Còn thủ tục chưa cập nhật",

	"figures.code": "vidu.figure", "figures.value": "2", "figures.evidence": "Văn bản của đơn vị (ví dụ)", "figures.entered_by": "Văn phòng",

	"summaries.field": "Đất đai", "summaries.c3": "12", "summaries.c4": "4", "summaries.c5": "6", "summaries.c6": "2", "summaries.c7": "9",
	"summaries.c8": "5", "summaries.c9": "3", "summaries.c10": "1", "summaries.c11": "3", "summaries.c12": "3", "summaries.c13": "0",

	"narratives.section": "I", "narratives.text": "Nội dung ví dụ của mục này.",
}
