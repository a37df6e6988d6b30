// Package eval reads gold data and scores whence against it.
//
// Each task prints a table of figures, and defines in its comments exactly what
// it counts and whose definition that is. It changes nothing and tunes nothing.
package eval

import "io"

// Task is one thing that can be scored.
type Task struct {
	Name string
	Gold string // what the gold data must be
	Run  func(w io.Writer, gold string) error
}

// Tasks are all tasks, in the order of the help.
func Tasks() []Task {
	return []Task{
		{"attribution", "folder with text/NAME.txt and attributions/NAME_ANNOTATOR.ann (brat)", Attribution},
		{"attribution-errors", "the same; prints words of the gold texts", AttributionErrors},
		{"trees", "CoNLL-U file or folder", Trees},
		{"segmentation", "CoNLL-U file or folder", Segmentation},
		{"names", "CoNLL-U file or folder with coreference in Entity, as GUM has it", Names},
		{"places", "XML file in the layout of LGL or TR-News", Places},
		{"times", "folder of TimeML files (.tml), in the layout of TempEval-3", Times},
		{"incidents", "JSON Lines, one incident with its recorded killed and injured and its articles each", Incidents},
		{"figures", "folder with Number/NumberModel.json (Recognizers-Text), or with */entities.json (re3d)", Figures},
		{"status", "folder of MEANTIME files (CAT XML)", Status},
		{"pages", "folder with ground-truth.json and html/ID.html.gz", Pages},
		{"feeds", "folder of feeds", Feeds},
		{"lineage", "the sample's truth.json, or pairs as whence export reuse prints them beside articles.jsonl", Lineage},
		{"overlap", "articles as JSON Lines: long runs of words in common, searched exhaustively", Overlap},
		{"origins", "the sample's truth.json, or claims traced by reading, the first line naming their texts", Origins},
		{"story-tolls", "incidents.jsonl, as for incidents", StoryTolls},
		{"stories", "incidents.jsonl, each line an incident with its articles", Stories},
	}
}
