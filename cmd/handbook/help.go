package main

import (
	"github.com/spf13/cobra"

	"handbook/cmd/handbook/internal/diag"
)

// usageTemplate lays out the second half of a help text, after the long
// description; README.md holds a copy of each, kept fresh by a test.
const usageTemplate = `Usage:
{{- if .HasAvailableSubCommands}}
  {{.CommandPath}} COMMAND
{{- else}}
  {{.UseLine}}{{end}}
{{- if .HasExample}}

Examples:
{{.Example}}{{end}}
{{- if .HasAvailableSubCommands}}

Commands:
{{- range .Commands}}{{if or .IsAvailableCommand (eq .Name "help")}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}
{{- if .HasAvailableLocalFlags}}

Flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
{{- if .HasAvailableInheritedFlags}}

Flags of every command:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
{{- if .HasAvailableSubCommands}}

"{{.CommandPath}} COMMAND --help" explains one.{{end}}
`

func (t *tool) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Explain a command",
		Long:  "Help explains handbook, or one of its commands.",
		ValidArgsFunction: func(c *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			at, _, err := c.Root().Find(args)
			if err != nil {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			var names []cobra.Completion
			for _, sub := range at.Commands() {
				names = append(names, cobra.CompletionWithDesc(sub.Name(), sub.Short))
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			at := c.Root()
			for _, name := range args {
				next := sub(at, name)
				if next == nil {
					var names []string
					for _, s := range at.Commands() {
						names = append(names, s.Name())
					}
					return diag.Usagef(diag.DidYouMean(name, names, at.CommandPath()+" --help lists them"), "%s has no command %s", at.CommandPath(), diag.Quote(name))
				}
				at = next
			}
			at.InitDefaultHelpFlag()
			return at.Help()
		},
	}
}

// sub returns the command of a name beneath another, or nil.
func sub(c *cobra.Command, name string) *cobra.Command {
	for _, s := range c.Commands() {
		if s.Name() == name {
			return s
		}
	}
	return nil
}

func (t *tool) completionCommand() *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:   "completion bash|zsh|fish|powershell",
		Short: "Print a script that completes commands in a shell",
		Long: `Completion prints a script for a shell. Once it is loaded, the Tab key completes
commands, flags, owners and the ids of sections.

To load it in every new shell:

  bash        handbook completion bash > /etc/bash_completion.d/handbook
  zsh         handbook completion zsh > "${fpath[1]}/_handbook"
  fish        handbook completion fish > ~/.config/fish/completions/handbook.fish
  powershell  handbook completion powershell >> $PROFILE`,
		Args:      exactly("SHELL"),
		ValidArgs: shells,
		RunE: func(c *cobra.Command, args []string) error {
			switch args[0] {
			case "bash":
				return c.Root().GenBashCompletionV2(t.stdout, true)
			case "zsh":
				return c.Root().GenZshCompletion(t.stdout)
			case "fish":
				return c.Root().GenFishCompletion(t.stdout, true)
			case "powershell":
				return c.Root().GenPowerShellCompletionWithDesc(t.stdout)
			}
			return diag.Usagef(diag.DidYouMean(args[0], shells, "use bash, zsh, fish or powershell"), "there is no completion for the shell %s", diag.Quote(args[0]))
		},
	}
}
