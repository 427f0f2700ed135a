package page

import "sync"

// once is what is made once while files are listed, though several goroutines ask for it. The zero value is ready to use.
type once[K comparable, V any] struct {
	mu sync.Mutex
	of map[K]V
}

func (o *once[K, V]) find(k K) (V, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	v, ok := o.of[k]
	return v, ok
}

// add enters what was made, and returns it, or what another goroutine has entered meanwhile.
func (o *once[K, V]) add(k K, v V) V {
	o.mu.Lock()
	defer o.mu.Unlock()
	if before, ok := o.of[k]; ok {
		return before
	}
	if o.of == nil {
		o.of = map[K]V{}
	}
	o.of[k] = v
	return v
}

// forget lets go of all that was made.
func (o *once[K, V]) forget() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.of = nil
}
