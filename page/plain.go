package page

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence"
	"whence/charset"
)

// Plain reads a plain-text file as one article whose text is the file decoded
// and nothing else done to it: ends of lines, tabs and marks stay, so that
// offsets into the file's text hold. [Structure] finds its blocks.
//
// Errors wrap [whence.ErrTooLarge] past the limit on bytes and
// [whence.ErrNoText] where the file has no text.
func Plain(data []byte, opt Options) (*whence.Article, error) {
	if most := opt.Limits.withDefaults().Bytes; len(data) > most {
		return nil, fmt.Errorf("plain text of %d bytes: %w (%d)", len(data), whence.ErrTooLarge, most)
	}
	text, _ := charset.Decode(data, opt.Charset)
	if strings.TrimSpace(text) == "" {
		return nil, fmt.Errorf("plain text of %d bytes: %w", len(data), whence.ErrNoText)
	}
	a := &whence.Article{Path: opt.Path, URL: opt.URL, Captured: opt.Captured, Text: text}
	Structure(a)
	a.Identify()
	return a, nil
}

// Structure finds the blocks and the metadata of an article whose Text is set,
// from the text alone: every character that is not white space comes to lie in
// a block. The text stays as it is, and so does metadata already present; a
// title already present tells which line is the title, and that none is where
// no line says it.
//
// Title, Byline, Credits, Published and Modified come from a block of that
// role and never from running text: a date from a line that holds a date of
// publication and nothing else, or from a dateline with day, month and year.
func Structure(a *whence.Article) {
	units := cutUnits(a.Text)
	assignRoles(units, a.Title)
	a.Blocks = a.Blocks[:0:0]
	for _, u := range units {
		a.Blocks = append(a.Blocks, u.blocks()...)
	}
	describe(a)
}

// unit is a line, or the lines of a hard-wrapped paragraph, on its way to be a
// block.
type unit struct {
	role       whence.Role
	span       whence.Span
	text       string // the words at span
	afterBlank bool   // a blank line stands before it
}

// blocks gives the unit as a block, or as two where a paragraph begins with a
// dateline.
func (u unit) blocks() []whence.Block {
	if u.role == whence.RoleParagraph {
		if d, ok := readDateline(u.text); ok {
			rest := strings.TrimLeftFunc(u.text[d.length:], unicode.IsSpace)
			if rest != "" {
				cut := u.span.Start + utf8.RuneCountInString(u.text[:d.length])
				body := u.span.End - utf8.RuneCountInString(rest)
				return []whence.Block{
					{Role: whence.RoleDateline, Span: whence.Span{Start: u.span.Start, End: cut}},
					{Role: whence.RoleParagraph, Span: whence.Span{Start: body, End: u.span.End}},
				}
			}
		}
	}
	return []whence.Block{{Role: u.role, Span: u.span}}
}

// textLine is a line without the white space around it.
type textLine struct {
	span       whence.Span
	text       string
	runes      int // with the white space
	indent     int // in code points
	afterBlank bool
}

// cutLines gives the lines of text that are not blank.
func cutLines(text string) []textLine {
	var lines []textLine
	blank, at := false, 0
	for off := 0; off < len(text); {
		end, next := lineEnd(text, off)
		raw := text[off:end]
		body := strings.TrimSpace(raw)
		runes := utf8.RuneCountInString(raw)
		if body == "" {
			blank = true
		} else {
			indent := utf8.RuneCountInString(raw[:strings.Index(raw, body)])
			start := at + indent
			lines = append(lines, textLine{whence.Span{Start: start, End: start + utf8.RuneCountInString(body)}, body, runes, indent, blank})
			blank = false
		}
		at += runes + utf8.RuneCountInString(text[end:next])
		off = next
	}
	return lines
}

// lineEnd gives the end of the line at off and the start of the next. Lines
// end as Unicode has it: LF, CR, CRLF, vertical tab, form feed, next line,
// line and paragraph separator.
func lineEnd(text string, off int) (end, next int) {
	for i, r := range text[off:] {
		switch r {
		case '\r':
			if strings.HasPrefix(text[off+i:], "\r\n") {
				return off + i, off + i + 2
			}
			return off + i, off + i + 1
		case '\n', '\v', '\f', '\u0085', '\u2028', '\u2029':
			return off + i, off + i + utf8.RuneLen(r)
		}
	}
	return len(text), len(text)
}

// cutUnits parts a text into paragraphs: at every end of line, unless the text
// is hard-wrapped.
func cutUnits(text string) []unit {
	lines := cutLines(text)
	width := wrapWidth(lines)
	var units []unit
	c := newCutter(text)
	for i, l := range lines {
		if width > 0 && i > 0 && continues(lines[i-1], l, width) {
			last := &units[len(units)-1]
			last.span.End = l.span.End
			continue
		}
		units = append(units, unit{span: l.span, afterBlank: l.afterBlank})
	}
	for i := range units {
		units[i].text = c.words(units[i].span)
	}
	return units
}

// The widths at which text is wrapped by hand or by mail programs.
const narrowestWrap, widestWrap = 40, 100

// wrapWidth is the width at which the lines of a text are wrapped, or 0 where
// a line is a paragraph. A text is wrapped if nearly no line could have taken
// the first word of the line that follows it, and most lines break in the
// middle of a sentence.
func wrapWidth(lines []textLine) int {
	width := 0
	for _, l := range lines {
		width = max(width, l.span.Len()+l.indent)
	}
	if width < narrowestWrap || width > widestWrap {
		return 0
	}
	breaks, full, open := 0, 0, 0
	for i := 1; i < len(lines); i++ {
		if lines[i].afterBlank {
			continue
		}
		breaks++
		if !takesNext(lines[i-1], lines[i], width) {
			full++
		}
		if !endsSentence(lines[i-1].text) {
			open++
		}
	}
	if breaks == 0 || full*10 < breaks*6 || open*10 < breaks*6 {
		return 0
	}
	return width
}

// takesNext tells whether the first word of next would have fitted on line.
func takesNext(line, next textLine, width int) bool {
	return line.indent+line.span.Len()+1+utf8.RuneCountInString(firstWord(next.text)) <= width
}

// continues tells whether a line of a text wrapped at width goes on from the
// line before it.
func continues(before, line textLine, width int) bool {
	if line.afterBlank || isBullet(line.text) || line.indent > before.indent && !isBullet(before.text) {
		return false
	}
	const slack = 12 // some programs wrap early, at a long word
	if !takesNext(before, line, width-slack) {
		return true
	}
	return startsSmall(line.text)
}

// assignRoles sets the role of every unit.
func assignRoles(units []unit, title string) {
	for i := range units {
		units[i].role = whence.RoleParagraph
		if role, ok := lineRole(units[i].text); ok {
			units[i].role = role
		}
	}
	body := assignHead(units, title)
	assignTeasers(units[body:])
	for i := body; i < len(units); i++ {
		if units[i].role == whence.RoleParagraph {
			units[i].role = bodyRole(units, i)
		}
	}
}

// assignHead sets the roles of what stands before the running text (title,
// standfirst, byline, date) and gives the index after it.
func assignHead(units []unit, title string) int {
	at := titleAt(units, title)
	if at < 0 {
		return 0
	}
	units[at].role = whence.RoleTitle
	end := at + 1
	const furthest = 6
	for i := at + 1; i < len(units) && i <= at+furthest; i++ {
		if isHeadFurniture(units[i].role) {
			end = i + 1
		} else if units[i].role != whence.RoleParagraph || i > at+1 && !isStray(units[i].text) && !isShortDeck(units[i].text) {
			break
		}
	}
	if !headHolds(units, at+1, end) {
		end = at + 1
	}
	if at+1 < len(units) && units[at+1].role == whence.RoleParagraph && isStandfirst(units, at+1, end) {
		units[at+1].role = whence.RoleStandfirst
		end = max(end, at+2)
	}
	return end
}

// isHeadFurniture tells the roles of what stands between title and text.
func isHeadFurniture(r whence.Role) bool {
	switch r {
	case whence.RoleByline, whence.RoleDateline, whence.RoleCaption, whence.RoleCredit:
		return true
	}
	return false
}

// headHolds tells whether all that lies between is furniture, but for one
// unit, which may be the standfirst, and stray marks.
func headHolds(units []unit, from, to int) bool {
	other := 0
	for _, u := range units[from:to] {
		if u.role == whence.RoleParagraph && !isStray(u.text) {
			other++
		}
	}
	return other <= 1
}

// isStray tells a mark that stands alone, such as a list's without its item.
func isStray(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0
}

func isShortDeck(s string) bool { return utf8.RuneCountInString(s) <= 120 && !endsSentence(s) }

// isStandfirst tells whether the unit after the title sums the story up: one
// or two sentences before the byline or the date, one before a caption where
// longer paragraphs follow, or a line that does not end as a sentence does and
// that the text follows.
func isStandfirst(units []unit, at, head int) bool {
	u := units[at]
	const longest = 400
	if utf8.RuneCountInString(u.text) > longest || isStray(u.text) || isBullet(u.text) || !hasLongAfter(units, at, len([]rune(u.text))) {
		return false
	}
	if _, ok := readDateline(u.text); ok {
		return false
	}
	if !endsSentence(u.text) {
		return head > at+1 && len(strings.Fields(u.text)) >= 4
	}
	if head <= at+1 || opensQuote(u.text) {
		return false
	}
	for _, next := range units[at+1 : head] {
		if next.role == whence.RoleByline || next.role == whence.RoleDateline {
			return true
		}
	}
	return sentencesIn(u.text) == 1
}

// hasLongAfter tells whether a longer paragraph follows soon.
func hasLongAfter(units []unit, at, length int) bool {
	for i := at + 1; i < len(units) && i < at+8; i++ {
		if units[i].role == whence.RoleParagraph && units[i].span.Len() > length && endsSentence(units[i].text) {
			return true
		}
	}
	return false
}

// sentencesIn counts the places where a sentence ends and another begins.
func sentencesIn(s string) int {
	n := 1
	for i := 1; i+1 < len(s); i++ {
		if s[i] != ' ' || !endsSentence(s[:i]) {
			continue
		}
		if rest := strings.TrimLeft(s[i:], " \"“‘'("); startsUpper(rest) {
			n++
		}
	}
	return n
}

func opensQuote(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("\"“‘'«„", r)
}

// titleAt is the index of the title, or -1. A title that is known is looked
// for; otherwise the first unit is one if it reads so and longer text follows.
func titleAt(units []unit, title string) int {
	const furthest = 4
	if title != "" {
		want := letters(title)
		for i := 0; i < len(units) && i < furthest; i++ {
			if got := letters(units[i].text); got == want && got != "" {
				return i
			}
		}
		return -1
	}
	for i := 0; i+1 < len(units) && i < furthest; i++ {
		switch {
		case units[i].role == whence.RoleParagraph && !isStray(units[i].text):
			if readsAsTitle(units[i].text) && hasLongAfter(units, i, min(units[i].span.Len(), 80)) {
				return i
			}
			return -1
		case units[i].role == whence.RoleDateline && strings.Contains(units[i].text, "("):
			return -1
		}
	}
	return -1
}

// letters is s in small letters without all that is neither letter nor digit.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// readsAsTitle tells a short line without a full stop, or with one if its
// words have capitals as titles do.
func readsAsTitle(s string) bool {
	const longest, longestStopped, fewestWords, mostWords = 180, 140, 3, 30
	n, words := utf8.RuneCountInString(s), len(strings.Fields(s))
	if n > longest || words < fewestWords || words > mostWords || isBullet(s) {
		return false
	}
	if _, ok := readDateline(s); ok {
		return false
	}
	switch lastRune(s) {
	case ':', ',', '-', '—', '–':
		return false
	}
	if !endsSentence(s) {
		return !opensQuote(s) || strings.ContainsAny(s, ":,") || !strings.ContainsAny(lastRuneString(s), "\"”’'")
	}
	if strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") {
		return sentencesIn(s) == 1 && n <= longestStopped
	}
	return n <= longestStopped && sentencesIn(s) == 1 && hasTitleCapitals(s)
}

func lastRuneString(s string) string { return string(lastRune(s)) }

// hasTitleCapitals tells whether nearly all longer words have capitals.
func hasTitleCapitals(s string) bool {
	long, upper := 0, 0
	for w := range strings.FieldsSeq(s) {
		bare := strings.Trim(w, "\"'“”‘’.,;:!?()")
		if utf8.RuneCountInString(bare) < 4 {
			continue
		}
		long++
		if !startsSmall(bare) {
			upper++
		}
	}
	return long >= 3 && upper*10 >= long*8
}

// assignTeasers makes the short lines below "Related stories" related too, up
// to the first that ends as a sentence does.
func assignTeasers(units []unit) {
	list := false
	for i := range units {
		switch {
		case units[i].role == whence.RoleRelated:
			list = isListHead(units[i].text)
		case list && units[i].role == whence.RoleParagraph && isTeaser(units[i].text):
			units[i].role = whence.RoleRelated
		case units[i].role == whence.RoleParagraph:
			list = false
		}
	}
}

// isListHead tells whether a related line names no story of its own.
func isListHead(s string) bool {
	const longest = 60
	return len(s) <= longest && strings.Contains(relatedLines, "|"+strings.ToLower(strings.Trim(straight(s), " :>»›→.…])"))+"|")
}

// isTeaser tells a line that may be the title of another story.
func isTeaser(s string) bool {
	const longest, fewestWords = 140, 3
	return utf8.RuneCountInString(s) <= longest && !endsSentence(s) && !opensQuote(s) && len(strings.Fields(s)) >= fewestWords
}

// bodyRole is the role of a unit of running text whose words alone tell none.
func bodyRole(units []unit, at int) whence.Role {
	s := units[at].text
	switch {
	case strings.HasPrefix(s, ">") && endsSentence(s):
		return whence.RoleQuote
	case isStray(s):
		return whence.RoleParagraph
	case isBullet(s):
		return whence.RoleListItem
	case isHeading(units, at):
		return whence.RoleHeading
	}
	return whence.RoleParagraph
}

// isBullet tells lines that begin with a mark or a number of a list.
func isBullet(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	rest := s[size:]
	if strings.ContainsRune("•‣▪●◦■□▸►○∙·>+", r) {
		return strings.TrimSpace(rest) != ""
	}
	if strings.ContainsRune("-*–", r) {
		return strings.HasPrefix(rest, " ") && strings.TrimSpace(rest) != ""
	}
	digits := 0
	for digits < len(s) && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	if digits == 0 || digits > 2 || digits+1 >= len(s) {
		return false
	}
	return (s[digits] == '.' || s[digits] == ')') && s[digits+1] == ' '
}

// isHeading tells a short line without an end of sentence that a paragraph
// follows; lines that are a quotation, or that lead to what follows with a
// colon, are text.
func isHeading(units []unit, at int) bool {
	s := units[at].text
	const longest, mostWords = 90, 14
	if utf8.RuneCountInString(s) > longest || len(strings.Fields(s)) > mostWords || at+1 >= len(units) {
		return false
	}
	if startsSmall(s) || isWholeQuote(s) || strings.ContainsRune(":;,-—–", lastRune(s)) {
		return false
	}
	if endsSentence(s) {
		stopped := strings.HasSuffix(s, "?") && at > 0 && !opensQuote(s) && sentencesIn(s) == 1 ||
			strings.HasSuffix(s, ".") && isCapitals(s) && len(strings.Fields(s)) <= 5
		if !stopped {
			return false
		}
	}
	for _, next := range units[at+1:] {
		switch {
		case isHeadFurniture(next.role) || next.role == whence.RoleRelated:
			continue
		case next.role == whence.RoleParagraph:
			return endsSentence(next.text) || isBullet(next.text) || strings.HasSuffix(next.text, ":")
		}
		return true
	}
	return false
}

// isWholeQuote tells a line that is one quotation.
func isWholeQuote(s string) bool {
	return opensQuote(s) && strings.ContainsAny(lastRuneString(strings.TrimRight(s, ".,!?")), "\"”’'»")
}

// describe sets the metadata that the blocks give and the article lacks.
func describe(a *whence.Article) {
	credits := a.Credits == nil
	if credits {
		a.Credits = creditsIn(a.Text, a.Blocks)
	}
	names := a.Byline == nil
	dates := a.Published.IsZero()
	c := newCutter(a.Text)
	for _, b := range a.Blocks {
		switch b.Role {
		case whence.RoleTitle:
			if a.Title == "" {
				a.Title = strings.Join(strings.Fields(c.words(b.Span)), " ")
			}
		case whence.RoleByline:
			named := parseByline(c.words(b.Span))
			for _, p := range named.people {
				if names {
					a.Byline = appendNew(a.Byline, withoutHouse(p, a.Outlet))
				}
			}
			for _, o := range named.outlets {
				if credits {
					a.Credits = appendNew(a.Credits, withoutHouse(o, a.Outlet))
				}
			}
		case whence.RoleDateline:
			if dates {
				dateFrom(a, c.words(b.Span))
			}
		}
	}
	if !a.Modified.IsZero() && before(a.Modified, a.Published) {
		a.Modified = whence.Date{}
	}
}

// dateFrom sets the dates that a date line or a dateline gives.
func dateFrom(a *whence.Article, line string) {
	for _, d := range labelledDates(line, orderOf(a.Language)) {
		switch {
		case d.Precision == whence.Year:
		case d.modified:
			if a.Modified.IsZero() {
				a.Modified = d.Date
			}
		case a.Published.IsZero():
			a.Published = d.Date
		}
	}
}
