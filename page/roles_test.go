package page

import (
	"testing"

	"whence"
)

func TestLineRole(t *testing.T) {
	for _, c := range []struct {
		role whence.Role // "" for none
		line string
	}{
		{whence.RoleRelated, "Read more: Lorra shuts its harbour"},
		{whence.RoleRelated, "READ MORE | Lorra shuts its harbour"},
		{whence.RoleRelated, "READ MORE Lorra shuts its harbour"},
		{whence.RoleRelated, "Related: Lorra shuts its harbour"},
		{whence.RoleRelated, "RELATED STORIES"},
		{whence.RoleRelated, "Also read: How the ferry sank"},
		{whence.RoleRelated, "SEE ALSO: How the ferry sank"},
		{whence.RoleRelated, "Watch: The ferry leaves Karvik"},
		{whence.RoleRelated, "More:Ferry sinks off Karvik"},
		{whence.RoleRelated, "( PHOTOS: The ferry of Karvik)"},
		{whence.RoleRelated, "(Also on HARBOUR POST: How the ferry sank)"},
		{whence.RoleRelated, "Read the rest here."},
		{whence.RoleRelated, "Don’t miss: The ferry of Karvik"},
		{"", "Read more closely, the report says that the ferry was old."},
		{"", "More than 40 people were on board, the owner said."},
		{"", "Watch what he does, she said, not what he says."},
		{"", "Related: that is how she described the two cases, “closely related”, when asked, and she added that the harbour office had known of both of them for more than a year before the ferry sank off Karvik; the office has not replied, and neither has the owner of the ferry, who left."},
		{"", "Related deaths rose to 14."},
		{"", "“Read more,” she told the class."},

		{whence.RoleNotice, "Correction: The ferry had 40 seats."},
		{whence.RoleNotice, "CORRECTION (May 3, 2025, 5:15 p.m.): The ferry had 40 seats."},
		{whence.RoleNotice, "*Correction, May 3: The ferry had 40 seats."},
		{whence.RoleNotice, "Clarification: The ferry had 40 seats."},
		{whence.RoleNotice, "Editor’s note: The ferry is called Anna."},
		{whence.RoleNotice, "EDITOR'S NOTE — The ferry is called Anna."},
		{whence.RoleNotice, "This story has been updated with a new toll."},
		{whence.RoleNotice, "Update, May 3: This article has been corrected."},
		{whence.RoleNotice, "An earlier version of this article misstated the toll."},
		{whence.RoleNotice, "(This version of the May 3 story corrects the toll in paragraph two)"},
		{whence.RoleNotice, "This is a developing story. Check back for updates."},
		{"", "Update: The harbour office said that it had known."},
		{"", "Correction officers said that the prison was quiet."},
		{"", "Corrections officials declined to comment: they had no time."},
		{"", "This story begins in Karvik."},
		{"", "The story was first told by a fisherman, she said."},

		{whence.RoleCredit, "© 2025 Reuters"},
		{whence.RoleCredit, "Copyright 2025 Harbour Post. All rights reserved."},
		{whence.RoleCredit, "(AP Photo/Ana Lind)"},
		{whence.RoleCredit, "[Ana Lind/Reuters]"},
		{whence.RoleCredit, "Photo: Ana Lind"},
		{whence.RoleCredit, "Photo credit: Ana Lind / Harbour Post"},
		{whence.RoleCredit, "With reporting by AFP"},
		{whence.RoleCredit, "(Reporting by Ana Lind; Editing by Tomas Brandt)"},
		{whence.RoleCredit, "The Associated Press contributed to this report."},
		{whence.RoleCredit, "Ana Lind in Karvik and Northern Wire contributed to this article."},
		{whence.RoleCredit, "Associated Press"},
		{whence.RoleCredit, "This article first appeared in the Harbour Post and is republished with permission."},
		{whence.RoleCredit, "Words and photographs: Ana Lind"},
		{whence.RoleCredit, "Image source, Northern Wire"},
		{"", "The story first appeared in 2019, she said, and nobody read it."},
		{"", "The Associated Press said that it had asked."},
		{"", "The dispute contributed to this report being late, the office said."},
		{"", "Copyright law was the reason, the office said."},
		{"", "Source: why he left is not known, she said."},
		{"", "The news agency says:"},
		{"", "© is the sign that the office used on the papers it sent to the owner of the ferry."},

		{whence.RoleCaption, "The ferry leaves Karvik on Tuesday, May 3, 2025 (AP)"},
		{whence.RoleCaption, "The ferry leaves Karvik on Tuesday. (AP Photo/Ana Lind)"},
		{whence.RoleCaption, "The ferry leaves Karvik [Ana Lind/AFP]"},
		{whence.RoleCaption, "FILE PHOTO: The ferry leaves Karvik, May 3, 2025. REUTERS/Ana Lind"},
		{whence.RoleCaption, "The ferry in Karvik. File photo"},
		{whence.RoleCaption, "In this photo taken in May, the ferry leaves Karvik."},
		{"", "The ferry left Karvik on Tuesday, officials said. (AP)"},
		{"", "She was met by her deputy, Tomas Brandt (Lorra)"},
		{"", "“We knew it,” she told the station. “We told them.” (She did.)"},

		{whence.RoleByline, "By Jane Doe"},
		{whence.RoleByline, "By Jane Doe and Tomas Brandt in Karvik"},
		{whence.RoleByline, "BY JANE DOE, STAFF WRITER"},
		{whence.RoleByline, "By: Jane Doe"},
		{whence.RoleByline, "by Jane Doe"},
		{whence.RoleByline, "By Jane Doe, Reuters"},
		{"", "By Friday, the harbour was open."},
		{"", "By Friday Evening"},
		{"", "By the time Jane Doe came, it was over."},
		{"", "By Jane Doe’s account, nothing happened that night."},
		{"", "BY THE NUMBERS"},
		{"", "Par Lagerkvist wrote it."},
		{"", "Von Hagen"},

		{whence.RoleDateline, "Published 4 Nov 2025 10:00 GMT"},
		{whence.RoleDateline, "November 4, 2025"},
		{whence.RoleDateline, "Tuesday, November 4, 2025 at 10:15 am ET"},
		{whence.RoleDateline, "Published: Nov. 4, 2025 | Updated: Nov. 5, 2025"},
		{whence.RoleDateline, "4 November 2025 • 3 min read"},
		{whence.RoleDateline, "KARVIK, 3 May (AP) —"},
		{"", "November 4, 2025 was a Tuesday."},
		{"", "Karvik, November 4, 2025"},
		{"", "2025"},

		{"", ""},
		{"", "The ferry sank."},
		{"", "Five dead in Karvik"},
	} {
		role, ok := lineRole(c.line)
		if role != c.role || ok != (c.role != "") {
			t.Errorf("lineRole(%q) = %q, %v; want %q", c.line, role, ok, c.role)
		}
	}
}
