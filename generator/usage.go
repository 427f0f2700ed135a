package main

import (
	"fmt"
	"regexp"

	"github.com/spf13/cobra"
)

// usageTemplate is cobra's, with headings in both languages.
const usageTemplate = `用法 / Usage:{{if .Runnable}}
  {{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} [command]{{end}}{{if .HasExample}}

例子 / Examples:
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

命令 / Commands:{{range .Commands}}{{if (or .IsAvailableCommand (eq .Name "help"))}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

选项 / Flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

通用选项 / Global flags:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

{{.CommandPath}} [command] --help：一个命令的说明 / about one command
` + "{{end}}\n"

// speakBoth gives the help of the command line, and what it says of wrong use, a Chinese half.
func speakBoth(root *cobra.Command) {
	root.SetUsageTemplate(usageTemplate)
	root.DisableSuggestions = true // ours are in both languages, see inBoth
	root.SetHelpCommand(newHelp())
	root.InitDefaultHelpCmd()
	var each func(cmd *cobra.Command)
	each = func(cmd *cobra.Command) {
		cmd.InitDefaultHelpFlag()
		cmd.Flags().Lookup("help").Usage = "看说明 / help"
		for _, sub := range cmd.Commands() {
			each(sub)
		}
	}
	each(root)
}

// newHelp is cobra's command of that name.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "一个命令的说明 / help about a command",
		Long:  "一个命令做什么、有哪些选项、例子。\n\nWhat a command does, its flags and examples.",
		ValidArgsFunction: complete(func(cmd *cobra.Command, args []string, _ string) []cobra.Completion {
			var out []cobra.Completion
			if of, _, err := cmd.Root().Find(args); err == nil {
				for _, sub := range of.Commands() {
					out = append(out, cobra.CompletionWithDesc(sub.Name(), sub.Short))
				}
			}
			return out
		}),
		RunE: func(cmd *cobra.Command, args []string) error {
			of, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return unknownCommand(cmd.Root(), args[0])
			}
			of.SetOut(cmd.OutOrStdout())
			return of.Help()
		},
	}
}

func unknownCommand(root *cobra.Command, word string) error {
	var names []string
	for _, c := range root.Commands() {
		names = append(names, c.Name())
	}
	return fmt.Errorf("没有 %s 这个命令%s；全部命令：banshi help / no such command: %[1]s", word, didYouMean(word, names))
}

// wrongUse is what cobra and pflag say of a wrong command line, and how it is said in Chinese.
var wrongUse = []struct {
	says    *regexp.Regexp
	chinese string
}{
	{regexp.MustCompile(`^unknown flag: (--\S+)$`), "没有 $1 这个选项"},
	{regexp.MustCompile(`^unknown shorthand flag: '(.+)' in (-\S+)$`), "没有 $2 这个选项"},
	{regexp.MustCompile(`^flag needs an argument: (?:'.' in )?(-\S+)$`), "$1 后面要写一个值"},
	{regexp.MustCompile(`^invalid argument "(.*)" for "(?:-., )?(--\S+)" flag: .*$`), "$2 不能写 $1"},
	{regexp.MustCompile(`^accepts (\d+) arg\(s\), received (\d+)$`), "要写 $1 个参数，写了 $2 个"},
	{regexp.MustCompile(`^accepts at most (\d+) arg\(s\), received (\d+)$`), "最多写 $1 个参数，写了 $2 个"},
	{regexp.MustCompile(`^requires at least (\d+) arg\(s\), only received (\d+)$`), "至少写 $1 个参数，写了 $2 个"},
	{regexp.MustCompile(`^unknown command "(.*)" for "banshi (\w+)"$`), "$2 后面不写 $1"},
}

var unknownWord = regexp.MustCompile(`^unknown command "(.*)" for "banshi"$`)

// inBoth puts the Chinese before what the library of the command line says in English; other errors are in both languages already.
func inBoth(root *cobra.Command, err error) error {
	if m := unknownWord.FindStringSubmatch(err.Error()); m != nil {
		return unknownCommand(root, m[1])
	}
	for _, w := range wrongUse {
		if w.says.MatchString(err.Error()) {
			return fmt.Errorf("%s / %w", w.says.ReplaceAllString(err.Error(), w.chinese), err)
		}
	}
	return err
}
