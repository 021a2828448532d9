package main

import (
	"context"

	"github.com/spf13/cobra"

	"handbook/cmd/handbook/guide"
	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/output"
	"handbook/cmd/handbook/internal/preview"
	"handbook/cmd/handbook/internal/site"
)

// usageTemplate lays out the second half of a help text, after the long
// description; the guide holds a copy of each, kept fresh by a test.
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
	var web, open bool
	c := &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Explain a command, or show the guide",
		Long: `Help explains handbook, or one of its commands.

With --web it shows the guide, which explains everything else: how a section is
written, signed off and published. The guide is part of the program. It is shown
at an address of this computer until you stop it with Ctrl+C.`,
		Example: `  handbook help build
  handbook help --web
  handbook help --web --open                     # in a browser at once`,
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
			switch {
			case web && len(args) > 0:
				return diag.Usagef("write handbook help --web, and search the guide for it", "--web shows the whole guide, and takes no command")
			case web:
				return t.showGuide(c.Context(), open)
			case open:
				return diag.Usagef("write handbook help --web --open", "--open needs --web")
			}
			at, rest := c.Root(), args
			if found, left, err := at.Find(args); err == nil {
				at, rest = found, left
			}
			if err := t.noCommand(at, rest); err != nil {
				return err
			}
			at.InitDefaultHelpFlag()
			return at.Help()
		},
	}
	c.Flags().BoolVar(&web, "web", false, "show the guide at an address of this computer")
	c.Flags().BoolVar(&open, "open", false, "with --web, open the guide in a browser")
	return c
}

// showGuide shows the guide until the program is stopped.
func (t *tool) showGuide(ctx context.Context, open bool) error {
	tree, err := t.guide()
	if err != nil {
		return err
	}
	listeners, err := preview.Listen(ctx, "localhost", 0)
	if err != nil {
		return err
	}
	server := &preview.Server{Build: func([]string) (*output.Tree, []diag.Problem, error) { return tree, nil, nil }}
	server.Rebuild(nil)
	address := preview.Address(listeners[0].Addr(), "/")
	if err := diag.Say(t.stdout, "the guide is shown at %s (stop with Ctrl+C)", address); err != nil {
		return err
	}
	if open {
		t.openBrowser(address)
	}
	return server.Serve(ctx, listeners...)
}

// guide makes the site of the guide.
func (t *tool) guide() (*output.Tree, error) {
	now, err := t.moment()
	if err != nil {
		return nil, err
	}
	content, err := guide.FS()
	if err != nil {
		return nil, err
	}
	b, _, err := book.Load(content, book.Options{}) // a test holds that it has no problems
	if err != nil {
		return nil, err
	}
	today := now.In(b.Config.Timezone)
	return site.Build(b, site.Options{Day: today.Date, Zone: today.Zone, Version: release()})
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
