package preview

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// A state is what an open page is told. It says all there is to know, so that
// a page that missed some needs only the last.
type state struct {
	Page    string            `json:"page"`              // the sum of the page as it would be served now
	Assets  map[string]string `json:"assets"`            // what it loads, with the sum of each
	Heading string            `json:"heading,omitempty"` // that the page differs below, if its file was saved
	Saved   saved             `json:"saved"`             // the page whose file was saved last
	Report  json.RawMessage   `json:"report"`            // see [report]
	Program string            `json:"program"`           // the sum of the preview's own script and style
}

const (
	beatTime  = 20 * time.Second // between signs of life, which show a server that its reader is gone
	writeTime = 10 * time.Second // for one message
	retryTime = time.Second      // until a browser asks again
)

// stream keeps an open page informed until one of both sides goes.
func (s *Server) stream(w http.ResponseWriter, r *http.Request) {
	out := http.NewResponseController(w)
	name := r.URL.Query().Get("page")
	if r.Method == http.MethodHead {
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	send := func(text string) bool {
		// The server's time-out is for answers that end. Here each message has
		// its own: a deadline in the past ends a write that hangs.
		if out.SetWriteDeadline(time.Time{}) != nil {
			return false
		}
		late := time.AfterFunc(writeTime, func() { _ = out.SetWriteDeadline(time.Unix(1, 0)) })
		defer late.Stop()
		_, err := w.Write([]byte(text))
		return err == nil && out.Flush() == nil
	}
	if !send(fmt.Sprintf("retry: %d\n\n", retryTime.Milliseconds())) {
		return
	}
	beat := time.NewTicker(beatTime)
	defer beat.Stop()
	var last []byte  // the last state sent, without a heading
	var shown []part // what the page was like in it
	for {
		e, turned := s.state()
		if s.isClosed() {
			return
		}
		if e != nil {
			v := e.view(name)
			st := state{Page: v.sum, Assets: v.assets, Saved: e.saved, Report: e.problems.encoded, Program: program()}
			if next := st.encode(); !bytes.Equal(next, last) {
				last = next
				if shown != nil && e.saved.address == name {
					st.Heading = edited(shown, v.parts)
				}
				shown = v.parts
				if !send("data: " + string(st.encode()) + "\n\n") {
					return
				}
			}
		}
	wait:
		for {
			select {
			case <-turned:
				break wait
			case <-beat.C:
				if !send(":\n\n") {
					return
				}
			case <-r.Context().Done():
				return
			}
		}
	}
}

// encode writes a state as one line.
func (st state) encode() []byte {
	text, err := json.Marshal(st)
	if err != nil {
		return []byte("{}") // texts and numbers can always be written
	}
	return text
}
