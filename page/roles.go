package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whence"
)

// lineRole is the role that a line's own words tell, whatever stands around
// it; ok is false where they tell none, which is the case of nearly every
// paragraph. A paragraph taken for something else loses what is said in it, so
// every rule asks for a form that running text does not have.
func lineRole(line string) (role whence.Role, ok bool) {
	line = strings.TrimSpace(line)
	if line == "" || len(line) > longestLine {
		return "", false
	}
	for _, rule := range lineRules {
		if rule.tells(line) {
			return rule.role, true
		}
	}
	return "", false
}

// longestLine is the most bytes of a line whose words tell its role; a longer
// one is running text.
const longestLine = 1200

// lineRules are tried in order.
var lineRules = [...]struct {
	role  whence.Role
	tells func(string) bool
}{
	{whence.RoleDateline, isDateLine},
	{whence.RoleDateline, isLoneDateline},
	{whence.RoleCredit, isRepublication},
	{whence.RoleNotice, isNotice},
	{whence.RoleRelated, isRelated},
	{whence.RoleCredit, isCredit},
	{whence.RoleCaption, isCaption},
	{whence.RoleByline, isByline},
}

// beginsWith gives what follows the first of the prefixes, which are in small
// letters, that line begins with, whatever its capitals.
func beginsWith(line string, prefixes []string) (rest string, ok bool) {
	if line == "" {
		return line, false
	}
	first := line[0]
	if isUpper(first) {
		first += 'a' - 'A'
	}
	for _, p := range prefixes {
		if p[0] == first && len(line) >= len(p) && strings.EqualFold(line[:len(p)], p) {
			return line[len(p):], true
		}
	}
	return line, false
}

// straight makes curly apostrophes straight, for comparing.
func straight(s string) string { return strings.ReplaceAll(s, "’", "'") }

// relatedLabels stand before the titles of other stories, with a mark between.
var relatedLabels = []string{
	"read more about", "read more on", "read more here", "read more", "read also", "read next", "read this next", "read here", "read", "also read", "also see", "see also", "see more", "more", "related coverage", "related stories", "related story", "related articles", "related article", "related content", "related links", "related news", "related topics", "related video", "related", "watch live", "watch now", "watch more", "watch", "listen now", "listen", "don't miss", "must read", "you may also like", "you might also like", "recommended stories", "recommended reading", "recommended", "further reading", "more on this story", "more on this", "more from this section", "in case you missed it", "from the archives", "from the archive", "go deeper", "up next", "trending now", "trending", "most read", "click here for more", "view gallery", "photo gallery", "gallery", "in pictures", "podcast", "photos",
}

// relatedLines are related blocks by themselves: the heads of lists, and
// links without a title.
const relatedLines = "|related|related stories|related story|related articles|related content|related news|related topics|related links|related coverage|related video|related videos|more on this story|more on this topic|more stories|more like this|more news|read more|read next|read also|also read|see also|recommended|recommended stories|recommended for you|recommended reading|you may also like|you might also like|up next|most read|most popular|trending|trending now|trending stories|top stories|latest news|latest stories|editors' picks|editor's picks|don't miss|in case you missed it|further reading|more from|story continues below advertisement|article continues below|continue reading the main story|advertisement continue reading the main story|"

// relatedStarts begin a whole line that only leads elsewhere.
var relatedStarts = []string{
	"read the rest here", "read the rest of", "read the full story", "read the full article", "read the full report here", "read the full interview", "read the whole story", "read the original", "click here to read", "click here for", "click here to see", "read more about", "read more on", "read more from", "read more here", "read more of", "read more at", "see more from", "more from", "for more on this", "for more, see", "for more coverage", "follow our live", "follow live updates",
}

// isRelated tells the links to other stories.
func isRelated(line string) bool {
	const longest, longestPlain = 260, 140
	if len(line) > longest {
		return false
	}
	line = straight(strings.TrimLeft(line, " >»›→▶►•-–*[("))
	if isListHead(line) {
		return true
	}
	if rest, ok := beginsWith(line, relatedLabels); ok && startsTitle(rest) {
		return true
	}
	if site, _, ok := strings.Cut(line, ":"); ok && len(strings.Fields(site)) <= 4 {
		if _, ok := beginsWith(site, []string{"also on "}); ok {
			return true
		}
	}
	if strings.HasPrefix(line, "READ MORE ") || strings.HasPrefix(line, "ALSO READ ") || strings.HasPrefix(line, "READ ALSO ") || strings.HasPrefix(line, "SEE ALSO ") {
		return true
	}
	_, ok := beginsWith(line, relatedStarts)
	return ok && len(line) <= longestPlain && !strings.ContainsAny(line, "\"“”")
}

// startsTitle tells whether what follows a label is a mark and the start of a
// title.
func startsTitle(rest string) bool {
	mark := strings.TrimLeft(rest, " ")
	r, size := utf8.DecodeRuneInString(mark)
	if !strings.ContainsRune(":|»>›→", r) && !(strings.ContainsRune("–—", r) && mark != rest) {
		return false
	}
	r, _ = utf8.DecodeRuneInString(strings.TrimLeft(mark[size:], " \u00a0"))
	return r != utf8.RuneError && !unicode.IsLower(r)
}

// noticeLabels begin notices and end at a colon or a dash, after at most a
// date.
var noticeLabels = []string{
	"corrections and clarifications", "correction and clarification", "corrections", "correction", "corrected", "clarifications", "clarification", "editor's note", "editors' note", "editors note", "editor note", "publisher's note", "note to readers", "author's note", "retraction", "amendment",
}

// noticeStarts begin sentences that speak of the article itself.
var noticeStarts = []string{
	"this is a developing story", "this is a breaking news", "this is a breaking story", "this breaking news story", "this developing story", "an earlier version of this", "a previous version of this", "earlier versions of this", "previous versions of this", "an earlier headline", "this version corrects", "this version updates", "this version has been corrected", "(this version", "(this story has been", "(this story corrects", "(this article has been", "(corrects ", "(updates ", "(adds ", "(refiles ", "the headline of this", "the headline on this", "developing story",
}

// noticeSubjects and noticeVerbs make notices of the kind "This story has been
// updated".
var (
	noticeSubjects = []string{"this story", "this article", "this report", "this post", "this page", "this piece", "this headline", "this column", "the story", "the article", "the headline", "our story", "story", "article"}
	noticeVerbs    = []string{" has been updated", " was updated", " has been corrected", " was corrected", " has been amended", " was amended", " has been edited", " has been revised", " has been clarified", " has been changed", " will be updated", " is being updated", " was edited on", " was changed on", " was originally published", " was first published", " originally appeared", " first appeared", " previously misstated", " originally misstated", " originally stated", " incorrectly stated", " misstated", " has been removed"}
)

// isNotice tells corrections, updates and notes by the editor.
func isNotice(line string) bool {
	line = straight(strings.TrimLeft(line, " *[-–—_"))
	if rest, ok := beginsWith(line, noticeLabels); ok && endsLabel(rest) {
		return true
	}
	if rest, ok := cutUpdateLabel(line); ok {
		line = rest
	}
	if _, ok := beginsWith(line, noticeStarts); ok {
		return true
	}
	rest, ok := beginsWith(line, noticeSubjects)
	if !ok || !strings.EqualFold(line[:len("this")], "this") && strings.Contains(rest, " said") {
		return false // "The story first appeared in May, she said."
	}
	_, ok = beginsWith(rest, noticeVerbs)
	return ok
}

// isRepublication tells "This article first appeared in the Harbour Post."
func isRepublication(line string) bool {
	const longest = 250
	if len(line) > longest {
		return false
	}
	_, ok := beginsWith(line, noticeSubjects)
	return ok && republishedFrom(line) != ""
}

// endsLabel tells whether a label ends here or after a date.
func endsLabel(rest string) bool {
	const longest = 40
	bare := strings.Trim(rest, " .*_]")
	if bare == "" {
		return true
	}
	at := strings.IndexAny(rest, ":")
	if at < 0 || at > longest {
		at = strings.IndexAny(rest, "—–")
		if at < 0 || at > longest {
			return false
		}
	}
	between := strings.Trim(rest[:at], " ,.()-–—")
	return between == "" || len(datesIn(between, orderUnknown)) > 0 || hasMonth(between) || strings.EqualFold(between, "appended")
}

func hasMonth(s string) bool {
	for w := range strings.FieldsSeq(s) {
		if _, ok := monthNames()[strings.ToLower(strings.Trim(w, ".,()"))]; ok {
			return true
		}
	}
	return false
}

// cutUpdateLabel cuts "Update, 5 May:" from the start of a line.
func cutUpdateLabel(line string) (string, bool) {
	rest, ok := beginsWith(line, []string{"updated", "update"})
	if !ok {
		return line, false
	}
	const longest = 40
	if i := strings.LastIndexByte(rest[:min(len(rest), longest)], ':'); i >= 0 {
		return strings.TrimSpace(rest[i+1:]), true
	}
	return line, false
}

// dateLabels may stand before or between the dates of a date line.
const dateLabels = " published publish posted updated update last first modified edited created originally on at date time released release issued uploaded and as of version original story article by uk 기사입력 입력 "

// isDateLine tells lines that hold a date of publication and nothing else.
func isDateLine(line string) bool {
	const longest = 160
	if len(line) > longest {
		return false
	}
	dates := datesIn(line, orderUnknown)
	if len(dates) == 0 {
		return false
	}
	return isDateFurniture(withoutDates(line, dates))
}

// isDateFurniture tells whether the rest of a date line, its dates cut out, is
// but labels, weekdays and times.
func isDateFurniture(rest string) bool {
	t := dateTokens(rest)
	for i := 0; i < len(t); i++ {
		if _, next, ok := t.clockAt(i); ok {
			i = next - 1
			continue
		}
		if m, ok := t.num(i, 1, 2); ok && m < 100 && t.is(i+1, " min mins minute minutes ") {
			for i++; t.is(i+1, " read - "); i++ {
			}
			continue
		}
		word := t[i].digits == 0 && unicode.IsLetter([]rune(t[i].text)[0])
		switch {
		case t[i].digits > 0:
			return false
		case !word || t.is(i, weekdays) || t.is(i, dateLabels):
		default:
			return false
		}
	}
	return true
}

// withoutDates is the line with a blank for each of its dates.
func withoutDates(line string, dates []foundDate) string {
	var b strings.Builder
	at := 0
	for _, d := range dates {
		b.WriteString(line[at:d.start])
		b.WriteByte(' ')
		at = d.end
	}
	b.WriteString(line[at:])
	return b.String()
}

// isLoneDateline tells an agency's dateline that stands on its own line.
func isLoneDateline(line string) bool {
	d, ok := readDateline(line)
	return ok && strings.TrimSpace(line[d.length:]) == "" && strings.Contains(line, " ")
}

// creditStarts begin credit lines that a name or a year follows.
var creditStarts = []string{"©", "(c) 1", "(c) 2", "copyright ©", "copyright (c)", "copyright 1", "copyright 2", "all rights reserved", "photo credit", "image credit", "picture credit", "photograph credit", "photos by ", "photo by ", "photograph by ", "photographs by ", "image by ", "picture by ", "photo courtesy", "image courtesy", "courtesy of ", "photo illustration", "image source, ", "with reporting by ", "with files from ", "with inputs from ", "with input from ", "with agency inputs", "(with inputs from ", "(with agency inputs", "(with input from ", "with additional reporting", "additional reporting by ", "(additional reporting by ", "(reporting by ", "reporting by ", "(editing by ", "(writing by ", "(compiled by ", "with reporting from "}

// creditLabels begin credit lines and end at a colon; what follows is short.
var creditLabels = []string{"credit", "credits", "photo", "photos", "photograph", "photographs", "image", "images", "picture", "pictures", "photographer", "source", "sources", "copyright", "illustration", "photo/image", "words and photographs", "words and pictures", "words and photos", "text and photographs", "text and photos", "words"}

// isCredit tells the lines that name photographers, agencies and owners.
func isCredit(line string) bool {
	const longest = 300
	if len(line) > longest {
		return false
	}
	if rest, ok := beginsWith(line, creditStarts); ok {
		const mostNames = 12
		return len(strings.Fields(rest)) <= mostNames || isNames(rest) || strings.ContainsAny(line[:min(len(line), 20)], "0123456789(") || !endsSentence(line)
	}
	if rest, ok := beginsWith(line, creditLabels); ok && strings.HasPrefix(rest, ":") && len(strings.Fields(rest)) <= 8 && !endsSentence(line) && isNames(strings.TrimLeft(rest, ": ")) {
		return true
	}
	if isPictureParenthesis(line) {
		return true
	}
	if own, ok := agency(line); ok && own != "" && len(strings.Fields(line)) <= 4 && !endsSentence(line) {
		return true
	}
	return isContribution(line)
}

// isPictureParenthesis tells "(AP Photo/Jane Doe)" and "[Getty Images]".
func isPictureParenthesis(line string) bool {
	open, size := utf8.DecodeRuneInString(line)
	end := map[rune]string{'(': ")", '[': "]"}[open]
	if end == "" || !strings.HasSuffix(line, end) || strings.Contains(line[size:len(line)-1], end) {
		return false
	}
	return isPictureSource(line[size : len(line)-1])
}

// contributions end credit lines on who worked on an article.
var contributions = []string{" contributed to this report", " contributed to this story", " contributed to this article", " contributed to this piece", " contributed to this post", " contributed reporting", " contributed research", " contributed from ", " also contributed", " contributed."}

// isContribution tells "Jane Doe and Northern Wire contributed to this
// report.": one sentence that begins with names.
func isContribution(line string) bool {
	if !strings.Contains(line, " contributed") {
		return false
	}
	for _, c := range contributions {
		i := strings.Index(line, c)
		if i < 0 {
			continue
		}
		names, tail := line[:i], strings.TrimSpace(line[i+len(c):])
		return len(tail) <= 60 && !strings.ContainsAny(names, "\"“”?!") && isNames(strings.TrimLeft(names, "_—–-* ("))
	}
	return false
}

// isNames tells whether a string is names with what stands between them:
// nearly all of its words begin with capitals.
func isNames(s string) bool {
	words := strings.Fields(s)
	small := 0
	for _, w := range words {
		bare := strings.Trim(w, ",.;:()'’")
		if bare == "" || startsUpper(bare) || isParticle(bare) || strings.Contains(" and in at for with the & from ", " "+strings.ToLower(bare)+" ") {
			continue
		}
		if !strings.Contains(roleWords+outletWords, " "+strings.ToLower(bare)+" ") {
			small++
		}
	}
	return len(words) > 0 && startsUpper(strings.TrimLeft(words[0], "(")) && small*4 <= len(words)
}

// captionStarts begin captions.
var captionStarts = []string{"file photo:", "file photo -", "file photo –", "file photo —", "file - ", "file – ", "file — ", "pictured:", "image caption", "photo caption", "media caption", "in this photo ", "in this image ", "in this file photo", "in this undated", "in this picture ", "in this photo,", "photo shows ", "a file photo of ", "a file image of ", "image copyright ", "media playback is unsupported"}

// isCaption tells the lines that stand under pictures, by their start or by
// the picture's source at their end.
func isCaption(line string) bool {
	const longest = 700
	if len(line) > longest {
		return false
	}
	if _, ok := beginsWith(line, captionStarts); ok {
		return true
	}
	if rest, ok := beginsWith(line, []string{"photo:", "image:", "photo |", "picture:"}); ok && len(strings.Fields(rest)) > 8 {
		return true
	}
	for _, end := range [...]string{"file photo", "(file)", "[file]", "(file photo)", "[file photo]", "(file image)", "file image", "file picture"} {
		if s := strings.TrimRight(line, " ."); len(s) > len(end) && strings.EqualFold(s[len(s)-len(end):], end) {
			return true
		}
	}
	words, source, ok := cutPictureSource(line)
	if !ok {
		return false
	}
	if isPictureSource(source) {
		return !strings.HasSuffix(words, "”") && !strings.HasSuffix(words, "\"")
	}
	// An agency alone in parentheses also signs the last paragraph of its
	// story, which ends in a full stop.
	return isKnownAgency(source) && !endsSentence(words) && len(strings.Fields(words)) > 2
}

// cutPictureSource cuts the parentheses or brackets at the end of a line.
func cutPictureSource(line string) (words, source string, ok bool) {
	line = strings.TrimRight(line, " .")
	for _, pair := range [...]string{"()", "[]"} {
		if !strings.HasSuffix(line, pair[1:]) {
			continue
		}
		if open := strings.LastIndex(line, pair[:1]); open > 0 && len(line)-open <= 90 {
			return strings.TrimSpace(line[:open]), strings.TrimSpace(line[open+1 : len(line)-1]), true
		}
	}
	return line, "", false
}

// pictureSources are parts of the sources of pictures, in small letters.
var pictureSources = [...]string{"ap photo", "ap file", "getty", "photo by", "photo/", "photo via", "via ap", "via reuters", "via afp", "via getty", "reuters/", "/reuters", "/ap", "/afp", "afp/", "file photo", "shutterstock", "handout", "photo courtesy", "photo:", "photo provided", "screengrab", "screenshot", "pool photo", "image credit", "photograph by", "photograph:", "courtesy photo", "staff photo", "alamy", "unsplash", "istock", "wikimedia", "pool via", "epa-efe", "ap images", "image:", "credit:"}

// isPictureSource tells the words in parentheses that name where a picture is
// from.
func isPictureSource(s string) bool {
	lower := strings.ToLower(s)
	if len(lower) > 90 || strings.Contains(lower, "https:") {
		return false
	}
	for _, p := range pictureSources {
		if strings.Contains(lower, p) {
			return true
		}
	}
	return false
}

// isByline tells "By Jane Doe and John Roe in Karvik".
func isByline(line string) bool {
	const longest = 140
	rest := cutBylinePrefix(line)
	if len(line) > longest || rest == line || strings.ContainsAny(rest, "\"“”?!:;") {
		return false
	}
	if !isNames(rest) || strings.Contains(weekdays, " "+strings.ToLower(strings.Trim(firstWord(rest), ",."))+" ") || hasMonth(firstWord(rest)) {
		return false
	}
	if startsUpper(line) && !beginsEnglishByline(line) {
		return false
	}
	if strings.HasSuffix(rest, ".") && len(strings.Fields(rest)) > 5 {
		return false
	}
	people, credits := splitByline(line)
	return len(people)+len(credits) > 0 && !(len(people) > 0 && strings.EqualFold(firstWord(people[0]), "the"))
}

// beginsEnglishByline leaves out the prefixes that are words of other
// languages, which begin names too ("Von Hagen").
func beginsEnglishByline(line string) bool {
	for _, p := range bylinePrefixes {
		if strings.HasSuffix(p, "by") || strings.HasSuffix(p, ":") {
			if _, ok := beginsWith(line, []string{p + " ", p + ":"}); ok || strings.HasSuffix(p, ":") && strings.HasPrefix(strings.ToLower(line), p) {
				return true
			}
		}
	}
	return false
}

func firstWord(s string) string {
	first, _, _ := strings.Cut(s, " ")
	return first
}

// endsSentence tells whether the words end as a sentence does, quotation marks
// and parentheses left aside.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, " \"”’')]»")
	return s != "" && strings.ContainsRune(".!?…", lastRune(s))
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
