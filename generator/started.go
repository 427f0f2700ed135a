package main

import (
	"bufio"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"banshi/generator/internal/config"
)

// clicked reports whether the program was started without a command by somebody who has no terminal to read its help in: on
// Windows by a double click, elsewhere by a file manager.
func clicked(args []string) bool {
	if len(args) > 0 {
		return false
	}
	if runtime.GOOS == "windows" {
		return true
	}
	for _, f := range []*os.File{os.Stdin, os.Stdout, os.Stderr} {
		if isTerminal(f) {
			return false
		}
	}
	return runtime.GOOS == "darwin" || os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && !isNull(info)
}

// isNull reports whether a character device is the one that swallows everything.
func isNull(info os.FileInfo) bool {
	null, err := os.Stat(os.DevNull)
	return err == nil && os.SameFile(info, null)
}

// start shows the site that lies beside the program, in the words of somebody who only wants to look at it and mend it.
func start(log io.Writer) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	if resolved, err := filepath.EvalSymlinks(program); err == nil {
		program = resolved
	}
	dir, err := siteBeside(filepath.Dir(program))
	if err != nil {
		return err
	}
	fmt.Fprintf(log, `办事 banshi %s
站点：%s
正在读记录，几秒钟后浏览器会自己打开。网页只有这台电脑看得到。
改文件、存盘，网页自己刷新；哪里写错了，网页左下角会说。看完了，关掉这个窗口就结束。

`, version, dir)
	cmd := newRoot()
	cmd.SetArgs([]string{"serve", "--open", "--site", dir})
	cmd.SetErr(log)
	return cmd.Execute()
}

// siteBeside returns the folder with a site.toml at or next to the program: its own folder, the one above, or the only one below.
func siteBeside(dir string) (string, error) {
	has := func(dir string) bool {
		info, err := os.Stat(filepath.Join(dir, config.File))
		return err == nil && info.Mode().IsRegular()
	}
	for _, d := range []string{dir, filepath.Dir(dir)} {
		if has(d) {
			return d, nil
		}
	}
	below, _ := os.ReadDir(dir) // a folder that cannot be listed has no site for us
	var found []string
	for _, e := range below {
		if d := filepath.Join(dir, e.Name()); has(d) {
			found = append(found, d)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", fmt.Errorf(`程序旁边没有站点：%s 里找不到 site.toml。
请把本程序放进站点的文件夹（里面有 site.toml、data、content、themes），再双击它。
no site beside the program: put it into the folder with site.toml, data, content and themes, and double-click it again`, dir)
	}
	return "", fmt.Errorf(`程序旁边有 %d 个站点，不知道看哪个：%s
请把本程序放进要看的那个文件夹，再双击它。
several sites beside the program: put it into the folder of the one to look at`, len(found), strings.Join(found, "、"))
}

// stay keeps what went wrong before the eyes of somebody who started the program by a double click: the window waits for a key,
// and where there is none the browser shows it.
func stay(problem error, in io.Reader, out io.Writer) {
	fmt.Fprintln(out, "\n"+problem.Error())
	if runtime.GOOS == "windows" {
		fmt.Fprintln(out, "\n按回车键关闭这个窗口 / press Enter to close this window")
		_, _ = bufio.NewReader(in).ReadString('\n') // whatever comes, the window may close now
		return
	}
	f, err := os.CreateTemp("", "banshi-*.html")
	if err != nil {
		return // there is nowhere left to say it
	}
	_, err = fmt.Fprintf(f, "<!DOCTYPE html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>办事 banshi</title><h1>没有打开</h1><pre>%s</pre></html>", html.EscapeString(problem.Error()))
	if errors.Join(err, f.Close()) == nil {
		_ = openBrowser("file://" + f.Name()) // there is nowhere left to say it
	}
}
