package english

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"whence"
)

func TestRowsKeepWeights(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := map[uint64][Classes]int32{}
		var rows []Row
		for range rapid.IntRange(0, 60).Draw(t, "rows") {
			feature := uint64(rapid.Uint32().Draw(t, "key"))<<32 | uint64(rapid.Uint32().Draw(t, "rest"))
			if _, twice := want[feature>>32]; twice {
				continue
			}
			row, weights := Row{Feature: feature}, [Classes]int32{}
			for class := range Classes {
				if w := int16(rapid.IntRange(-MaxWeight, MaxWeight).Draw(t, "weight")); w != 0 && rapid.Bool().Draw(t, "has") {
					row.Cells = append(row.Cells, Cell{uint8(class), w})
					weights[class] = int32(w)
				}
			}
			rows, want[feature>>32] = append(rows, row), weights
		}
		model, err := ReadRows(PackRows(rows))
		if err != nil {
			t.Fatal(err)
		}
		for key, weights := range want {
			var scores [Classes]int32
			model.Score(&scores, []uint64{key << 32})
			if scores != weights {
				t.Fatalf("feature %x: %v, want %v", key, scores, weights)
			}
		}
		checkSum(t, model, want)
		var scores [Classes]int32
		if model.Score(&scores, []uint64{0x1234567800000000}); want[0x12345678] == [Classes]int32{} && scores != [Classes]int32{} {
			t.Fatalf("a feature without a row: %v", scores)
		}
	})
}

// checkSum scores all features at once, several times over.
func checkSum(t *rapid.T, model *Rows, rows map[uint64][Classes]int32) {
	t.Helper()
	var features []uint64
	var scores, want [Classes]int32
	for range 3 {
		for key, weights := range rows {
			features = append(features, key<<32)
			for class, w := range weights {
				want[class] += w
			}
		}
	}
	if model.Score(&scores, features); scores != want {
		t.Fatalf("%d features: %v, want %v", len(features), scores, want)
	}
}

func TestNarrowKeepsDifferences(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var rows []Row
		var features []uint64
		var want [NarrowClasses]int32
		for key := range uint64(rapid.IntRange(0, 60).Draw(t, "rows")) {
			row := Row{Feature: Mix(key, 1)}
			var weights [NarrowClasses]int32
			for class := range uint8(NarrowClasses) {
				if w := int16(rapid.IntRange(-MaxNarrow/2, MaxNarrow/2).Draw(t, "weight")); w != 0 {
					row.Cells = append(row.Cells, Cell{class, w})
					weights[class] = int32(w)
				}
			}
			rows = append(rows, row)
			for range rapid.IntRange(0, 4).Draw(t, "times") { // below MaxSummed in all
				features = append(features, row.Feature, Mix(key, 2))
				for class, w := range weights {
					want[class] += w - weights[0]
				}
			}
		}
		model, err := ReadNarrow(PackRows(rows))
		if err != nil {
			t.Fatal(err)
		}
		// In three parts, the second of which has none.
		var parts [3]Sums
		cut := rapid.IntRange(0, len(features)).Draw(t, "cut")
		model.Score(&Looks{}, parts[:], features, []int{cut, cut, len(features)})
		if parts[1] != (Sums{}) {
			t.Fatalf("%v from no feature", parts[1])
		}
		if parts[0].Add(parts[2]); parts[0].Classes() != want {
			t.Fatalf("%v, want %v together", parts[0].Classes(), want)
		}
	})
}

func TestNarrowRefusesMoreClasses(t *testing.T) {
	if _, err := ReadNarrow(PackRows([]Row{{1 << 40, []Cell{{NarrowClasses, 1}}}})); !errors.Is(err, whence.ErrMalformed) {
		t.Errorf("%v, want ErrMalformed", err)
	}
}

func TestRowsAddUpWhereKeysAreOne(t *testing.T) {
	model, err := ReadRows(PackRows([]Row{
		{1<<32 | 5, []Cell{{3, 500}}},
		{1<<32 | 9, []Cell{{3, 500}, {4, -2}}},
	}))
	if err != nil {
		t.Fatal(err)
	}
	var scores [Classes]int32
	model.Score(&scores, []uint64{1 << 32, 2 << 32})
	if scores[3] != MaxWeight || scores[4] != -2 {
		t.Errorf("%v, want the sum as far as it fits, 700, and -2", scores[3:5])
	}
}

func TestStepsKeepDifferences(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := make([][3]int32, 1<<rapid.IntRange(0, 8).Draw(t, "bits"))
		weight := rapid.Int32Range(-MaxStep/2, MaxStep/2)
		for range rapid.IntRange(0, 100).Draw(t, "weights") {
			row := rapid.IntRange(0, len(rows)-1).Draw(t, "row")
			rows[row] = [3]int32{weight.Draw(t, "shift"), weight.Draw(t, "left"), weight.Draw(t, "right")}
		}
		steps, err := ReadSteps(PackSteps(rows))
		if err != nil {
			t.Fatal(err)
		}
		var all []uint64
		var wantLeft, wantRight int32
		for i, r := range rows {
			all = append(all, uint64(i))
			wantLeft += r[Left] - r[Shift]
			wantRight += r[Right] - r[Shift]
		}
		if left, right := steps.Score(all); left != wantLeft || right != wantRight {
			t.Fatalf("%d, %d, want %d, %d", left, right, wantLeft, wantRight)
		}
	})
}

// FuzzModels reads any bytes as each kind of model.
func FuzzModels(f *testing.F) {
	f.Add(PackRows([]Row{{7 << 32, []Cell{{1, -3}, {51, 300}}}}))
	f.Add(PackSteps([][3]int32{{0, 5, -1}, {0, 0, 900}}))
	f.Add([]byte("0110\tbridge\tferry\n"))
	f.Add([]byte("^said\tl4say\n"))
	f.Add([]byte{1, 1, 1, 9, 1, 200, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		check := func(err error) {
			if err != nil && !errors.Is(err, whence.ErrMalformed) {
				t.Errorf("%v is not ErrMalformed", err)
			}
		}
		rows, err := ReadRows(b)
		check(err)
		if err == nil {
			var scores [Classes]int32
			rows.Score(&scores, []uint64{0, 7 << 32, 1<<64 - 1})
		}
		narrow, err := ReadNarrow(b)
		check(err)
		if err == nil {
			narrow.Score(&Looks{}, make([]Sums, 1), []uint64{0, 7 << 32, 1<<64 - 1}, []int{3})
		}
		steps, err := ReadSteps(b)
		check(err)
		if err == nil {
			steps.Score([]uint64{0, 1<<64 - 1})
		}
		_, err = ParseClusters(string(b))
		check(err)
		_, err = parseLemmas(string(b))
		check(err)
		_, err = parseCertain(string(b))
		check(err)
	})
}
