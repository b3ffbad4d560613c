//go:build !unix

package reader

// noWaiting keeps an open from waiting; only Unix has pipes among its files.
const noWaiting = 0
