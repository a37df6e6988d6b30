package eval

import (
	"fmt"
	"math"
	"strings"
)

const bins = 10

// bin is what was found with a score in one tenth of the scale.
type bin struct {
	groupShare
	score float64 // sum
}

// printCalibration prints what scores are worth: for each tenth of the scale how
// many attributions were found, their mean score, and the share of them that
// count as a gold relation. The expected calibration error is the mean distance
// of the two over all attributions (Naeini, Cooper and Hauskrecht 2015).
func printCalibration(b *strings.Builder, all []scored) {
	curve := calibrate(all)
	fmt.Fprintf(b, "\n%-9s %6s %6s %6s\n", "score", "found", "mean", "right")
	for i, c := range curve {
		mean, right := "–", "–"
		if c.all > 0 {
			mean, right = fmt.Sprintf("%.3f", c.mean()), fmt.Sprintf("%.3f", c.precision())
		}
		fmt.Fprintf(b, "%.1f - %.1f %6d %6s %6s\n", float64(i)/bins, float64(i+1)/bins, c.all, mean, right)
	}
	fmt.Fprintf(b, "expected calibration error %.3f\n", calibrationError(curve))
}

func (c *bin) mean() float64 { return c.score / float64(c.all) }

func (c *bin) precision() float64 { return float64(c.right) / float64(c.all) }

func calibrate(all []scored) [bins]bin {
	var curve [bins]bin
	for i := range all {
		s := &all[i]
		for j, m := range s.found {
			c := &curve[max(0, min(bins-1, int(m.score*bins)))]
			c.add(s.goldOf[j] >= 0)
			c.score += m.score
		}
	}
	return curve
}

func calibrationError(curve [bins]bin) float64 {
	n, distance := 0, 0.0
	for _, c := range curve {
		n += c.all
		distance += math.Abs(c.score - float64(c.right))
	}
	return distance / float64(max(n, 1))
}
