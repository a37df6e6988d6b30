package charset

import (
	"sort"

	"golang.org/x/text/encoding/traditionalchinese"
)

// eucTW decodes CNS 11643, planes 1 and 2, written in two bytes a character
// or in four with a plane's number. These planes hold the characters of Big5,
// mostly in the same order: the text is turned into Big5, and what Big5 lacks
// becomes U+FFFD.
func eucTW(data []byte) string {
	const shift = 0x8E
	out := make([]byte, 0, len(data))
	for i := 0; i < len(data); {
		rest := data[i:]
		switch {
		case rest[0] < 0x80:
			out = append(out, rest[0])
			i++
		case rest[0] == shift && len(rest) >= 4 && rest[1] > 0xA0:
			out = appendBig5(out, int(rest[1])-0xA0, rest[2], rest[3])
			i += 4
		case rest[0] > 0xA0 && len(rest) >= 2 && rest[1] > 0xA0:
			out = appendBig5(out, 1, rest[0], rest[1])
			i += 2
		default:
			out = append(out, undefinedBig5)
			i++
		}
	}
	return with(traditionalchinese.Big5)(out)
}

// undefinedBig5 is a byte that Big5's decoder gives U+FFFD for.
const undefinedBig5 = 0xFF

// appendBig5 adds the Big5 form of a character of CNS 11643.
func appendBig5(out []byte, plane int, row, cell byte) []byte {
	const rowLength = 157 // characters to one lead byte of Big5
	if plane < 1 || plane > len(cnsRuns) || row < 0xA1 || cell < 0xA1 {
		return append(out, undefinedBig5)
	}
	at := int(row-0xA1)*94 + int(cell-0xA1)
	runs := cnsRuns[plane-1]
	i := sort.Search(len(runs), func(i int) bool { return int(runs[i].cell) > at }) - 1
	if i < 0 || at >= int(runs[i].cell+runs[i].length) {
		return append(out, undefinedBig5)
	}
	index := at - int(runs[i].cell) + int(runs[i].index)
	trail := 0x40 + index%rowLength
	if trail > 0x7E {
		trail += 0xA1 - 0x7F
	}
	return append(out, byte(0xA1+index/rowLength), byte(trail))
}

// cnsRun is a row of characters that stand in the same order in a plane of
// CNS 11643, from cell on (94 to a row), and in Big5, from index on (157 to a
// lead byte). Both count from 0.
type cnsRun struct{ cell, index, length uint16 }

// cnsRuns are all of them, by plane. The order of characters is that of the
// two standards, compared by their mappings to Unicode.
var cnsRuns = [2][]cnsRun{
	{ // plane 1
		{0, 0, 5}, {6, 6, 8}, {15, 15, 6}, {21, 23, 2}, {24, 22, 1}, {29, 29, 44}, {73, 74, 1}, {74, 73, 1},
		{75, 75, 22}, {98, 98, 1}, {100, 100, 27}, {127, 128, 1}, {128, 127, 1}, {129, 129, 19}, {148, 149, 1},
		{149, 148, 1}, {150, 150, 4}, {155, 21, 1}, {156, 156, 2}, {160, 160, 1}, {162, 162, 1}, {165, 165, 69},
		{282, 234, 29}, {312, 264, 1}, {314, 266, 142}, {470, 6101, 20}, {3290, 471, 17}, {3307, 263, 1},
		{3308, 489, 86}, {3394, 265, 1}, {3395, 576, 1307}, {4702, 1884, 424}, {5126, 1883, 1}, {5127, 2308, 1876},
		{7003, 4571, 1}, {7004, 4184, 387}, {7391, 4572, 525}, {7916, 5286, 1}, {7917, 5097, 105},
		{8023, 5203, 83}, {8106, 5287, 84}, {8190, 5517, 1}, {8191, 5371, 54}, {8245, 5426, 1}, {8246, 5425, 1},
		{8247, 5427, 90}, {8337, 5518, 354},
	},
	{ // plane 2
		{0, 6280, 10}, {10, 6291, 33}, {43, 6372, 1}, {44, 6324, 48}, {92, 6373, 46}, {138, 6586, 1},
		{139, 6419, 167}, {306, 6587, 1840}, {2146, 9074, 1}, {2147, 8428, 108}, {2255, 8537, 537},
		{2792, 8427, 1}, {2793, 9075, 100}, {2893, 8536, 1}, {2894, 9175, 399}, {3293, 9575, 1637},
		{4930, 11761, 1}, {4931, 11212, 146}, {5077, 11899, 1}, {5078, 11358, 287}, {5365, 12508, 1},
		{5366, 11645, 116}, {5482, 11762, 137}, {5619, 11900, 104}, {5723, 12425, 1}, {5724, 12004, 222},
		{5946, 12227, 198}, {6144, 12426, 82}, {6226, 12509, 86}, {6312, 12226, 1}, {6313, 12595, 8},
		{6321, 12604, 153}, {6474, 12758, 56}, {6530, 13114, 1}, {6531, 12814, 113}, {6644, 12603, 1},
		{6645, 12927, 142}, {6787, 12757, 1}, {6788, 13069, 45}, {6833, 13115, 71}, {6904, 13380, 1},
		{6905, 13186, 194}, {7099, 13381, 490}, {7589, 13914, 1}, {7590, 13871, 43}, {7633, 13915, 1},
		{7634, 13917, 11}, {7645, 13916, 1}, {7646, 13928, 4},
	},
}
