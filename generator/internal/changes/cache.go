package changes

// Cache keeps entries between runs.
type Cache struct{}

type opened struct{}

func (c *Cache) open(p *Past) *opened                         { return &opened{} }
func (o *opened) get(n int) ([]*Entry, bool)                  { return nil, false }
func (o *opened) save(entries [][]*Entry, failed error) error { return failed }
