package page

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"rsc.io/qr/coding"
)

// QR codes hold the address with the version: as a reader of codes sees them, where one is installed.
func TestQRCode(t *testing.T) {
	plans, err := newQRPlans()
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{
		"https://banshi.example.gov.cn/divisions/130731/dibao.html?v=4c1e7ab-0123456",
		"https://b.cn/?v=1",
		"https://banshi.example.gov.cn/divisions/130731100/" + strings.Repeat("long-", 20) + ".01.html?v=4c1e7ab-0123456",
	} {
		svg, err := plans.appendSVG(nil, address, "看<版本>")
		if err != nil {
			t.Fatal(err)
		}
		code := encoded(t, address)
		grid := draw(t, string(svg), code.Size)
		for y := range code.Size {
			for x := range code.Size {
				if grid[y][x] != code.Black(x, y) {
					t.Fatalf("%s: module %d,%d is drawn %t", address, x, y, grid[y][x])
				}
			}
		}
		if strings.Contains(string(svg), "<版本>") {
			t.Error("the label is not escaped")
		}
		readCode(t, grid, address)
	}
	if _, err := plans.appendSVG(nil, strings.Repeat("x", 300), ""); err == nil {
		t.Error("no error for an address too long")
	}
}

// encoded is the code as the library makes it.
func encoded(t *testing.T, address string) *coding.Code {
	t.Helper()
	text := coding.String(address)
	for v := coding.Version(1); v <= maxQR; v++ {
		if text.Bits(v) > v.DataBytes(qrLevel)*8 {
			continue
		}
		plan, err := coding.NewPlan(v, qrLevel, qrMask)
		if err != nil {
			t.Fatal(err)
		}
		code, err := plan.Encode(text)
		if err != nil {
			t.Fatal(err)
		}
		return code
	}
	t.Fatalf("%s is too long", address)
	return nil
}

// Codes of every length that is drawn are those of the library.
func TestQREveryLength(t *testing.T) {
	plans, err := newQRPlans()
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= 251; n++ {
		text := strings.Repeat("https://banshi.example.gov.cn/?v=4c1e7ab-", 7)[:n]
		m, size, err := plans.code(text)
		code := encoded(t, text)
		if err != nil || size != code.Size {
			t.Fatalf("%d bytes: size %d, want %d (%v)", n, size, code.Size, err)
		}
		for y := range size {
			for x := range size {
				if (m[y]>>(63-x)&1 == 1) != code.Black(x, y) {
					t.Fatalf("%d bytes: module %d,%d differs", n, x, y)
				}
			}
		}
	}
}

// draw reads the path of a QR code back into modules.
func draw(t *testing.T, svg string, size int) [][]bool {
	t.Helper()
	grid := make([][]bool, size)
	for y := range grid {
		grid[y] = make([]bool, size)
	}
	_, path, _ := strings.Cut(svg, ` d="`)
	path, _, _ = strings.Cut(path, `"`)
	x, y := 0, 0
	for _, c := range regexp.MustCompile(`M\d+ \d+|m-?\d+ 0|h\d+`).FindAllString(path, -1) {
		n, m := 0, 0
		switch c[0] {
		case 'M':
			fmt.Sscanf(c, "M%d %d", &x, &y)
		case 'm':
			fmt.Sscanf(c, "m%d %d", &n, &m)
			x += n
		case 'h':
			fmt.Sscanf(c, "h%d", &n)
			for range n {
				grid[y][x] = true
				x++
			}
		}
	}
	return grid
}

// readCode checks a matrix with zbarimg.
func readCode(t *testing.T, grid [][]bool, want string) {
	t.Helper()
	zbar, err := exec.LookPath("zbarimg")
	if err != nil {
		t.Log("no zbarimg here: the modules were compared, the code was not read")
		return
	}
	const scale, quiet = 6, 4
	side := (len(grid) + 2*quiet) * scale
	image := fmt.Appendf(nil, "P5 %d %d 255\n", side, side)
	for y := range side {
		for x := range side {
			i, j := y/scale-quiet, x/scale-quiet
			if i >= 0 && j >= 0 && i < len(grid) && j < len(grid) && grid[i][j] {
				image = append(image, 0)
			} else {
				image = append(image, 255)
			}
		}
	}
	file := filepath.Join(t.TempDir(), "code.pgm")
	if err := os.WriteFile(file, image, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(zbar, "--quiet", "--raw", file).Output()
	if err != nil || strings.TrimSpace(string(out)) != want {
		t.Errorf("the code reads %q (%v), want %q", out, err, want)
	}
}
