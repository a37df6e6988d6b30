package page

import "golang.org/x/net/html/atom"

// trait is what an element's name, class, id or role says of what is in it.
type trait uint32

const (
	traitUnseen     trait = 1 << iota // for screen readers alone
	traitNavigation                   // menus, breadcrumbs, page numbers
	traitAside                        // beside the article
	traitFooter                       // at the foot of something
	traitRelated                      // links to other stories
	traitShare                        // share and follow buttons
	traitComments                     // readers' comments
	traitAdvert                       // advertising
	traitPitch                        // newsletters, subscriptions, consent
	traitTags                         // topics, keywords
	traitBio                          // about the author
	traitByline
	traitDate
	traitStandfirst
	traitTitle
	traitCaption
	traitCredit
	traitNotice
	traitPullQuote // words of the article, shown again
	traitBody      // the article's text
	traitList      // in a list
	traitQuote     // in a <blockquote>
	traitFigure    // in a <figure>

	// traitFurniture is what stands around an article and is no part of it.
	traitFurniture = traitNavigation | traitAside | traitFooter | traitRelated | traitShare |
		traitComments | traitAdvert | traitPitch | traitTags | traitBio | traitPullQuote

	// traitInline may also come from an element inside a line.
	traitInline = traitByline | traitDate | traitCredit
)

// words gives the traits of the words that newsrooms' systems put into classes,
// ids and test marks. Two words in a row are looked up joined, before each.
var words = map[string]trait{
	"sronly": traitUnseen, "visuallyhidden": traitUnseen, "screenreader": traitUnseen,

	"nav": traitNavigation, "navbar": traitNavigation, "navigation": traitNavigation,
	"menu": traitNavigation, "submenu": traitNavigation, "subnav": traitNavigation,
	"topnav": traitNavigation, "breadcrumb": traitNavigation, "breadcrumbs": traitNavigation,
	"pagination": traitNavigation, "pager": traitNavigation, "skiplink": traitNavigation,
	"masthead": traitNavigation, "toolbar": traitNavigation,

	"sidebar": traitAside, "aside": traitAside, "rail": traitAside, "complementary": traitAside,

	"footer": traitFooter,

	"related": traitRelated, "recirc": traitRelated, "recirculation": traitRelated,
	"recommended": traitRelated, "recommendation": traitRelated, "recommendations": traitRelated,
	"readmore": traitRelated, "readalso": traitRelated, "readnext": traitRelated,
	"alsolike": traitRelated, "seealso": traitRelated, "morestories": traitRelated,
	"morefrom": traitRelated, "moreon": traitRelated, "teaser": traitRelated,
	"teasers": traitRelated, "outbrain": traitRelated, "taboola": traitRelated,
	"zergnet": traitRelated, "trending": traitRelated, "popular": traitRelated,
	"mostread": traitRelated, "upnext": traitRelated, "promo": traitRelated,
	"promos": traitRelated, "relatedposts": traitRelated, "crosslinks": traitRelated,
	"storylink": traitRelated, "yarpp": traitRelated, "latestnews": traitRelated,
	"nextarticle": traitRelated, "similar": traitRelated,

	"share": traitShare, "sharing": traitShare, "shares": traitShare, "social": traitShare,
	"sharebar": traitShare, "sharedaddy": traitShare, "addthis": traitShare,
	"addtoany": traitShare, "sharethis": traitShare, "followus": traitShare,

	"comment": traitComments, "comments": traitComments, "disqus": traitComments,
	"respond": traitComments, "replies": traitComments, "livefyre": traitComments,
	"spotim": traitComments, "viafoura": traitComments, "commentlist": traitComments,

	"ad": traitAdvert, "ads": traitAdvert, "advert": traitAdvert, "adverts": traitAdvert,
	"advertisement": traitAdvert, "advertising": traitAdvert, "sponsored": traitAdvert,
	"sponsor": traitAdvert, "dfp": traitAdvert, "adslot": traitAdvert, "adunit": traitAdvert,
	"mpu": traitAdvert, "affiliate": traitAdvert, "disclosure": traitAdvert,

	"newsletter": traitPitch, "newsletters": traitPitch, "subscribe": traitPitch,
	"subscription": traitPitch, "subscriptions": traitPitch, "signup": traitPitch,
	"optin": traitPitch, "paywall": traitPitch, "regwall": traitPitch, "donate": traitPitch,
	"donation": traitPitch, "cta": traitPitch, "popup": traitPitch, "modal": traitPitch,
	"cookie": traitPitch, "cookies": traitPitch, "consent": traitPitch, "gdpr": traitPitch,
	"membership": traitPitch, "dialog": traitPitch, "alertdialog": traitPitch,
	"banner": traitPitch, "login": traitPitch, "signin": traitPitch,
	"tipbox": traitPitch, "bottomof": traitPitch,

	"tags": traitTags, "taglist": traitTags, "keywords": traitTags, "topics": traitTags,
	"categories": traitTags,

	"bio": traitBio, "biography": traitBio, "authorbio": traitBio, "aboutauthor": traitBio,
	"authorbox": traitBio, "authordescription": traitBio, "authorprofile": traitBio,
	"authorcontent": traitBio, "abouttheauthor": traitBio,

	"byline": traitByline, "bylines": traitByline, "author": traitByline,
	"authors": traitByline, "contributor": traitByline, "contributors": traitByline,
	"reporter": traitByline, "writer": traitByline, "writers": traitByline,
	"columnist": traitByline,

	"date": traitDate, "dateline": traitDate, "datetime": traitDate, "timestamp": traitDate,
	"published": traitDate, "pubdate": traitDate, "datepublished": traitDate,
	"datemodified": traitDate, "updated": traitDate, "posted": traitDate, "dates": traitDate,
	"postmeta": traitDate, "entrymeta": traitDate, "articlemeta": traitDate,
	"postinfo": traitDate,

	"standfirst": traitStandfirst, "dek": traitStandfirst, "deck": traitStandfirst,
	"subtitle": traitStandfirst, "subheadline": traitStandfirst, "summary": traitStandfirst,
	"strapline": traitStandfirst, "excerpt": traitStandfirst, "subhed": traitStandfirst,

	"headline": traitTitle, "title": traitTitle,

	"caption": traitCaption, "captions": traitCaption, "figcaption": traitCaption,
	"cutline": traitCaption,

	"credit": traitCredit, "credits": traitCredit, "copyright": traitCredit,
	"photographer": traitCredit,

	"correction": traitNotice, "corrections": traitNotice, "clarification": traitNotice,
	"editorsnote": traitNotice, "editornote": traitNotice, "erratum": traitNotice,
	"amendment": traitNotice,

	"pullquote": traitPullQuote,

	"articlebody": traitBody, "storybody": traitBody, "entrycontent": traitBody,
	"postcontent": traitBody, "postbody": traitBody, "articlecontent": traitBody,
	"articletext": traitBody, "bodycopy": traitBody,
}

// tagTraits are what the elements of HTML say by themselves.
var tagTraits = map[atom.Atom]trait{
	atom.Nav: traitNavigation, atom.Menu: traitNavigation, atom.Aside: traitAside,
	atom.Footer: traitFooter, atom.Form: traitPitch, atom.Dialog: traitPitch,
	atom.Figcaption: traitCaption, atom.Figure: traitFigure,
	atom.Blockquote: traitQuote, atom.Ul: traitList, atom.Ol: traitList,
	atom.Time: traitDate,
}

// wordTraits gives the traits of the value of a class, an id or the like. Words
// are parted by marks, digits and capitals: "articleBody", "article-body". A
// blank parts names: words in a row are of one name.
func wordTraits(value string) trait {
	var t trait
	var joined [2 * longestWord]byte // the word before and this one, in small letters
	before, length := 0, 0
	for i := 0; i <= len(value); i++ {
		if i < len(value) && isLetter(value[i]) {
			if i > 0 && isUpper(value[i]) && !isUpper(value[i-1]) {
				t |= lookWord(joined[:], &before, &length)
			}
			if length <= longestWord {
				joined[before+min(length, longestWord-1)] = value[i] | 0x20
				length++
			}
			continue
		}
		t |= lookWord(joined[:], &before, &length)
		if i < len(value) && isSpace(value[i]) {
			before = 0
		}
	}
	return t
}

// longestWord is the most letters of a word that is looked up.
const longestWord = 16

// lookWord gives the traits of the word that ends here, alone and joined to the
// word before it, and makes it the word before.
func lookWord(joined []byte, before, length *int) trait {
	if *length == 0 {
		return 0
	}
	end := *before + *length
	var t trait
	if *length <= longestWord {
		t = words[string(joined[*before:end])]
		if *before > 0 {
			t |= words[string(joined[:end])]
		}
		copy(joined, joined[*before:end])
		*before = *length
	} else {
		*before = 0
	}
	*length = 0
	return t
}

func isLetter(c byte) bool { return isUpper(c) || 'a' <= c && c <= 'z' }

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
