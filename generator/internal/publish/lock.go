package publish

import (
	"errors"
	"fmt"
	"os"
)

// errBusy means that another process, or another goroutine of this one, publishes into the folder.
var errBusy = errors.New("另一个 banshi 正在写这个文件夹，请等它结束再试 (another banshi is writing this folder; try again when it is done)")

// lock keeps all others from publishing into the folder until the returned function is called. It does not wait: the error is
// errBusy. The lock file stays; removing it would let two processes lock two files of one name.
func (d disk) lock() (unlock func(), err error) {
	f, err := os.OpenFile(d.at(lockName), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	ok, err := tryLock(f)
	if err == nil && !ok {
		err = fmt.Errorf("%s：%w", d.root, errBusy)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return func() { f.Close() }, nil
}
