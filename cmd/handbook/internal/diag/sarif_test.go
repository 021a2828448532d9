package diag

import (
	"encoding/json"
	"testing"
)

func TestWriteSARIF(t *testing.T) {
	want := `{
  "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {
        "driver": {
          "name": "handbook",
          "rules": [
            {
              "id": "no-body",
              "shortDescription": {
                "text": "A page holds no text."
              },
              "fullDescription": {
                "text": "A page holds no text. It is published empty."
              },
              "help": {
                "text": "A page holds no text. It is published empty."
              },
              "defaultConfiguration": {
                "enabled": true,
                "level": "warning"
              }
            },
            {
              "id": "not-approved",
              "shortDescription": {
                "text": "A section is not approved."
              },
              "fullDescription": {
                "text": "A section is not approved."
              },
              "help": {
                "text": "A section is not approved."
              },
              "defaultConfiguration": {
                "enabled": false,
                "level": "warning"
              }
            },
            {
              "id": "unknown-law",
              "shortDescription": {
                "text": "A page applies a law that is not in the register."
              },
              "fullDescription": {
                "text": "A page applies a law that is not in the register."
              },
              "help": {
                "text": "A page applies a law that is not in the register."
              },
              "defaultConfiguration": {
                "enabled": true,
                "level": "error"
              }
            }
          ]
        }
      },
      "originalUriBaseIds": {
        "%SRCROOT%": {
          "description": {
            "text": "The folder in which the handbook was checked."
          }
        }
      },
      "columnKind": "unicodeCodePoints",
      "results": [
        {
          "ruleId": "unknown-law",
          "ruleIndex": 2,
          "level": "error",
          "message": {
            "text": "there is no law \"us-hipa\".\nHint: did you mean us-hipaa-privacy?"
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "content/2-phones/3%20texting.md",
                  "uriBaseId": "%SRCROOT%"
                },
                "region": {
                  "startLine": 7,
                  "startColumn": 8
                }
              }
            }
          ]
        },
        {
          "ruleId": "no-body",
          "ruleIndex": 0,
          "level": "warning",
          "message": {
            "text": "no body"
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "content/a.md",
                  "uriBaseId": "%SRCROOT%"
                },
                "region": {
                  "startLine": 3
                }
              }
            }
          ]
        }
      ]
    }
  ]
}
`
	if got := write(t, "sarif", problems()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestWriteSARIFEmpty checks that lists are there even if nothing is in them:
// a run without results says that nothing was looked for.
func TestWriteSARIFEmpty(t *testing.T) {
	var log struct {
		Runs []struct {
			Tool    struct{ Driver struct{ Rules []any } }
			Results []any
		}
	}
	if err := json.Unmarshal([]byte(write(t, "sarif", nil)), &log); err != nil {
		t.Fatal(err)
	}
	if len(log.Runs) != 1 || log.Runs[0].Results == nil || log.Runs[0].Tool.Driver.Rules == nil {
		t.Errorf("got %+v", log)
	}
}

func TestSARIFResult(t *testing.T) {
	type result struct {
		RuleIndex *int
		Message   struct{ Text string }
		Locations []struct{ PhysicalLocation struct{ Region *struct{} } }
	}
	one := func(t *testing.T, p Problem) result {
		var log struct{ Runs []struct{ Results []result } }
		if err := json.Unmarshal([]byte(write(t, "sarif", []Problem{p})), &log); err != nil {
			t.Fatal(err)
		}
		return log.Runs[0].Results[0]
	}
	if r := one(t, Errorf(Pos{}, "no-such-rule", "", "t")); r.RuleIndex != nil || len(r.Locations) != 0 {
		t.Errorf("an unlisted rule without a place: got %+v", r)
	}
	if r := one(t, Errorf(Pos{File: "a.md"}, "no-body", "", "t")); len(r.Locations) != 1 || r.Locations[0].PhysicalLocation.Region != nil {
		t.Errorf("a whole file: got %+v", r)
	}
	for text, want := range map[string]string{
		"there is no value {{agency.nam}}": "there is no value {{{{agency.nam}}}}",
		"see [here](javascript:alert(1))":  "see [here] (javascript:alert(1))",
		"two\nlines":                       "two lines",
	} {
		if got := one(t, Errorf(Pos{}, "no-body", "", "%s", text)).Message.Text; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestArtifact(t *testing.T) {
	for _, c := range []struct{ file, uri, base string }{
		{"content/a.md", "content/a.md", root},
		{"./content//a.md", "content/a.md", root},
		{"content/größe 100%.md", "content/gr%C3%B6%C3%9Fe%20100%25.md", root},
		{"content/a?b#c.md", "content/a%3Fb%23c.md", root},
		{"a:b/c.md", "a%3Ab/c.md", root},
		{"a\xff.md", "a%FF.md", root},
		{"..content/a.md", "..content/a.md", root},
		{"../agency/content/a.md", "../agency/content/a.md", ""},
		{"/srv/my handbook/a.md", "file:///srv/my%20handbook/a.md", ""},
		{"C:/My Handbook/a.md", "file:///C:/My%20Handbook/a.md", ""},
	} {
		if got := artifact(c.file); got.URI != c.uri || got.BaseID != c.base {
			t.Errorf("%q: got %q %q, want %q %q", c.file, got.URI, got.BaseID, c.uri, c.base)
		}
	}
}
