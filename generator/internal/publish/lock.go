package publish

import (
	"errors"
	"fmt"
	"os"
)

// errBusy means that another process, or another goroutine of this one, publishes into the folder.
var errBusy = errors.New("另一个 banshi 正在写这个文件夹 (another banshi is writing this folder)")

// lock keeps all others from publishing into the folder until the returned function is called. It does not wait: the error is
// errBusy and names the other process, which wrote its number into the lock file. The file stays; removing it would let two processes lock
// two files of one name.
func (d disk) lock() (unlock func(), err error) {
	f, err := os.OpenFile(d.at(lockName), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	ok, err := tryLock(f)
	if err == nil && !ok {
		err = fmt.Errorf("%s：%w%s", d.root, errBusy, holder(f))
	}
	if err == nil {
		err = sign(f)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return func() {
		_ = f.Truncate(0) // a name that outlives its process is only a wrong word in a message; git shall see no change
		f.Close()
	}, nil
}

// sign writes the number of this process into a lock file.
func sign(f *os.File) error {
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err := f.WriteAt(fmt.Appendln(nil, os.Getpid()), 0)
	return err
}

// holder names the process that signed an open lock file; it is empty where that cannot be read.
func holder(f *os.File) string {
	var pid int
	if _, err := fmt.Fscan(f, &pid); err != nil {
		return ""
	}
	return fmt.Sprintf("，进程 %d", pid)
}
