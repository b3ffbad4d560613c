package main

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// listed is what `go list -json` says of a package.
type listed struct {
	ImportPath, Dir                          string
	GoFiles                                  []string
	Imports, TestImports, XTestImports, Deps []string
}

func ourPackages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles,Imports,TestImports,XTestImports,Deps", "./...")
	cmd.Dir = moduleRoot
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var list []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return list
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
}

// moduleRoot is the folder of the module, seen from this package.
const moduleRoot = "../.."

// arrows says for every package which others of ours it may import; an entry that
// ends in "/..." allows what lies below it too. What is missing here is a new
// arrow: think first, then add the row.
var arrows = map[string][]string{
	"cmd/cchc": {"pipeline/...", "reports", "reports/model"},

	// The words that everything in pipeline may use.
	"pipeline/dataset":   {},
	"pipeline/period":    {},
	"pipeline/unit":      {},
	"pipeline/workspace": {"pipeline/period", "pipeline/unit"},

	// The steps. They don't know one another: pipeline passes values between them.
	"pipeline/source":    {},
	"pipeline/reader":    {},
	"pipeline/layout":    {"pipeline/reader"}, // rows come through the readers
	"pipeline/form":      {"reports/model", "reports/xlsx/workbook"},
	"pipeline/store":     {},
	"pipeline/warehouse": {"pipeline/store"}, // it is built from the ledger
	"pipeline/measure":   {"pipeline/warehouse", "sql"},
	"pipeline/publish":   {"pipeline/store"}, // for writing files whole
	"pipeline/schedule":  {},
	"pipeline/sample":    {},
	"pipeline":           {"pipeline/...", "reports", "reports/model"},

	// Counts again in plain Go, from the definitions alone: it may share nothing.
	"pipeline/reference": nil,

	"reports":               {"reports/model", "reports/pdf", "reports/xlsx", "templates"},
	"reports/model":         {},
	"reports/page":          {"reports/model"},
	"reports/pdf":           {"reports/model", "reports/page"},
	"reports/pdf/pdftext":   {},
	"reports/xlsx":          {"reports/model", "reports/xlsx/workbook"},
	"reports/xlsx/workbook": {},

	"sql":       {},
	"templates": {},
}

// everywhere may be used by every package of pipeline but the reference.
var everywhere = []string{"pipeline/dataset", "pipeline/period", "pipeline/unit", "pipeline/workspace"}

func TestArrows(t *testing.T) {
	for _, p := range ourPackages(t) {
		name := strings.TrimPrefix(p.ImportPath, "cchc/")
		allowed, ok := arrows[name]
		if !ok {
			t.Errorf("%s is a package that arrows_test.go does not know", name)
			continue
		}
		if strings.HasPrefix(name, "pipeline/") && allowed != nil && !slices.Contains(everywhere, name) {
			allowed = append(slices.Clone(allowed), everywhere...)
		}
		for _, i := range p.Imports {
			if to, ours := strings.CutPrefix(i, "cchc/"); ours && !allows(allowed, to) {
				t.Errorf("%s imports %s: no arrow leads there", name, to)
			}
			if i == "cchc/pipeline/reference" {
				t.Errorf("%s imports pipeline/reference, which is for tests only", name)
			}
		}
		if strings.HasPrefix(name, "reports") {
			for _, i := range slices.Concat(p.Deps, p.TestImports, p.XTestImports) {
				if strings.HasPrefix(i, "cchc/pipeline") || i == "database/sql" || strings.HasPrefix(i, "github.com/duckdb/") {
					t.Errorf("%s reaches %s: a report gets plain data", name, i)
				}
			}
		}
	}
}

func allows(list []string, to string) bool {
	for _, a := range list {
		below, tree := strings.CutSuffix(a, "/...")
		if a == to || tree && (below == to || strings.HasPrefix(to, below+"/")) {
			return true
		}
	}
	return false
}

// Each of these libraries has one package that knows it.
func TestLibrariesHaveOneHome(t *testing.T) {
	homes := map[string][]string{
		"github.com/duckdb/":                {"pipeline/warehouse", "sql"},
		"github.com/xuri/excelize/":         {"reports/xlsx/workbook"},
		"github.com/johnfercher/maroto/":    {"reports/pdf"},
		"codeberg.org/go-pdf/fpdf":          {"reports/pdf"},
		"github.com/yuin/goldmark":          {"reports"},
		"github.com/robfig/cron/":           {"pipeline/schedule", "pipeline/workspace"}, // runs the jobs; refuses a bad line early
		"github.com/spf13/cobra":            {"cmd/cchc"},
		"github.com/schollz/progressbar/":   {"cmd/cchc"},
		"codeberg.org/go-fonts/liberation/": {"reports/page"},
	}
	for _, p := range ourPackages(t) {
		name := strings.TrimPrefix(p.ImportPath, "cchc/")
		for _, i := range p.Imports {
			for library, home := range homes {
				if strings.HasPrefix(i, library) && !slices.Contains(home, name) {
					t.Errorf("%s imports %s, whose home is %s", name, i, strings.Join(home, ", "))
				}
			}
		}
	}
}

func TestNoDrawerForEverything(t *testing.T) {
	for _, p := range ourPackages(t) {
		switch path.Base(p.ImportPath) {
		case "util", "utils", "common", "helper", "helpers", "types", "misc", "shared", "base":
			t.Errorf("%s: name a package after what it knows", p.ImportPath)
		}
	}
}

// Nothing registers itself: the tables (steps, kinds, formats, schemes) are lists
// that can be read.
func TestNothingHappensOnImport(t *testing.T) {
	for _, p := range ourPackages(t) {
		for _, f := range p.GoFiles {
			tree, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, f), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range tree.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
					t.Errorf("%s/%s has func init()", p.ImportPath, f)
				}
			}
		}
	}
}
