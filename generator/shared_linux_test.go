package main

import "syscall"

func init() {
	memoryFolder = func() string {
		const shm, room = "/dev/shm", 1 << 30
		var s syscall.Statfs_t
		if syscall.Statfs(shm, &s) != nil || s.Bavail*uint64(s.Bsize) < room {
			return ""
		}
		return shm
	}
}
