package layout

import (
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"cchc/pipeline/dataset"
)

//go:embed *.yaml
var files embed.FS

// wordsFile holds the words that all layouts share.
const wordsFile = "words.yaml"

// version goes up when the same file would be read into other rows although no
// layout file changed: a new rule, a new way to read a date.
const version = "2"

// Set is the layouts that files are recognised by: those of the program and
// those of a workspace. It is immutable and safe for concurrent use.
type Set struct {
	all     []*layout // own ones of a workspace first, then in the order of dataset.All
	shared  *sharedWords
	endings map[string]bool // the last texts of all headers
}

// builtin is parsed once: the files are part of the program.
var builtin = sync.OnceValues(func() (*Set, error) { return load(nil) })

// Load reads the layouts of a workspace, the files *.yaml of its folder, beside
// those of the program. A folder that does not exist has none. The error is a
// *Problems with every fault of every file.
//
// Of two layouts that fit a file equally well the workspace's own is taken.
func Load(folder fs.FS) (*Set, error) {
	if list, err := fs.ReadDir(folder, "."); errors.Is(err, fs.ErrNotExist) || err == nil && len(list) == 0 {
		return builtin()
	}
	return load(folder)
}

func load(folder fs.FS) (*Set, error) {
	l := &loader{byName: map[string]*source{}}
	if err := l.words(); err != nil {
		return nil, err
	}
	if err := l.folder(files, ""); err != nil {
		return nil, err
	}
	if folder != nil {
		if err := l.folder(folder, "layouts/"); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	set := &Set{shared: l.shared, endings: map[string]bool{}}
	for _, s := range l.sources {
		if built := l.build(s); built != nil {
			set.all = append(set.all, built)
			for key := range built.headers {
				parts := strings.Split(key, " > ")
				set.endings[parts[len(parts)-1]] = true
			}
		}
	}
	if len(l.problems) > 0 {
		slices.SortStableFunc(l.problems, func(a, b string) int {
			fileA, lineA := placeOfProblem(a)
			fileB, lineB := placeOfProblem(b)
			return cmp.Or(strings.Compare(fileA, fileB), lineA-lineB)
		})
		return nil, &Problems{l.problems}
	}
	slices.SortStableFunc(set.all, func(a, b *layout) int {
		if a.own != b.own {
			if a.own {
				return -1
			}
			return 1
		}
		return slices.Index(dataset.All, a.set) - slices.Index(dataset.All, b.set)
	})
	return set, nil
}

// placeOfProblem reads "file line 7: …".
func placeOfProblem(s string) (file string, line int) {
	file, rest, ok := strings.Cut(s, " line ")
	if number, _, found := strings.Cut(rest, ":"); ok && found {
		line, _ = strconv.Atoi(number)
		return file, line
	}
	file, _, _ = strings.Cut(s, ":")
	return file, 0
}

// Names lists the layouts, as they are tried.
func (s *Set) Names() []string {
	var out []string
	for _, l := range s.all {
		out = append(out, l.name)
	}
	return out
}

// Fingerprint is that of a layout by its name; empty when there is none.
func (s *Set) Fingerprint(name string) string {
	for _, l := range s.all {
		if l.name == name {
			return l.fingerprint
		}
	}
	return ""
}

// loader collects the sources of a set.
type loader struct {
	shared   *sharedWords
	common   []byte
	sources  []*source
	byName   map[string]*source
	problems []string
}

// source is one layout file.
type source struct {
	def      *definition
	body     []byte
	own      bool // of a workspace
	building bool
	chain    []*source // itself and those it extends, nearest first; nil before it is looked at
}

func (l *loader) words() error {
	body, err := files.ReadFile(wordsFile)
	if err != nil {
		return err
	}
	shared, problems := decodeWords(wordsFile, body)
	l.shared, l.common, l.problems = shared, body, problems
	return nil
}

// folder reads the layout files of a folder, by name.
func (l *loader) folder(from fs.FS, prefix string) error {
	list, err := fs.ReadDir(from, ".")
	if err != nil {
		return err
	}
	for _, e := range list {
		if e.IsDir() || path.Ext(e.Name()) != ".yaml" && path.Ext(e.Name()) != ".yml" ||
			strings.HasPrefix(e.Name(), ".") || prefix == "" && e.Name() == wordsFile {
			continue
		}
		body, err := fs.ReadFile(from, e.Name())
		if err != nil {
			return fmt.Errorf("layout %s%s: %w", prefix, e.Name(), err)
		}
		def, problems := decodeLayout(prefix+e.Name(), body)
		l.problems = append(l.problems, problems...)
		if len(problems) > 0 && def.layout == "" {
			continue
		}
		s := &source{def: def, body: body, own: prefix != ""}
		if other := l.byName[def.layout]; other != nil {
			l.problems = append(l.problems, fmt.Sprintf("%s line %d: layout %q is defined in %s too", def.file, def.line, def.layout, other.def.file))
			continue
		}
		l.byName[def.layout] = s
		l.sources = append(l.sources, s)
	}
	return nil
}

// lineage finds the layouts that one extends.
func (l *loader) lineage(s *source) []*source {
	if s.chain != nil || s.building {
		return s.chain
	}
	s.building = true
	s.chain = []*source{s}
	if s.def.extends.text != "" {
		parent := l.byName[s.def.extends.text]
		switch {
		case parent == nil:
			l.problems = append(l.problems, fmt.Sprintf("%s line %d: extends: there is no layout %q%s", s.def.file, s.def.extends.line, s.def.extends.text,
				didYouMean(s.def.extends.text, sortedKeys(l.byName))))
		case parent.building:
			l.problems = append(l.problems, fmt.Sprintf("%s line %d: extends: %q extends this layout itself", s.def.file, s.def.extends.line, s.def.extends.text))
		default:
			s.chain = append(s.chain, l.lineage(parent)...)
		}
	}
	s.building = false
	return s.chain
}

func (l *loader) build(s *source) *layout {
	chain := l.lineage(s)
	b := &builder{shared: l.shared, chain: chain}
	out := b.build()
	l.problems = append(l.problems, b.problems...)
	if out == nil {
		return nil
	}
	out.own = s.own
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s %+v\n%d\n%s", version, out.set.Name, out.set.Fields, len(l.common), l.common)
	for _, c := range chain {
		fmt.Fprintf(h, "%d\n%s", len(c.body), c.body)
	}
	out.fingerprint = hex.EncodeToString(h.Sum(nil))
	return out
}
