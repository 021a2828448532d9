package diag_test

import (
	"os"

	"handbook/cmd/handbook/internal/diag"
)

// Problems are printed for people, or for other programs.
func ExampleWrite() {
	at := diag.Pos{File: "content/2-phones/3-texting.md", Line: 7, Col: 8}
	hint := diag.DidYouMean("us-hipa", []string{"us-hipaa-privacy", "us-tcpa"}, "add it to registers/laws.yaml")
	problems := []diag.Problem{diag.Errorf(at, "unknown-law", hint, "law %s is not in registers/laws.yaml", diag.Quote("us-hipa"))}
	for _, format := range []string{"text", "github"} {
		_ = diag.Write(os.Stdout, format, problems, nil)
	}
	// Output:
	// content/2-phones/3-texting.md:7:8: error: law "us-hipa" is not in registers/laws.yaml [unknown-law]
	// hint: did you mean us-hipaa-privacy?
	// ::error file=content/2-phones/3-texting.md,line=7,col=8,title=unknown-law::law "us-hipa" is not in registers/laws.yaml%0Ahint: did you mean us-hipaa-privacy?
}
