package cli

import (
	"fmt"
	"strings"

	"whence/eval"
)

type evalCommand struct {
	Task string `arg:"" help:"What is scored: ${tasks}."`
	Gold string `arg:"" type:"path" help:"Gold data: a file or a folder, as the task has it."`
}

// Run scores one task and prints its table.
func (c *evalCommand) Run(w *world) error {
	for _, t := range eval.Tasks() {
		if t.Name == c.Task {
			return t.Run(w.out, c.Gold)
		}
	}
	return &usageError{fmt.Errorf("eval knows no task %q: it knows %s", c.Task, taskNames())}
}

func taskNames() string {
	var names []string
	for _, t := range eval.Tasks() {
		names = append(names, t.Name)
	}
	return strings.Join(names, ", ")
}
