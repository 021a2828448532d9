package main

import (
	"github.com/spf13/cobra"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/schema"
)

func (t *tool) schemaCommand() *cobra.Command {
	var out string
	kinds := schema.Kinds()
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.Name
	}
	c := &cobra.Command{
		Use:   "schema [NAME]",
		Short: "Print a JSON Schema of a file, for editors",
		Long: `Schema prints the JSON Schema of a kind of file: of those that people write, and
of handbook.json, which a build makes for other programs. Without a NAME it lists
the names.

An editor with a YAML language server, such as VS Code with the extension YAML,
completes keys by it, explains them and marks mistakes. Write the schema to a file
beside the content folder, and name that file in the first line of handbook.yaml
or of a register, as seen from there:

  # yaml-language-server: $schema=../.schemas/settings.json

or in .vscode/settings.json, once for all who use the folder:

  "yaml.schemas": {".schemas/settings.json": "content/handbook.yaml"}

Write the schemas anew when you change to another version of handbook. Front
matter stands in markdown files, which these editors do not read as YAML: handbook
serve marks its mistakes at every save. The schemas section and part are for
programs that read front matter by themselves.

handbook.json begins with "schema": 1, the version of its form. Within a version
members may be added, so pass over those that you do not know. A member that is
taken away, or that gets another meaning, raises the number, and one release
before that says so in its change log.`,
		Example: `  handbook schema
  handbook schema settings -o .schemas/settings.json`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil // lists them
			}
			return exactly("NAME")(c, args)
		},
		ValidArgs: names,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				if c.Flags().Changed("output") {
					return diag.Usagef("handbook schema lists the names", "NAME is missing")
				}
				for _, k := range kinds {
					if err := diag.Say(t.stdout, "%-14s %s", k.Name, k.File); err != nil {
						return err
					}
				}
				return nil
			}
			kind, err := schema.Find(args[0])
			if err != nil {
				return err
			}
			data, err := schema.Of(kind)
			if err != nil {
				return err
			}
			if !c.Flags().Changed("output") {
				_, err = t.stdout.Write(data)
				return err
			}
			if err := schema.Save(t.dir, out, data); err != nil {
				return err
			}
			return diag.Say(t.stdout, "wrote %s", out)
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "", "write it to `FILE` instead")
	return c
}
