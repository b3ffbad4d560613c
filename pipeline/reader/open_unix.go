//go:build unix

package reader

import "syscall"

// noWaiting keeps an open from waiting for the other end of a pipe.
const noWaiting = syscall.O_NONBLOCK
