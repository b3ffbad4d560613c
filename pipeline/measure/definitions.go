package measure

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"strings"

	files "cchc/sql"

	"github.com/goccy/go-yaml"
)

// Indicator is the definition of a ratio; see sql/indicators.yaml for the keys.
type Indicator struct {
	Name        string   `yaml:"name"`
	Label       string   `yaml:"label"`
	Short       string   `yaml:"short"`
	Numerator   []string `yaml:"numerator"`
	Denominator []string `yaml:"denominator"`
	Of          string   `yaml:"of"`
	Over        string   `yaml:"over"`
	Better      string   `yaml:"better"`
	Zero        string   `yaml:"zero"`
	Legal       string   `yaml:"legal"`
	Missed      string   `yaml:"missed"`
}

// Dataset is the dataset whose measures the indicator divides.
func (i Indicator) Dataset() string {
	d, _, _ := strings.Cut(i.Name, ".")
	return d
}

// Definitions are all indicators, with the version of their formulae.
type Definitions struct {
	Version    int         `yaml:"version"`
	Indicators []Indicator `yaml:"indicators"`
}

// LoadDefinitions reads the embedded definitions.
func LoadDefinitions() (*Definitions, error) {
	b, err := files.Files.ReadFile("indicators.yaml")
	if err != nil {
		return nil, err
	}
	var d Definitions
	if err := yaml.NewDecoder(bytes.NewReader(b), yaml.DisallowUnknownField()).Decode(&d); err != nil {
		return nil, fmt.Errorf("sql/indicators.yaml: %w", err)
	}
	return &d, nil
}

// Find returns the indicator of that name.
func (d *Definitions) Find(name string) (Indicator, bool) {
	for _, i := range d.Indicators {
		if i.Name == name {
			return i, true
		}
	}
	return Indicator{}, false
}

// Fingerprint is a SHA-256 over every query and definition that shapes a figure.
func Fingerprint() (string, error) {
	h := sha256.New()
	err := fs.WalkDir(files.Files, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := files.Files.ReadFile(path)
		if err != nil {
			return err
		}
		fmt.Fprintf(h, "%s %d\n", path, len(b))
		h.Write(b)
		return nil
	})
	return hex.EncodeToString(h.Sum(nil)), err
}
