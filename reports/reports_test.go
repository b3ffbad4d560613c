package reports

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the goldens")

func comparison() Data {
	d := district()
	d.Unit, d.Tier = d.Units[0], "district"
	return d
}

func TestReportsSayWhatTheGoldensSay(t *testing.T) {
	for _, c := range []struct {
		kind string
		data Data
	}{{"brief", district()}, {"periodic", district()}, {"comparison", comparison()}} {
		r, err := Build(c.kind, c.data, nil)
		if err != nil {
			t.Fatalf("%s: %v", c.kind, err)
		}
		got, file := dump(r), filepath.Join("testdata", c.kind+".golden")
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s differs from its golden (-want +got), run with -update when right:\n%s", c.kind, diff)
		}
	}
}
