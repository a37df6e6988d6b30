package cli

import (
	"time"

	"github.com/schollz/progressbar/v3"

	"whence/intake"
)

// patience is how long work may take before its progress is shown.
const patience = time.Second

// progress shows how far an intake is, on a terminal alone.
type progress struct {
	t     *terminal
	start time.Time
	bar   *progressbar.ProgressBar
}

func newProgress(t *terminal) *progress { return &progress{t: t, start: time.Now()} }

// show draws the bar, once the work has taken longer than patience.
func (p *progress) show(at intake.Progress) {
	if !p.t.tty || time.Since(p.start) < patience {
		return
	}
	if p.bar == nil {
		total := at.Total
		if total <= 0 {
			total = -1
		}
		p.bar = progressbar.NewOptions64(total,
			progressbar.OptionSetWriter(p.t.Writer),
			progressbar.OptionShowBytes(true),
			progressbar.OptionSetWidth(p.t.width/4),
			progressbar.OptionClearOnFinish(),
			progressbar.OptionEnableColorCodes(false),
		)
	}
	p.bar.Describe(fit(at.Input, p.t.width/3) + " " + count(at.Articles, "article"))
	_ = p.bar.Set64(at.Bytes) // a bar that can't be drawn is no reason to stop
}

// clear takes the bar away so that a line can be printed in its place.
func (p *progress) clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

func (p *progress) done() {
	p.clear()
}
