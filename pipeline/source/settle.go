package source

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"strings"
	"time"
)

// Settle tells which files are whole. A file is, when its size and time are the
// same at a second look after pause, or at once when a sidecar vouches for it:
// FILE.done, or FILE.sha256 holding its SHA-256. The rest are still being
// written (or their sidecar disagrees) and are left for the next time.
func Settle(ctx context.Context, files []File, pause time.Duration) (whole, unsettled []File, err error) {
	first := make([]look, len(files))
	ready := make([]bool, len(files))
	wait := false
	for i, f := range files {
		vouched, agreed := sidecar(f.Path)
		ready[i] = vouched && agreed
		first[i] = lookAt(f.Path)
		wait = wait || !ready[i]
	}
	if wait {
		select {
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		case <-time.After(pause):
		}
	}
	for i, f := range files {
		vouched, agreed := sidecar(f.Path)
		switch {
		case ready[i], !vouched && first[i].there && first[i] == lookAt(f.Path), vouched && agreed:
			whole = append(whole, f)
		default:
			unsettled = append(unsettled, f)
		}
	}
	return whole, unsettled, nil
}

// look is what a glance at a file tells.
type look struct {
	there bool
	size  int64
	time  time.Time
}

func lookAt(path string) look {
	info, err := os.Lstat(path)
	if err != nil {
		return look{}
	}
	return look{true, info.Size(), info.ModTime()}
}

// sidecar reports whether a file has a sidecar, and whether it agrees.
func sidecar(path string) (vouched, agreed bool) {
	if f, err := os.Open(path + ".sha256"); err == nil {
		defer f.Close()
		line, _ := bufio.NewReader(io.LimitReader(f, 200)).ReadString('\n')
		words := strings.Fields(line)
		return true, len(words) > 0 && strings.EqualFold(words[0], sumOf(path))
	}
	if _, err := os.Stat(path + ".done"); err == nil {
		return true, true
	}
	return false, false
}

func sumOf(path string) string {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() {
		return ""
	}
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
}
