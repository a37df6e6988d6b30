package story_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"whence"
	"whence/reading"
	"whence/story"
)

// printed is an article that is read as the program reads it: a paragraph a text.
func printed(outlet, day string, paragraphs ...string) story.Article {
	a := &whence.Article{Outlet: outlet, Title: "Title of " + outlet, Path: outlet + ".html", Language: "en"}
	a.Published, _ = whence.ParseDate(day)
	for _, p := range paragraphs {
		from := len([]rune(a.Text))
		a.Text += p + "\n\n"
		a.Blocks = append(a.Blocks, whence.Block{Role: whence.RoleParagraph, Span: whence.Span{Start: from, End: from + len([]rune(p))}})
	}
	a.Identify()
	return story.Article{ID: a.ID, Reading: reading.Read(a)}
}

// lines are what a story comes to, a line for each history, plan, contradiction and
// position, and for each claim with its sources.
func lines(s *story.Story) []string {
	var list []string
	for _, c := range s.Claims {
		line := fmt.Sprintf("claim %s %s in %d:", c.Kind, c.Articles[0].Text, len(c.Articles))
		for _, x := range c.Sources {
			line += " " + x.Name
		}
		list = append(list, line)
	}
	for _, h := range s.Histories {
		line := "history " + h.Measure + ":"
		for _, p := range h.Points {
			line += fmt.Sprintf(" %s %s", p.Text, p.Status)
		}
		list = append(list, fmt.Sprint(line, " contested ", len(h.ContestedBy)))
	}
	for _, p := range s.Plans {
		line := "plan " + p.Plan + ":"
		for _, x := range p.Steps {
			line += fmt.Sprintf(" %s (%s)", x.Status, x.Text)
		}
		list = append(list, line)
	}
	for _, c := range s.Contradictions {
		list = append(list, fmt.Sprintf("contradiction %s: %s | %s", c.Kind, c.A.Text, c.B.Text))
	}
	for _, p := range s.Positions {
		for _, x := range p.Positions {
			list = append(list, fmt.Sprintf("position on %s: %s %s", p.About, x.Source, x.Stance))
		}
	}
	return list
}

// TestRead builds stories of articles that are read, and not made of findings: what is
// tested is what readings of that kind come to.
func TestRead(t *testing.T) {
	for name, c := range map[string]struct {
		articles  []story.Article
		want, not []string
	}{
		"people who are moved out, whatever the verb": {
			articles: []story.Article{
				printed("Harbour Post", "2027-05-01", "The plan would move all 1,180 villagers to the mainland, two officials said."),
				printed("Daily Gull", "2027-05-03", "The 1,180 villagers are to leave for the mainland from Monday, Mayor Ada Roe announced."),
				printed("Northern Echo", "2027-05-04", "By Tuesday night 310 of the valley’s 1,180 people had been carried across the water to the mainland, the Coastguard said."),
			},
			want: []string{"history evacuated: all 1,180 planned 1,180 decided contested 0", "history evacuated: 310 happened contested 0"},
		},
		"a sum that is demanded, and another that is offered": {
			articles: []story.Article{
				printed("Harbour Post", "2027-05-01", "The government said it had asked Tern Line, the owner of the tanker, to deposit a bond of $30 million against the cost of salvage."),
				printed("Daily Gull", "2027-05-03", "Tern Line said it would deposit $12 million, well short of the $30 million that the government has demanded."),
			},
			want: []string{"history bond: $30 million requested contested 1", "history bond: $12 million planned contested 1", "contradiction rival_figures: $30 million | $12 million"},
		},
		"people whom a hospital treats were hurt": {
			articles: []story.Article{
				printed("Harbour Post", "2027-05-01", "More than a dozen people were injured when the pier fell, officials said."),
				printed("Daily Gull", "2027-05-02", "St Ann’s Hospital in Lohn said it was treating 19 people, four of them in intensive care."),
				printed("Northern Echo", "2027-05-03", "St Ann’s Hospital is still treating 12 of the 19 people brought in."),
			},
			want: []string{"history injured: More than a dozen happened 19 happened contested 0", "claim figure 19 in 2: St Ann’s Hospital"},
		},
		"people whom a hospital treats where nobody was hurt": {
			articles: []story.Article{printed("Daily Gull", "2027-05-02", "St Ann’s Hospital in Lohn said it was treating 19 people for the fever.")},
			want:     []string{"history treated: 19 happened contested 0"},
		},
		"a figure that another outlet reported": {
			articles: []story.Article{
				printed("Harbour Post", "2027-05-01", "The plan would close the tunnel for up to 14 months, three officials told the Harbour Post."),
				printed("Daily Gull", "2027-05-03", "Ada Roe, the mayor, said a closure of up to 14 months, reported by the Harbour Post on Saturday, was no longer on her desk."),
			},
			want: []string{"claim figure up to 14 months in 2: three officials"},
		},
		"an order is given, and not told": {
			articles: []story.Article{printed("Harbour Post", "2027-05-03", "The council has ordered the evacuation of the valley.", "The villagers are to leave the island on Monday, Mayor Ada Roe announced.")},
			want:     []string{"claim statement The villagers are to leave the island on Monday in 1: Ada Roe"},
			not:      []string{"claim statement the evacuation of the valley in 1: The council"},
		},
		"what anybody may have to do, and by what means": {
			articles: []story.Article{
				printed("Harbour Post", "2027-05-03", "Calm is expected, good weather for anyone who has to lift things out of a ship, forecasters said."),
				printed("Daily Gull", "2027-05-03", "The preferred method is to bring a crane and lift the cargo out, a broker told the Daily Gull."),
			},
			not: []string{"plan unload: required (has to lift)", "plan unload: planned (lift)", "plan unload: required (has to lift) planned (lift)"},
		},
		"who admitted something let nobody in": {
			articles: []story.Article{printed("Harbour Post", "2027-05-03", "“Nobody wants to do this,” one insider is said to have admitted.", "The owner asked that its inspectors be admitted.")},
			want:     []string{"plan admit: requested (be admitted)"},
		},
		"who was let in by those who had refused": {
			articles: []story.Article{
				printed("Harbour Post", "2027-05-01", "Lothar has asked that its own inspectors be let aboard the tanker, an official said."),
				printed("Daily Gull", "2027-05-04", "Two inspectors sent by Lothar were let aboard the tanker on Tuesday, as observers, Ida Sand of the Pilots’ Board said."),
			},
			want: []string{"plan admit: requested (has asked) happened (were let)"},
		},
		"who stands by a report, and who denies after declining": {
			articles: []story.Article{
				printed("Harbour Post", "2027-05-01", "The council is considering the evacuation of the island, three officials told the Harbour Post."),
				printed("Daily Gull", "2027-05-02", "The Harbour Post reported on Saturday that the council was considering the evacuation of the island. The paper stands by its story, its editor, Ada Roe, said.", "The council denied that it was considering the evacuation of the island."),
			},
			want: []string{
				"position on The council is considering the evacuation of the island: Ada Roe confirms",
				"position on The council is considering the evacuation of the island: The council denies",
			},
		},
		"a figure is rejected": {
			articles: []story.Article{printed("Harbour Post", "2027-05-03", "The Miners’ Union says five of the dead were labourers.", "The Labour Ministry rejects the union’s figure. “We have no evidence of further victims,” said a ministry spokesman, Edvin Sand.")},
			want:     []string{"contradiction denial: five of the dead were labourers | “We have no evidence of further victims,”"},
		},
		"people whom one source counts again": {
			articles: []story.Article{
				printed("Harbour Post", "2027-05-01", "The Miners’ Union said on Friday that five labourers hired by the day had been left off the official list of the dead."),
				printed("Daily Gull", "2027-05-02", "The government says 12 people died in the pit. The miners say at least 15.", "The Miners’ Union says five of the dead were labourers taken on by the day.", "“Now put down the five who are not on it at all,” said Ada Roe, the Miners’ Union’s general secretary.", "One of the men, a miner of about 30 who did not want his name used because he has no permit, said he had left early. He gave the Daily Gull the same five names as the union."),
				printed("Northern Echo", "2027-05-04", "The Miners’ Union accuses the ministry of sitting on five names it was given on Friday."),
			},
			want: []string{"claim figure five in 3: Miners’ Union One of the men"},
		},
		"five who were not counted before, and any two": {
			articles: []story.Article{
				printed("Harbour Post", "2027-05-01", "The Miners’ Union says two men were killed in the pit."),
				printed("Daily Gull", "2027-05-02", "“Now put down the five who are not on it,” said Ada Roe, the Miners’ Union’s general secretary.", "“I saw the two who argued about it,” said Ada Roe."),
			},
			want: []string{"claim figure two in 1: Miners’ Union"},
		},
		"a silence that ends": {
			articles: []story.Article{
				printed("Harbour Post", "2027-05-01", "The tanker belongs to Tern Line, a company owned by the Lothari state. Calls to the company’s office went unanswered. The Lothari Embassy in Lohn declined to comment."),
				printed("Daily Gull", "2027-05-03", "“The vessel was sound and her papers were all in order,” said Jarl Ostrand, the Lothari transport minister, in a statement."),
				printed("Northern Echo", "2027-05-03", "“The vessel was sound and her papers were all in order,” Jarl Ostrand, the Lothari transport minister, said."),
			},
			want: []string{
				"position on “The vessel was sound and her papers were all in order,”: Jarl Ostrand asserts",
				"position on “The vessel was sound and her papers were all in order,”: Calls to the company’s office no_reply",
				"position on “The vessel was sound and her papers were all in order,”: Lothari Embassy declined",
			},
		},
		"who keeps back one thing and speaks of another": {
			articles: []story.Article{
				printed("Harbour Post", "2027-05-01", "Jarl Ostrand, the Lothari transport minister, declined to say when the tanker would sail."),
				printed("Daily Gull", "2027-05-03", "“The vessel was sound and her papers were all in order,” said Jarl Ostrand, the Lothari transport minister, in a statement."),
				printed("Northern Echo", "2027-05-03", "“The vessel was sound and her papers were all in order,” Jarl Ostrand, the Lothari transport minister, said."),
			},
			not: []string{"position on “The vessel was sound and her papers were all in order,”: Jarl Ostrand asserts"},
		},
		"one that stands for what was named": {
			articles: []story.Article{printed("Harbour Post", "2027-05-03", "“There is no plan, and no one here has approved one,” said Edvin Sand, the ministry’s spokesman.")},
			not:      []string{"claim figure one in 1: Edvin Sand"},
		},
		"what is left to what was said before": {
			articles: []story.Article{
				printed("Harbour Post", "2027-05-02", "The villagers are to leave the island on Monday, Mayor Ada Roe announced."),
				printed("Daily Gull", "2027-05-04", "Half of the village has been evacuated. A week ago the council denied it; on Sunday it had decided."),
			},
			want: []string{"claim statement The villagers are to leave the island on Monday in 2: Ada Roe"},
		},
		"what was asked for was handed over": {
			articles: []story.Article{printed("Harbour Post", "2027-05-03", "The Miners’ Union says five of the dead were labourers.", "“We have asked the union for the names it says it has,” said Edvin Sand, the ministry’s spokesman. The union says it handed them over on Thursday.")},
			want:     []string{"contradiction denial: “We have asked the union for the names it says it has,” | it handed them over on Thursday"},
		},
		"what was asked for was not handed over": {
			articles: []story.Article{printed("Harbour Post", "2027-05-03", "The Miners’ Union says five of the dead were labourers.", "“We have asked the union for the names it says it has,” said Edvin Sand, the ministry’s spokesman. The union says it never handed them over.")},
			not:      []string{"contradiction denial: “We have asked the union for the names it says it has,” | it never handed them over"},
		},
		"a body by the end of its name": {
			articles: []story.Article{printed("Harbour Post", "2027-05-03", "The Sundby Ports Authority said that the wall was safe.", "The Ports Authority said that at least 21 people died.")},
			want:     []string{"claim figure at least 21 in 1: Sundby Ports Authority"},
		},
		"an agency by a name like a person’s": {
			articles: []story.Article{
				printed("Harbour Post", "2027-05-03", "At least 21 people died, the miners say.", "Tern Haulage, the agency that hired the men, declined to answer questions. “We have no employees on the island,” it said in an email."),
				printed("Daily Gull", "2027-05-04", "At least 21 people died, the miners say."),
			},
			want: []string{"position on At least 21 people died, the miners say.: Tern Haulage declined", "position on At least 21 people died, the miners say.: Tern Haulage denies"},
		},
		"a claim is rejected that nobody is said to make": {
			articles: []story.Article{printed("Harbour Post", "2027-05-03", "The Miners’ Union says five of the dead were labourers.", "The Labour Ministry rejects the figure.")},
			not:      []string{"contradiction denial: five of the dead were labourers | the figure"},
		},
		"who has no evidence of it denies": {
			articles: []story.Article{
				printed("Harbour Post", "2027-05-03", "The Miners’ Union says at least 21 people died.", "The ministry said it had no evidence of further victims."),
				printed("Daily Gull", "2027-05-04", "The Miners’ Union says at least 21 people died."),
			},
			want: []string{"position on The Miners’ Union says at least 21 people died.: The ministry denies"},
		},
		"who has no evidence that does something denies nothing": {
			articles: []story.Article{
				printed("Harbour Post", "2027-05-03", "The Miners’ Union says at least 21 people died.", "The ministry said there was no evidence that could change its mind."),
				printed("Daily Gull", "2027-05-04", "The Miners’ Union says at least 21 people died."),
			},
			not: []string{"position on The Miners’ Union says at least 21 people died.: The ministry denies"},
		},
		"whom the outlet itself asks": {
			articles: []story.Article{
				printed("Harbour Post", "2027-05-02", "Ada Roe, the interior minister, said there were no plans to move anybody from their homes."),
				printed("Daily Gull", "2027-05-03", "Ada Roe, the interior minister, read out the number. “We wait,” she said.", "Ida Sand asked for the words to be spoken up. The minister said that was a fair point. “It isn’t a point,” Mrs Sand said. “It’s fifty years.”", "This newspaper asked about the fertiliser. She told us that nobody is being asked to leave home."),
			},
			want: []string{"claim statement there were no plans to move anybody from their homes in 2: Ada Roe"},
		},
		"a union of which the end of the name is read": {
			articles: []story.Article{printed("Harbour Post", "2027-05-03", "The Rail and Tram Workers’ Union says at least 21 people died.", "The drivers were paid in cash, the union says.", "“Put that right and you get 21,” Ada Roe, the union’s general secretary, told the Harbour Post.")},
			want:     []string{"claim figure at least 21 in 1: Rail and Tram Workers’ Union"},
		},
		"an office that is read as a name": {
			articles: []story.Article{
				printed("Harbour Post", "2027-05-02", "Fourteen people were killed, Ada Roe, the interior minister, said."),
				printed("Daily Gull", "2027-05-03", "The number was 14, the Interior Minister told islanders this morning."),
			},
			want: []string{"claim figure Fourteen in 2: Ada Roe"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := lines(story.Build(c.articles, nil))
			for _, want := range c.want {
				if !slices.Contains(got, want) {
					t.Errorf("no %q in\n%s", want, strings.Join(got, "\n"))
				}
			}
			for _, not := range c.not {
				if slices.Contains(got, not) {
					t.Errorf("%q in\n%s", not, strings.Join(got, "\n"))
				}
			}
		})
	}
}
