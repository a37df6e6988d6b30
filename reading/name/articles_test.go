package name_test

// articles are fiction, written for these tests.
var articles = []struct{ name, text string }{
	{"ferry", `Karvik Mayor Orla Brandt said on Tuesday that the Ministry of Fisheries had promised two new ferries. She said the old ones "belong in a museum."

A spokesman for the ministry, Anders Holm, declined to comment. Holm referred questions to the Norwegian Coastal Agency (NCA), which did not reply.

"We were told nothing," said Ingrid van der Berg, 58, a fisherwoman from Ternsay. Ms. van der Berg has taken the ferry to work since she was a girl.

The NCA later said in a statement that it was looking into the matter. The agency has a staff of twelve.`},
	{"couple", `Senator Helen Marsh and her husband, Peter Marsh, arrived in Corvany on Friday.

Mr. Marsh spoke first. "Nobody asked me," he said.

Mrs. Marsh said she would not run again. The Marshes left without taking questions.`},
	{"governments", `Washington said it would not attend the talks in Norway. Mexican President Lucía Ferrer accused the United States of bad faith, and the U.S. denied it.

The Kremlin declined to comment. In Washington, traffic was slow.

Ferrer told The Corvany Gazette that she had called the White House twice.`},
	{"company", `Gull Lines Inc. cut its forecast on Monday. The company said fuel had cost it 4 million. Gull Lines shares fell.

Chief Executive Tomas Eide, who joined from Keel & Sons in May, said the worst was over. "I am not worried," Eide said.

Analysts at the University of Corvany disagreed. Professor J. R. Lind, an economist at the university, said that he saw no reason for hope.`},
	{"days", `On Monday the Norwegians and the Swedes played in June. Americans watched. Republicans and Democrats agreed on Thanksgiving. The Second World War ended long ago.`},
}
