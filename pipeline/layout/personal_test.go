package layout

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"
)

func TestScreen(t *testing.T) {
	hidden := []string{
		"0912345678", "0912 345 678", "0912.345.678", "0912-345-678", "(0912) 345 678", "091 234 5678", "09 1234 5678", "09 12 34 56 78", "0912\u00a0345\u00a0678",
		"+84912345678", "+84 912 345 678", "+84.912.345.678", "84912345678", "(+84) 912 345 678", "0084912345678", "+84 (0)912 345 678",
		"02813870123", "0281 3870 123", "(0281) 3870123", "024 3825 1234", "01234567890", "０９１２３４５６７８",
		"ten.nguoi@donvi.vn", "TEN_NGUOI+1@DON-VI.GOV.VN", "a@b",
		"001203004005", "001 203 004 005", "0012 0300 4005", "123456789012", "CMND 123456789", "cmnd số: 123 456 789", "căn cước 012345678",
	}
	for _, s := range hidden {
		for _, in := range []string{s, "gọi " + s, s + " (Zalo)", "ĐT:" + s + ", hẹn sáng", "liên hệ: " + s + ".", s + "; " + s, norm.NFD.String("điện thoại: ") + s} {
			out, found := screen(in)
			bare := strings.NewReplacer("CMND ", "", "cmnd số: ", "", "căn cước ", "").Replace(s)
			if !found || strings.Contains(out, bare) || strings.ContainsAny(strings.ReplaceAll(out, mask, ""), "0123456789０９@") {
				t.Errorf("%q becomes %q", in, out)
			}
		}
	}
	for _, s := range []string{"0912345678/0987654321", "ĐT0912345678", "sđt.0912345678", "Gọi 0912345678.Cảm ơn", "1.001234 0912345678", "000.19.12.H10-210915-0001 0912345678"} {
		if out, _ := screen(s); strings.Contains(out, "912345678") || strings.Contains(out, "987654321") {
			t.Errorf("%q becomes %q", s, out)
		}
	}
	for _, s := range []string{
		"000.19.12.H10-210915-0001", "000.00.19.H03-210901-0001", "H10.15.03-0912345678", "1.001234", "1.001234.000.00.00.H10", "2.000488.000.00.00.H03, 1.000100", "000.00.00.H10",
		"1234/QĐ-UBND", "12/2021/QĐ-UBND ngày 05/09/2021", "0912345678/QĐ-UBND", "0912345678/2021/QĐ",
		"05/09/2021", "5/9/2021 07:30:15", "2021-09-15T17:05:59", "20210915170559", "202109151705", "20210915 0001", "từ 15/12/2020 đến 14/9/2021", "05 09 2021 12 30",
		"1.265", "1.265.000.000 đồng", "84,28", "1 265 000 000", "0,123456789", "100000000000.5 đồng", "biên lai 123456789", "UBND xã Ô Tân", "năm 2020, 2021, 2022", "Mã 01 02 03",
		"HS-2021-000123456", "QĐ 766/QĐ-TTg", "quý 1, 2, 3, 4 năm 2021",
	} {
		if out, found := screen(s); found {
			t.Errorf("%q becomes %q", s, out)
		}
	}
}

func TestPersonalHeaders(t *testing.T) {
	s, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	people := newPeople(s.shared.personal)
	for _, h := range []string{"Chủ hồ sơ", "CHỦ HỒ SƠ (*)", "ChuHoSo", "chuhoso", "CHUHOSO", "Chu ho so", "Họ tên", "Họ và tên người nộp", "Người nộp hồ sơ", "NguoiNop", "Địa chỉ", "DiaChi", "Địa chỉ thường trú",
		"SĐT", "Số ĐT", "Điện thoại", "DienThoai", "Số điện thoại liên hệ", "Email", "E-mail", "EMAIL", "Thư điện tử", "CCCD/CMND", "Số CMND", "SoCMND", "Số CCCD", "Số định danh", "SoDinhDanh", "Số định danh cá nhân",
		"MST cá nhân", "Mã số thuế", "Ngày sinh", "Năm sinh", "NgaySinh", "Tên tổ chức, cá nhân", "Người ký", "Cán bộ thụ lý", "Chủ hồ sơ > Tên", "Người nộp > Số điện thoại"} {
		forms := []string{norm.NFC.String(h), norm.NFD.String(h)}
		if strings.Contains(h, " ") { // written together, capitals are the only sign of words
			forms = append(forms, strings.ToUpper(h), strings.ToLower(h), norm.NFD.String(strings.ToUpper(h)))
		}
		for _, form := range forms {
			if people.names(form) == "" {
				t.Errorf("%q is not taken for personal", form)
			}
		}
	}
	for _, h := range []string{"Mã hồ sơ", "Địa chính", "Lĩnh vực địa chính", "Mã định danh", "Mã định danh đơn vị", "Đơn vị giải quyết", "Cơ quan thụ lý", "Ngày hẹn trả", "Số, ký hiệu", "Trích yếu", "Nơi nhận", "Ghi chú", "Mã hồ sơ công việc", "Nội dung"} {
		if p := people.names(h); p != "" {
			t.Errorf("%q is taken for personal: %s", h, p)
		}
	}
}

// Long texts are screened in linear time.
func TestScreenOfLongTexts(t *testing.T) {
	for _, part := range []string{"(", "+", "0", "0 ", "1/", "0912", "a@", "@", "a", "09.", "(09)-", "0912345678 ", "ab1", "84", "\u0301"} {
		begin := time.Now()
		screen("123456789" + strings.Repeat(part, (256<<10)/len(part)))
		bare(strings.Repeat(part, (256<<10)/len(part)))
		if d := time.Since(begin); d > 3*time.Second {
			t.Errorf("%q repeated takes %v", part, d)
		}
	}
}
