package page

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"whence"
)

// agencies are the news agencies and services whose copy others print, each
// with the other names that credit lines give it. Names of capitals alone are
// matched as written, the rest without regard to case.
var agencies = [...]struct{ name, aliases string }{
	{"Associated Press", "The Associated Press|AP|A.P.|AP News|Associated Press News"},
	{"Reuters", "Thomson Reuters|Reuters News|Reuters News Agency|RTRS"},
	{"Agence France-Presse", "AFP|Agence France Presse|AFP News|AFP News Agency|Agence-France Presse"},
	{"Bloomberg", "Bloomberg News"},
	{"PA Media", "Press Association|The Press Association|PA|PA News|PA news agency"},
	{"United Press International", "UPI"},
	{"dpa", "DPA|Deutsche Presse-Agentur|German Press Agency|dpa international"},
	{"Xinhua", "Xinhua News Agency|Xinhua News"},
	{"TASS", "ITAR-TASS|Tass|TASS News Agency"},
	{"Interfax", "Interfax News Agency|Interfax-Ukraine"},
	{"RIA Novosti", "RIA|RIA News Agency"},
	{"Kyodo News", "Kyodo|KYODO|Kyodo News Agency"},
	{"Jiji Press", "Jiji|JIJI"},
	{"Yonhap", "Yonhap News Agency|Yonhap News|YONHAP"},
	{"Anadolu Agency", "AA|Anadolu"},
	{"ANSA", "Ansa"},
	{"EFE", "Agencia EFE|EFE News Agency"},
	{"Europa Press", ""},
	{"The Canadian Press", "Canadian Press|CP"},
	{"Australian Associated Press", "AAP"},
	{"Press Trust of India", "PTI"},
	{"Asian News International", "ANI"},
	{"Indo-Asian News Service", "IANS"},
	{"United News of India", "UNI"},
	{"Associated Press of Pakistan", "APP"},
	{"Bernama", "BERNAMA"},
	{"Antara", "ANTARA"},
	{"Philippine News Agency", "PNA"},
	{"Vietnam News Agency", "VNA"},
	{"Emirates News Agency", "WAM"},
	{"Saudi Press Agency", "SPA"},
	{"Qatar News Agency", "QNA"},
	{"Syrian Arab News Agency", "SANA"},
	{"Middle East News Agency", "MENA"},
	{"Islamic Republic News Agency", "IRNA"},
	{"ISNA", "Iranian Students' News Agency"},
	{"Tasnim", "Tasnim News Agency"},
	{"Fars News Agency", "FNA"},
	{"Mehr News Agency", "MNA"},
	{"Ukrinform", ""},
	{"News Agency of Nigeria", "NAN"},
	{"Belga", "BELGA"},
	{"ANP", "Algemeen Nederlands Persbureau"},
	{"Austria Press Agency", "APA"},
	{"Keystone-SDA", "SDA|ATS|Keystone-ATS"},
	{"Ritzau", ""},
	{"NTB", ""},
	{"TT", "TT News Agency"},
	{"STT", "STT-Lehtikuva"},
	{"PAP", "Polish Press Agency"},
	{"CTK", "ČTK|Czech News Agency"},
	{"MTI", "Hungarian News Agency"},
	{"Agerpres", "AGERPRES"},
	{"BTA", "Bulgarian News Agency"},
	{"Lusa", "LUSA"},
	{"Notimex", "NOTIMEX"},
	{"Prensa Latina", ""},
	{"Tribune News Service", "TNS|Tribune Content Agency"},
	{"McClatchy", "McClatchy Newspapers|McClatchy News Service|McClatchy Washington Bureau"},
	{"Inter Press Service", "IPS"},
	{"City News Service", "CNS"},
	{"New York Times News Service", "NYT News Service"},
	{"CNN Wire", "CNN Newsource|CNN Newsource Wire|The-CNN-Wire"},
	{"States Newsroom", ""},
	{"Thomson Reuters Foundation", ""},
}

// agencyNames gives an agency's own name by each of its names; those with a
// small letter stand in lower case.
var agencyNames = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for _, a := range agencies {
		for alias := range strings.SplitSeq(a.name+"|"+a.aliases, "|") {
			names[agencyKey(alias)] = a.name
		}
	}
	delete(names, "")
	return names
})

func agencyKey(name string) string {
	if strings.IndexFunc(name, unicode.IsLower) < 0 {
		return name
	}
	return strings.ToLower(name)
}

// agencyWords end or make the names of agencies that the table does not know.
const agencyWords = " agency newswire wire newsagency presswire "

// agencyPhrases are parts of such names.
var agencyPhrases = [...]string{"news agency", "press agency", "news service", "press association", "press service", "telegraph agency"}

// agency gives the name of the agency called name: the table's own name for
// one it knows, the name as it stands for one that calls itself an agency, a
// wire or a news service.
func agency(name string) (string, bool) {
	name = strings.Trim(strings.TrimSpace(name), " .,;:|()[]—–-/")
	if name == "" || len(name) > 60 {
		return "", false
	}
	if own, ok := knownAgency(name); ok {
		return own, true
	}
	words := strings.Fields(name)
	if len(words) < 2 || len(words) > 6 || !startsUpper(name) {
		return "", false
	}
	lower := strings.ToLower(name)
	for _, w := range words {
		if startsSmall(w) && !isParticle(w) && w != "of" && w != "and" {
			return "", false
		}
	}
	for _, p := range agencyPhrases {
		if strings.Contains(lower, p) {
			return strings.TrimPrefix(name, "The "), true
		}
	}
	if strings.Contains(agencyWords, " "+strings.ToLower(words[len(words)-1])+" ") {
		return strings.TrimPrefix(name, "The "), true
	}
	return "", false
}

// knownAgency looks a name up in the table. Five capitals and more are as good
// as small letters; fewer are initials, which are matched as written.
func knownAgency(name string) (string, bool) {
	key := agencyKey(name)
	if own, ok := agencyNames()[key]; ok {
		return own, true
	}
	const longestInitials = 4
	if len(key) <= longestInitials {
		return "", false
	}
	own, ok := agencyNames()[strings.ToLower(key)]
	return own, ok
}

func isKnownAgency(name string) bool {
	_, ok := knownAgency(name)
	return ok
}

// isCapitals tells whether s has letters and none of them small.
func isCapitals(s string) bool {
	return strings.IndexFunc(s, unicode.IsLower) < 0 && strings.IndexFunc(s, unicode.IsUpper) >= 0
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r) || unicode.IsTitle(r)
}

// startsSmall tells whether s begins with a letter that has a capital and is
// not one.
func startsSmall(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// outletWords are the last words of outlets' names: "Doe, Harbour Post" names
// a person and her paper.
const outletWords = " post times herald tribune news gazette chronicle journal telegraph guardian daily mail observer today press radio tv television network courier register dispatch sentinel standard mirror bulletin examiner globe review magazine media newspapers newsroom online express inquirer independent advertiser echo argus ledger mercury broadcasting "

// roleWords mark what is a job and not a name.
const roleWords = " writer reporter reporters correspondent correspondents editor editors staff contributor contributors columnist bureau producer photographer videographer journalist analyst fellow intern anchor desk special freelance contributing guest blogger host columnists writers team newsroom chief meteorologist critic admin administrator webmaster author authors agencies wires services service digital contributed report reports reporting "

// noNames are values that page systems write where no author is named.
const noNames = "|by|admin|administrator|editor|editors|editorial|newsroom|news desk|web desk|staff|staff reports|staff report|staff writer|unknown|null|undefined|none|anonymous|guest|user|author|webmaster|agencies|from staff and wire reports|wire reports|news wire services|various|redaction|redazione|redaktion|redação|n/a|false|true|"

// byline is whom a byline names.
type byline struct {
	people, agencies, outlets []string
}

// splitByline parts a byline into the names of people and the agencies it
// credits. Jobs, handles, addresses, places and outlets' names are left out.
//
// An agency is never a name: "By Associated Press" names nobody and credits
// one agency.
func splitByline(s string) (people, credits []string) {
	b := parseByline(s)
	return b.people, b.agencies
}

// parseByline parts a byline. Outlets are the names after the first that have
// the words of outlets' names: "By Jane Doe, Harbour Post".
func parseByline(s string) byline {
	const longest = 1000
	if len(s) > longest {
		return byline{}
	}
	var b byline
	s = cutBylinePrefix(strings.Join(strings.Fields(s), " "))
	for part := range splitNames(s) {
		if own, ok := agency(part); ok {
			b.agencies = appendNew(b.agencies, own)
			continue
		}
		person, house := cutHouse(part)
		if own, ok := agency(house); ok {
			b.agencies = appendNew(b.agencies, own)
		} else if house != "" && isOutletName(house) && startsUpper(house) {
			b.outlets = appendNew(b.outlets, house)
		}
		name, ok := personName(person)
		follows := len(b.people)+len(b.agencies) > 0
		switch {
		case !ok:
			b.agencies = appendNew(b.agencies, agencyOfStaff(person))
		case follows && isOutletName(name):
			b.outlets = appendNew(b.outlets, name)
		case follows && !strings.Contains(name, " ") && isLatin(name), isInitials(name):
		default:
			b.people = appendNew(b.people, name)
		}
	}
	return b
}

// agencyOfStaff is the agency in "AP Sports Writer".
func agencyOfStaff(job string) string {
	words := strings.Fields(job)
	for n := min(len(words)-1, 3); n > 0; n-- {
		if own, ok := knownAgency(strings.Join(words[:n], " ")); ok {
			return own
		}
	}
	return ""
}

// isLatin tells whether the letters of s are Latin, in which a person's name
// has two words.
func isLatin(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) }) < 0
}

// isInitials tells one word of capitals, which is an outlet or an account.
func isInitials(name string) bool {
	return !strings.Contains(name, " ") && isCapitals(name) && isLatin(name)
}

// cutHouse parts "Jane Doe of The Associated Press", "Jane Doe for Northern
// Wire", "Jane Doe. Northern News" and "Jane Doe Associated Press".
func cutHouse(s string) (person, house string) {
	for _, mark := range [...]string{" of the ", " of The ", " of ", " for ", " at ", " in ", " | ", " from "} {
		if i := strings.Index(s, mark); i > 0 {
			return s[:i], s[i+len(mark):]
		}
	}
	const shortestSentence = 3 // "J. Doe" and "St. John" are no sentences
	if person, house, ok := strings.Cut(s, ". "); ok && len(lastWord(person)) >= shortestSentence {
		return person, house
	}
	words := strings.Fields(s)
	for n := 2; n < len(words); n++ {
		if house := strings.Join(words[n:], " "); isKnownAgency(house) {
			return strings.Join(words[:n], " "), house
		}
	}
	return s, ""
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

// bylinePrefixes begin bylines, longest first.
var bylinePrefixes = [...]string{
	"additional reporting by", "story by", "written by", "reported by", "posted by", "published by", "reporting by", "article by", "report by", "analysis by", "words by", "text by", "review by", "exclusive by", "opinion by", "commentary by", "submitted by", "authored by", "author:", "authors:", "byline:", "von", "par", "por", "by",
}

// cutBylinePrefix cuts "By", "Written by" and their like from the start of s.
func cutBylinePrefix(s string) string {
	for _, p := range bylinePrefixes {
		if len(s) > len(p) && strings.EqualFold(s[:len(p)], p) && (s[len(p)] == ' ' || s[len(p)] == ':' || p[len(p)-1] == ':') {
			return strings.TrimLeft(s[len(p):], " :")
		}
	}
	return s
}

// nameSeparators part the names of a byline.
var nameSeparators = [...]string{", and ", " and ", " And ", " AND ", " & ", ", ", ",", ";", " / ", "/", " | ", " with ", " With ", " und ", " et ", " y ", " • ", " · ", " – ", " — ", " - ", "\n"}

// splitNames yields the parts of a byline, at most 20.
func splitNames(s string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for range 20 {
			at, size := len(s), 0
			for _, sep := range nameSeparators {
				if i := strings.Index(s, sep); i >= 0 && (i < at || i == at && len(sep) > size) {
					at, size = i, len(sep)
				}
			}
			if part := strings.TrimSpace(s[:at]); part != "" && !yield(part) {
				return
			}
			if at+size >= len(s) {
				return
			}
			s = s[at+size:]
		}
	}
}

// personName cleans one part of a byline; ok is false where it is no name.
func personName(s string) (string, bool) {
	if i := strings.IndexAny(s, "(["); i >= 0 {
		s = s[:i]
	}
	words := strings.Fields(cutBylinePrefix(strings.TrimSpace(s)))
	if len(words) > 1 && strings.HasSuffix(words[0], ":") {
		words = words[1:]
	}
	words = slices.DeleteFunc(words, func(w string) bool {
		return strings.HasPrefix(w, "@") || strings.Contains(w, "@") || strings.Contains(w, "://") || strings.HasPrefix(w, "www.")
	})
	name := strings.Trim(strings.Join(words, " "), " ,;:|*•·–—-\"“”")
	switch {
	case len(words) == 0 || len(words) > 6 || utf8.RuneCountInString(name) > 60,
		strings.ContainsAny(name, "0123456789<>{}=_\\"),
		strings.Contains(name, "\ufffd"),
		strings.Contains(noNames, "|"+strings.ToLower(name)+"|"),
		isCredential(name),
		startsSmall(name) && !isParticle(words[0]):
		return "", false
	}
	if strings.IndexFunc(name, unicode.IsLetter) < 0 || utf8.RuneCountInString(name) < 2 {
		return "", false
	}
	for _, w := range words {
		if strings.Contains(roleWords, " "+strings.ToLower(strings.Trim(w, ".,"))+" ") {
			return "", false
		}
	}
	return name, true
}

// isParticle tells the small words that names begin with.
func isParticle(w string) bool {
	return strings.Contains(" de da di do dos du van von der den ter ten la le el al bin bint ibn abu af av zu 't d' ", " "+strings.ToLower(w)+" ")
}

// isCredential tells the letters that follow a name after a comma.
func isCredential(name string) bool {
	return strings.Contains(" jr sr ii iii iv md phd rd ms ma ba bsc msc mba jd esq rn dds dvm cpt facs mph ldn rdn ", " "+strings.ToLower(strings.ReplaceAll(name, ".", ""))+" ")
}

// isOutletName tells the names of outlets by their words, and initials such as
// CNN.
func isOutletName(name string) bool {
	words := strings.Fields(name)
	last := strings.ToLower(words[len(words)-1])
	if strings.Contains(outletWords, " "+last+" ") || strings.Contains(last, ".com") || strings.Contains(last, ".org") {
		return true
	}
	return len(words) == 1 && isCapitals(name) && len(name) <= 5
}

// appendNew appends name unless it is there, in capitals or not.
func appendNew(list []string, name string) []string {
	if name == "" || slices.ContainsFunc(list, func(s string) bool { return strings.EqualFold(s, name) }) {
		return list
	}
	return append(list, name)
}

// dateline is what stands before the dash at the start of an agency's story:
// "KARVIK, 3 May (AP) —".
type dateline struct {
	length int    // in bytes, with the dash and the blanks before it
	credit string // the words in parentheses, "" if none
	date   whence.Date
}

// noDatelines are words in capitals that stand before a dash and are no place.
const noDatelines = " WATCH BREAKING UPDATE UPDATED EXCLUSIVE LIVE VIDEO PHOTOS READ MORE ALSO SEE RELATED CORRECTION NOTE EDITOR OPINION ANALYSIS FILE PHOTO LISTEN WARNING NEWS REVIEW "

// readDateline reads the dateline at the start of a paragraph. A place that is
// not in capitals must be followed by a known agency or a date, and a sentence
// must begin after the dash: "NASA — the space agency — said" has no dateline.
func readDateline(paragraph string) (dateline, bool) {
	const longest = 160
	head := paragraph
	if len(head) > longest {
		head = head[:longest]
	}
	dash := datelineDash(head)
	if dash < 0 {
		return dateline{}, false
	}
	r, size := utf8.DecodeRuneInString(head[dash:])
	end := dash + size
	for strings.HasPrefix(head[end:], string(r)) {
		end += size
	}
	if rest := strings.TrimLeft(paragraph[end:], " \u00a0\"“‘'([—–-"); startsSmall(rest) {
		return dateline{}, false
	}
	place, credit := cutDatelineCredit(strings.TrimSpace(head[:dash]))
	d := dateline{length: end, credit: credit}
	if dates := datesIn(place, orderUnknown); len(dates) > 0 && dates[0].Precision != whence.Year {
		d.date = dates[0].Date
	}
	return d, isDatelinePlace(place, credit, !d.date.IsZero())
}

// datelineDash finds the dash that ends a dateline: one with a blank or the
// text after it, and a blank or a parenthesis before it.
func datelineDash(s string) int {
	for i, r := range s {
		switch r {
		case '—', '–', '―', '-', '_':
		default:
			continue
		}
		if i == 0 {
			return -1
		}
		before := s[i-1]
		if before == ' ' || before == ')' || strings.HasSuffix(s[:i], "\u00a0") {
			return i
		}
		if r != '-' && r != '_' {
			return i
		}
	}
	return -1
}

// cutDatelineCredit cuts the parentheses at the end of a dateline's place.
func cutDatelineCredit(s string) (place, credit string) {
	if !strings.HasSuffix(s, ")") {
		return s, ""
	}
	open := strings.LastIndexByte(s, '(')
	if open < 0 {
		return s, ""
	}
	credit = strings.TrimSpace(s[open+1 : len(s)-1])
	if !startsUpper(credit) || isParty(credit) || len(credit) > 40 || len(strings.Fields(credit)) > 4 {
		return s, ""
	}
	return strings.TrimSpace(s[:open]), credit
}

// isParty tells the party and state of a politician: "R", "D-Ohio".
func isParty(s string) bool {
	return len(s) == 1 || len(s) > 1 && (s[1] == '-' || s[1] == ',' || s[1] == '.')
}

// isDatelinePlace tells whether place can be the place (and day) of a dateline
// that credits credit.
func isDatelinePlace(place, credit string, dated bool) bool {
	words := strings.Fields(place)
	const mostWords = 10
	if len(words) == 0 || len(words) > mostWords {
		return credit != "" && len(words) == 0 && len(credit) > 1
	}
	first := strings.Trim(words[0], ",.")
	if strings.Contains(noDatelines, " "+first+" ") || !startsUpper(first) || strings.ContainsAny(place, "?!:;\"“”") {
		return false
	}
	if isCapitals(first) && utf8.RuneCountInString(first) > 1 {
		return isCapitalPlace(words, len(credit) > 1 || dated)
	}
	if !isKnownAgency(datelineAgency(credit)) && !isStation(credit) && !dated {
		return false
	}
	for _, w := range words {
		bare := strings.Trim(w, ",.")
		if !startsUpper(bare) && !isNumberWord(bare) && !isParticle(bare) && !hasMonth(bare) {
			return false
		}
	}
	return true
}

// isCapitalPlace tells whether words are a place in capitals, with what may
// follow it after a comma: a country, a state, a day. Without sure, which is an
// agency or a date, the place is short: headings in capitals end in a dash too.
func isCapitalPlace(words []string, sure bool) bool {
	capitals, comma := 0, false
	for _, w := range words {
		bare := strings.Trim(w, ",.")
		switch {
		case isCapitals(bare) && !comma:
			capitals++
		case isNumberWord(bare) || isParticle(bare) || hasMonth(bare) || startsUpper(bare) && (comma || sure) || bare == "and" && !comma || bare == "":
		default:
			return false
		}
		comma = comma || strings.HasSuffix(w, ",")
	}
	const most, mostOfLongNames = 2, 3
	return sure || capitals <= most || capitals == mostOfLongNames && (comma || hasPlaceWord(words))
}

// hasPlaceWord tells the words that places' names of three words have.
func hasPlaceWord(words []string) bool {
	for _, w := range words {
		if strings.Contains(" NEW SAN SANTA NORTH SOUTH EAST WEST FORT PORT MOUNT ST. LOS LAS RIO CITY COUNTY BEACH ISLAND TOWNSHIP SPRINGS HEIGHTS FALLS LAKE BAY PARK HILLS VALLEY DE ", " "+w+" ") {
			return true
		}
	}
	return false
}

// isStation tells the call letters of American broadcasters: KABC, WXYZ-TV.
func isStation(credit string) bool {
	name, _, _ := strings.Cut(credit, "-")
	return (len(name) == 3 || len(name) == 4) && isCapitals(name) && (name[0] == 'K' || name[0] == 'W')
}

func isNumberWord(s string) bool {
	return s != "" && s[0] >= '0' && s[0] <= '9'
}

// creditsIn lists the agencies and outlets that text, cut into blocks, names
// as author or first reporter: in a dateline, a byline, a copyright line, a
// line on who contributed or where the article appeared first. The credit of a
// picture is not one.
func creditsIn(text string, blocks []whence.Block) []string {
	var credits []string
	cut := newCutter(text)
	body := 0
	for i, b := range blocks {
		var words string
		switch b.Role {
		case whence.RoleByline:
			_, named := splitByline(cut.words(b.Span))
			for _, n := range named {
				credits = appendNew(credits, n)
			}
			continue
		case whence.RoleCredit, whence.RoleNotice:
			words := cut.words(b.Span)
			credits = appendNew(credits, republishedFrom(words))
			if b.Role == whence.RoleCredit {
				credits = appendNew(credits, lineCredit(words))
			}
			continue
		case whence.RoleDateline:
			words = cut.words(b.Span)
		case whence.RoleParagraph:
			if body++; body > 3 && i < len(blocks)-3 {
				continue
			}
			words = cut.words(b.Span)
			credits = appendNew(credits, signature(words))
		default:
			continue
		}
		if d, ok := readDateline(words); ok && d.credit != "" && body <= 3 {
			credits = appendNew(credits, datelineCredit(d.credit))
		}
	}
	return dropInitials(credits)
}

// datelineCredit names whom a dateline's parentheses credit: an agency, or
// what stands there, which is how agencies unknown to the table sign.
func datelineCredit(credit string) string {
	words := datelineAgency(credit)
	if own, ok := agency(words); ok {
		return own
	}
	return words
}

// datelineAgency is the first of several that a dateline credits.
func datelineAgency(credit string) string {
	for _, sep := range [...]string{"/", " and ", " - "} {
		credit, _, _ = strings.Cut(credit, sep)
	}
	return credit
}

// signature is the agency that the last words of a paragraph sign it with:
// "… he said. — Reuters".
func signature(words string) string {
	words = strings.TrimRight(words, " .")
	at := strings.LastIndexAny(words, ".!?\"”")
	if at < 0 {
		return ""
	}
	_, size := utf8.DecodeRuneInString(words[at:])
	tail := strings.TrimSpace(words[at+size:])
	if len(tail) > 40 {
		return ""
	}
	signed := strings.TrimLeft(tail, "—–- /(")
	if signed == tail && !isCapitals(tail) {
		return ""
	}
	own, _ := knownAgency(strings.TrimRight(signed, ")"))
	return own
}

// pictureWords mark the credit of a picture.
var pictureWords = [...]string{"photo", "picture", "image", "illustration", "getty", "graphic", "video", "cartoon", "pool"}

// lineCredit is the agency that a credit line names.
func lineCredit(line string) string {
	lower := strings.ToLower(line)
	for _, w := range pictureWords {
		if strings.Contains(lower, w) {
			return ""
		}
	}
	if own, ok := agency(line); ok && len(strings.Fields(line)) <= 4 {
		return own
	}
	for _, rest := range creditRests(line, lower) {
		if own := leadingAgency(rest); own != "" {
			return own
		}
	}
	return ""
}

// republications begin what says where an article appeared first.
var republications = [...]string{"first appeared in ", "first appeared on ", "originally appeared in ", "originally appeared on ", "first published in ", "first published by ", "first published on ", "originally published in ", "originally published by ", "originally published on ", "republished from ", "reprinted from ", "reproduced from "}

// republishedFrom is the outlet that a line says the article is taken over
// from: "This article first appeared in the Harbour Post and is republished
// with permission."
func republishedFrom(line string) string {
	for _, mark := range republications {
		i := strings.Index(line, mark)
		if i < 0 {
			continue
		}
		var name []string
		for w := range strings.FieldsSeq(withoutThe(line[i+len(mark):])) {
			if !startsUpper(w) && w != "&" && (len(name) == 0 || !isParticle(w) && w != "of") {
				break
			}
			name = append(name, strings.TrimRight(w, ".,;:)"))
			if strings.ContainsAny(w[len(w)-1:], ".,;:)") {
				break
			}
		}
		named := strings.Join(name, " ")
		if own, ok := agency(named); ok {
			return own
		}
		if len(datesIn(named, orderUnknown)) == 0 && !hasMonth(named) {
			return named
		}
	}
	return ""
}

// creditRests are the parts of a credit line that begin with the name of
// whom it credits, as its form has it.
func creditRests(line, lower string) []string {
	var rests []string
	for _, mark := range [...]string{"©", "(c)", "copyright", "reporting by", "files from", "inputs from", "input from", "reports from", "report from", "source:", "provided by", "distributed by", "contributed by", "information from", "material from"} {
		if i := strings.Index(lower, mark); i >= 0 && len(lower) == len(line) {
			rests = append(rests, strings.TrimLeft(line[i+len(mark):], " :-–0123456789©(),by"))
		}
	}
	if i := strings.Index(lower, " contributed to "); i >= 0 && len(lower) == len(line) {
		named := line[:i]
		for _, sep := range [...]string{" and ", ", ", "’s ", "'s ", " of "} {
			if _, after, ok := strings.Cut(named, sep); ok {
				rests = append(rests, after)
			}
		}
		rests = append(rests, named)
		for first := range strings.SplitSeq(strings.ReplaceAll(named, "’s ", "'s "), "'s ") {
			rests = append(rests, first)
			break
		}
	}
	return rests
}

// leadingAgency is the agency whose name s begins with.
func leadingAgency(s string) string {
	words := strings.Fields(s)
	for n := min(len(words), 6); n > 0; n-- {
		if own, ok := agency(strings.Join(words[:n], " ")); ok {
			return own
		}
	}
	return ""
}

// dropInitials leaves out the initials of an agency that stands there with its
// full name.
func dropInitials(credits []string) []string {
	var kept []string
	for _, short := range credits {
		if !isCapitals(short) || !slices.ContainsFunc(credits, func(full string) bool { return full != short && initials(full) == short }) {
			kept = append(kept, short)
		}
	}
	return kept
}

func initials(name string) string {
	var b strings.Builder
	for w := range strings.FieldsSeq(name) {
		r, _ := utf8.DecodeRuneInString(w)
		if unicode.IsUpper(r) && w != "The" {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// cutter gives the words at spans of code points in a text, cheapest when they
// are asked for in order.
type cutter struct {
	text      string
	rune, off int
}

func newCutter(text string) *cutter { return &cutter{text: text} }

// words is the text at s; spans outside the text are cut to it.
func (c *cutter) words(s whence.Span) string {
	start := c.seek(s.Start)
	return c.text[start:c.seek(s.End)]
}

// seek gives the byte offset of the code point n.
func (c *cutter) seek(n int) int {
	if n < c.rune {
		c.rune, c.off = 0, 0
	}
	for c.rune < n && c.off < len(c.text) {
		_, size := utf8.DecodeRuneInString(c.text[c.off:])
		c.off += size
		c.rune++
	}
	return c.off
}
