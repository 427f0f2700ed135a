package table

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver
)

// Search is a full-text index of a database: contentless FTS5 by trigrams, whose rowid is that of the table that Select reads. Select
// gives the rowid and the columns.
type Search struct {
	Name    string
	Columns []string
	Select  string
}

// pageSize is that of the databases, in bytes; the same everywhere, as the bytes of the file depend on it.
const pageSize = 4096

// WriteSQLite writes tables as one SQLite database: tables with rowid and a primary key, columns in their order, truth as 0 and 1, days
// and JSON as text; then the indexes of search; then VACUUM, so that the bytes depend on the rows alone. Version is the user_version. It
// returns the number of rows of all tables. The database is made in the folder for temporary files.
func WriteSQLite(w io.Writer, tables []*Table, search []Search, version int) (rows int, err error) {
	dir, err := os.MkdirTemp("", "banshi-*")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "catalogue.sqlite")
	if rows, err = fillSQLite(path, tables, search, version); err != nil {
		return rows, err
	}
	f, err := os.Open(path)
	if err != nil {
		return rows, err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return rows, err
}

func fillSQLite(path string, tables []*Table, search []Search, version int) (rows int, err error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return 0, err
	}
	defer func() {
		if closing := db.Close(); err == nil {
			err = closing
		}
	}()
	ctx := context.Background()
	conn, err := db.Conn(ctx) // all on one connection: settings are its own
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	run := func(statements ...string) error {
		for _, s := range statements {
			if _, err := conn.ExecContext(ctx, s); err != nil {
				return fmt.Errorf("%w: %s", err, s)
			}
		}
		return nil
	}
	// The file is thrown away after a failure, so nothing has to survive one.
	if err := run(fmt.Sprintf("PRAGMA page_size = %d", pageSize), "PRAGMA encoding = 'UTF-8'", "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF",
		"PRAGMA locking_mode = EXCLUSIVE", "PRAGMA cache_size = -16000", fmt.Sprintf("PRAGMA user_version = %d", version), "BEGIN"); err != nil {
		return 0, err
	}
	for _, t := range tables {
		if err := run(createTable(t)); err != nil {
			return rows, err
		}
		n, err := insertRows(ctx, conn, t)
		rows += n
		if err != nil {
			return rows, fmt.Errorf("%s: %w", t.Name, err)
		}
	}
	for _, s := range search {
		columns := strings.Join(s.Columns, ", ")
		if err := run(fmt.Sprintf("CREATE VIRTUAL TABLE %s USING fts5(%s, content='', tokenize='trigram')", s.Name, columns),
			fmt.Sprintf("INSERT INTO %s(rowid, %s) %s", s.Name, columns, s.Select),
			fmt.Sprintf("INSERT INTO %s(%[1]s) VALUES('optimize')", s.Name)); err != nil {
			return rows, err
		}
	}
	return rows, run("COMMIT", "VACUUM")
}

// createTable is the statement that makes a table. Titles are comments, for who looks at the schema.
func createTable(t *Table) string {
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE TABLE %s ( -- %s\n", quoted(t.Name), t.Title)
	for _, c := range t.Columns {
		kind := [...]string{Text: "TEXT", Integer: "INTEGER", Number: "REAL", Boolean: "INTEGER", Date: "TEXT", JSON: "TEXT"}[c.Kind]
		fmt.Fprintf(&b, "  %s %s", quoted(c.Name), kind)
		if c.Required {
			b.WriteString(" NOT NULL")
		}
		fmt.Fprintf(&b, ", -- %s\n", strings.ReplaceAll(c.Title, "\n", " "))
	}
	key := make([]string, len(t.Key))
	for i, k := range t.Key {
		key[i] = quoted(k)
	}
	fmt.Fprintf(&b, "  PRIMARY KEY (%s)\n)", strings.Join(key, ", "))
	return b.String()
}

func quoted(name string) string { return `"` + name + `"` }

func insertRows(ctx context.Context, conn *sql.Conn, t *Table) (rows int, err error) {
	marks := strings.TrimSuffix(strings.Repeat("?,", len(t.Columns)), ",")
	insert, err := conn.PrepareContext(ctx, fmt.Sprintf("INSERT INTO %s VALUES (%s)", quoted(t.Name), marks))
	if err != nil {
		return 0, err
	}
	defer insert.Close()
	args := make([]any, len(t.Columns))
	for row := range t.Rows {
		for i, v := range row {
			switch {
			case !v.set:
				args[i] = nil
			case v.kind == Integer || v.kind == Boolean:
				args[i] = v.n
			case v.kind == Number:
				args[i] = v.number()
			default:
				args[i] = v.String()
			}
		}
		if _, err := insert.ExecContext(ctx, args...); err != nil {
			return rows, err
		}
		rows++
	}
	return rows, nil
}
