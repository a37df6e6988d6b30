package figure

import (
	"testing"

	"whence/english"
	"whence/text"
)

// TestFates holds what sentences and headlines of fiction add up to.
func TestFates(t *testing.T) {
	analyser := english.NewAnalyser()
	for _, x := range []struct {
		sentence         string
		dead, hurt, shot float64
	}{
		{"Police named the docker who died on Monday.", 1, 0, 0},
		{"The harbour mourns a man who was shot and killed on Friday.", 1, 0, 0},
		{"A boy who was shot in the leg went home.", 0, 0, 1},
		{"The two women and the man who were killed lived in Karvik.", 3, 0, 0},
		{"Officers look for a man who shot and killed two dockers.", 2, 0, 0},
		{"Dell was shot in the head and was pronounced dead at the scene.", 1, 0, 0},
		{"Orla Dell suffered a gunshot wound and later died at the hospital.", 1, 0, 0},
		{"Family of three found shot dead in Karvik", 3, 0, 0},
		{"The blast left one dead and 3 others wounded.", 1, 3, 0},
		{"Blast leaves one dead and three others wounded", 1, 3, 0},
	} {
		v := newView(analyser, text.Sentences(x.sentence, nil)[0])
		got := v.fates()
		if got[dead].persons != x.dead || got[hurt].persons != x.hurt || got[shot].persons != x.shot {
			t.Errorf("%s: %v dead, %v hurt, %v shot, want %v, %v, %v",
				x.sentence, got[dead].persons, got[hurt].persons, got[shot].persons, x.dead, x.hurt, x.shot)
		}
	}
}
