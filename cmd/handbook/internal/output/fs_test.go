package output

import (
	"errors"
	"testing"
	"time"
)

// A file that another program holds open is tried again for two seconds in
// all. The pauses are only counted here.
func TestPatiently(t *testing.T) {
	held, other := errors.New("held open"), errors.New("other")
	for _, tt := range []struct {
		name   string
		errs   []error // of the first tries; the last one stands for all later ones
		want   error
		tries  int
		waited time.Duration
	}{
		{"free", []error{nil}, nil, 1, 0},
		{"free after two tries", []error{held, held, nil}, nil, 3, 30 * time.Millisecond},
		{"another error", []error{other}, other, 1, 0},
		{"another error later", []error{held, other}, other, 2, 10 * time.Millisecond},
		{"never free", []error{held}, held, 13, 2 * time.Second},
	} {
		tries, waited := 0, time.Duration(0)
		err := patiently(
			func() error { tries++; return tt.errs[min(tries, len(tt.errs))-1] },
			func(err error) bool { return err == held },
			func(d time.Duration) { waited += d },
		)
		if err != tt.want || tries != tt.tries || waited != tt.waited {
			t.Errorf("%s: %v after %d tries and %v; want %v, %d, %v", tt.name, err, tries, waited, tt.want, tt.tries, tt.waited)
		}
	}
}
