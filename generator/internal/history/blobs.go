package history

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// maxBlob bounds one blob in memory, in bytes. A record has at most 64 KiB.
const maxBlob = 64 << 20

// Blobs hands the content of every id to fn, in the order of ids, out of one
// process and without holding more than one of them. The data is fn's to
// keep. An error of fn ends the pass and is returned as it is; an id that is
// no blob of this repository or is over 64 MiB is an error too.
func (r *Repo) Blobs(ctx context.Context, ids []string, fn func(id string, data []byte) error) error {
	if len(ids) == 0 {
		return nil
	}
	for _, id := range ids {
		if !isHash(id) { // also keeps line breaks out of git's input
			return fmt.Errorf("%q is not an object id", id)
		}
	}
	return r.run(ctx, strings.Join(ids, "\n")+"\n", func(out io.Reader) error {
		in := bufio.NewReaderSize(out, 1<<16)
		for _, id := range ids {
			data, err := readBlob(in, id)
			if err != nil {
				return err
			}
			if err := fn(id, data); err != nil {
				return err
			}
		}
		return nil
	}, "cat-file", "--batch", "--buffer")
}

// readBlob reads one answer of cat-file: "id blob size\n", the bytes, "\n".
func readBlob(in *bufio.Reader, id string) ([]byte, error) {
	line, err := in.ReadString('\n')
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, fmt.Errorf("blob %s: %w", id, err)
	}
	answer, isBlob := strings.CutPrefix(strings.TrimSuffix(line, "\n"), id+" blob ")
	if !isBlob {
		return nil, fmt.Errorf("blob %s: git answers %q", id, strings.TrimSpace(line))
	}
	size, err := strconv.ParseInt(answer, 10, 64)
	if err != nil {
		return nil, fmt.Errorf("blob %s: %w", id, err)
	}
	if size > maxBlob {
		return nil, fmt.Errorf("blob %s: %d bytes, over the limit of %d", id, size, maxBlob)
	}
	data := make([]byte, size)
	if _, err = io.ReadFull(in, data); err == nil {
		_, err = in.Discard(1)
	}
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, fmt.Errorf("blob %s: %w", id, err)
	}
	return data, nil
}
