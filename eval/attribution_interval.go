package eval

import "slices"

const (
	drawSeed  = 7
	drawCount = 1000
	// Of the sorted F1 of all draws, those that the interval ends with.
	drawLow, drawHigh = 25, 974
)

// interval holds 95 % of what was drawn.
type interval struct{ low, high float64 }

// f1Intervals draws as many articles as there are, with repetition, again and
// again, and gives for each measure the interval of its F1 (the percentile
// bootstrap, Efron and Tibshirani 1993).
func f1Intervals(all []scored) [len(measures)]interval {
	draws := newTwister(drawSeed)
	var f1 [len(measures)][drawCount]float64
	for d := range drawCount {
		var sum attributionRow
		for range all {
			sum.add(&all[draws.below(uint32(len(all)))].row)
		}
		for m := range measures {
			f1[m][d] = sum[m].f1()
		}
	}
	var intervals [len(measures)]interval
	for m := range measures {
		slices.Sort(f1[m][:])
		intervals[m] = interval{f1[m][drawLow], f1[m][drawHigh]}
	}
	return intervals
}
