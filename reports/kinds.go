package reports

// Kind is a report that can be asked for.
type Kind struct {
	Name     string // brief; also the file name of its template and outputs
	Label    string // Vietnamese name, for lists and file properties
	Template string // file in the template folder
	Compares bool   // compares the units of Data.Tier, which must be set
	Signed   bool   // an official document: the office's narratives belong in it
}

var kinds = []Kind{
	{Name: "brief", Label: "Phiếu tóm tắt phục vụ kiểm tra CCHC", Template: "brief.md"},
	{Name: "periodic", Label: "Báo cáo công tác cải cách hành chính", Template: "periodic.md", Signed: true},
	{Name: "comparison", Label: "So sánh kết quả cải cách hành chính giữa các đơn vị", Template: "comparison.md", Compares: true},
}

// Kinds lists the reports in the order in which they are shown.
func Kinds() []Kind { return append([]Kind(nil), kinds...) }

// KindByName finds a report; ok is false when there is none of that name.
func KindByName(name string) (Kind, bool) {
	for _, k := range kinds {
		if k.Name == name {
			return k, true
		}
	}
	return Kind{}, false
}
