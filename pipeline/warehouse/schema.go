package warehouse

import (
	"fmt"
	"strings"

	"cchc/pipeline/dataset"
)

// forever is the ledger position at which a row that still holds ends.
const forever = 1<<31 - 1

var sqlTypes = map[dataset.Type]string{
	dataset.Text: "VARCHAR", dataset.Code: "VARCHAR", dataset.Period: "VARCHAR", dataset.Enum: "VARCHAR",
	dataset.Date: "DATE", dataset.Time: "TIMESTAMP", dataset.Int: "BIGINT", dataset.Level: "BIGINT",
	dataset.Number: fmt.Sprintf("DECIMAL(18,%d)", dataset.DecimalScale), dataset.Flag: "BOOLEAN",
}

// fileColumns are those of a typed file: where the row stood, what it is, what
// it says.
func fileColumns(d *dataset.Dataset) []string {
	out := []string{"key VARCHAR", "digest UBIGINT", "sheet VARCHAR", "line INTEGER"}
	for _, f := range d.Fields {
		out = append(out, f.Name+" "+sqlTypes[f.Type])
	}
	return out
}

// historyColumns add the ledger: seq is the import the row came with, [seq_from,
// seq_to) the positions at which it is the row of its key.
func historyColumns(d *dataset.Dataset) []string {
	return append(fileColumns(d), "as_of DATE", "seq INTEGER", "seq_from INTEGER", "seq_to INTEGER")
}

func columnNames(columns []string) string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i], _, _ = strings.Cut(c, " ")
	}
	return strings.Join(names, ", ")
}

// formatVersion changes when the tables do: an older file is built anew.
const formatVersion = "2"

func createTables(db *DB) error {
	for _, d := range dataset.All {
		if err := db.Exec(fmt.Sprintf("CREATE TABLE %s (%s)", d.Name, strings.Join(historyColumns(d), ", "))); err != nil {
			return err
		}
	}
	if err := db.Exec("CREATE TABLE ledger (seq INTEGER, kind VARCHAR, taken_at TIMESTAMP, sha256 VARCHAR, file VARCHAR, dataset VARCHAR, as_of DATE, ended_by INTEGER)"); err != nil {
		return err
	}
	if err := db.Exec("CREATE TABLE spans (seq INTEGER, dataset VARCHAR, unit_key VARCHAR, first VARCHAR, last VARCHAR)"); err != nil {
		return err
	}
	return db.Exec("CREATE TABLE format AS SELECT '" + formatVersion + "' AS version")
}
