package readability

import (
	"math"
	"strings"
	"testing"
)

func TestSyllables(t *testing.T) {
	for word, want := range map[string]int{
		"a": 1, "the": 1, "me": 1, "phone": 1, "phones": 1, "table": 2, "tables": 2, "hole": 1, "people": 2,
		"texting": 2, "agency": 3, "client": 1, "privacy": 3, "asked": 1, "wanted": 2, "needed": 2, "changes": 2, "wishes": 2,
		"boxes": 2, "social": 2, "media": 3, "audio": 3, "video": 2, "question": 2, "action": 2, "manual": 3, "actual": 3, "language": 2,
		"confidential": 4, "information": 4, "HIPAA": 1, "42": 1, "164.530": 1, "you": 1, "yes": 1, "day": 1, "play": 1, "own-device": 3,
		"worker's": 2, "worker’s": 2, "see": 1, "agree": 2, "I": 1, "rhythm": 1, "école": 1, "made": 1, "used": 1,
	} {
		if got := Syllables(word); got != want {
			t.Errorf("%s: got %d, want %d", word, got, want)
		}
	}
}

func TestSentences(t *testing.T) {
	for text, want := range map[string]string{
		"":                                  "",
		"No end":                            "No end",
		"One. Two? Three! End":              "One.|Two?|Three!|End",
		`He said "No." Then he left.`:       `He said "No."|Then he left.`,
		"Call (at once). Then wait.":        "Call (at once).|Then wait.",
		"Ask Dr. Doe. She knows.":           "Ask Dr. Doe.|She knows.",
		"The U.S. Code says so. It does.":   "The U.S. Code says so.|It does.",
		"See 45 CFR 164.530. Then stop.":    "See 45 CFR 164.530.|Then stop.",
		"Do this: call us. Wait.":           "Do this: call us.|Wait.",
		"Our question: Who is hurt?":        "Our question:|Who is hurt?",
		"Wait... and see. Go.":              "Wait... and see.|Go.",
		"It was I. He left.":                "It was I.|He left.",
		"So he asked “Why?” and left. Yes.": "So he asked “Why?” and left.|Yes.",
		"example.org is an address. It is.": "example.org is an address.|It is.",
	} {
		if got := strings.Join(Sentences(text), "|"); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"":                                 "",
		"You don't text. Don’t!":           "You|don't|text|Don’t",
		"A well-kept (old) phone - or two": "A|well-kept|old|phone|or|two",
		"It costs 1,000.50 today, 3.":      "It|costs|1,000.50|today|3",
		"workers' phones":                  "workers|phones",
		"Été":                              "Été",
	} {
		if got := strings.Join(Words(text), "|"); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

func TestGrade(t *testing.T) {
	var c Count
	if got := c.Grade(); got != 0 {
		t.Errorf("nothing has grade %v", got)
	}
	// Two sentences, seven words, nine syllables.
	c.Add("You must not text. Ask the agency.")
	c.Add("()")
	if want := (Count{2, 7, 9}); c != want {
		t.Fatalf("got %+v, want %+v", c, want)
	}
	if got, want := c.Grade(), 0.39*7/2+11.8*9/7-15.59; math.Abs(got-want) > 1e-9 {
		t.Errorf("got %v, want %v", got, want)
	}
}
