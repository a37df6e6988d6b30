package web

import (
	"fmt"
	"math"
	"testing"
)

// TestLandAcross holds that no edge of land but that around the pole goes around the
// whole earth.
func TestLandAcross(t *testing.T) {
	for _, r := range land() {
		for i, p := range r.points {
			q := r.points[(i+1)%len(r.points)]
			if math.Abs(p[0]-q[0]) > 180 && p[1] > -60 {
				t.Errorf("land leads from %v to %v", p, q)
			}
		}
	}
}

// TestLabelSpots holds that the names on a map cover neither each other nor other spots,
// and stay on it; and that those of spots with room have theirs.
func TestLabelSpots(t *testing.T) {
	const width, height = 760, 420
	var spots []spot
	for i := range 60 { // crowded, from edge to edge
		spots = append(spots, spot{x: float64(i * 37 % (width + 1)), y: float64(i * 91 % (height + 1)), r: float64(4 + i%3*12), name: fmt.Sprintf("Port Invented %d", i)})
	}
	labelSpots(spots, width, height)
	labelled := 0
	for i, s := range spots {
		if !s.labelled {
			continue
		}
		labelled++
		if b := s.label; b.left < 0 || b.top < 0 || b.right > width || b.bottom > height {
			t.Errorf("the name of %s is over the edge: %+v", s.name, b)
		}
		for k, o := range spots {
			if k != i && (o.labelled && s.label.overlaps(o.label) || s.label.left < o.x && o.x < s.label.right && s.label.top < o.y && o.y < s.label.bottom) {
				t.Errorf("the name of %s covers %s", s.name, o.name)
			}
		}
	}
	if labelled < 10 {
		t.Errorf("%d of %d spots have their names", labelled, len(spots))
	}
	alone := []spot{{x: 755, y: 200, r: 7, name: "Ternsay"}, {x: 40, y: 40, r: 28, name: "Corvany"}}
	if labelSpots(alone, width, height); !alone[0].labelled || !alone[1].labelled || alone[0].label.right > alone[0].x {
		t.Errorf("spots with room are not named: %+v", alone)
	}
}
