package text

// period says when a word takes a full stop after it into its token.
type period uint8

const (
	always       period = iota + 1
	named               // and it is written with a capital, where the word in lower case is another
	beforeNumber        // and a number follows: "No. 3"
)

// abbreviations, in lower case, without their full stop. Where a sentence ends
// with one, its stop is split off again.
var abbreviations = map[string]period{
	// titles
	"mr": always, "mrs": always, "ms": always, "messrs": always, "mlle": always, "mme": always, "mx": always, "dr": always, "drs": always, "prof": always, "profs": always,
	"rev": always, "revs": always, "hon": named, "fr": named, "sr": always, "jr": always, "snr": always, "jnr": always, "esq": always, "gov": always, "govs": always, "sen": always,
	"sens": always, "rep": always, "reps": named, "pres": named, "atty": always, "attn": always, "supt": always, "insp": always, "amb": named,
	"gen": named, "lt": always, "col": named, "maj": named, "capt": always, "sgt": always, "cpl": always, "pvt": always, "cmdr": always, "comdr": always,
	"adm": named, "brig": named, "cmdt": always, "det": named, "asst": always, "dept": always, "spc": named, "pfc": always, "ret": named, "mgr": always, "msgr": always,
	// places and streets
	"st": always, "ste": named, "mt": always, "mts": always, "ft": always, "ave": always, "blvd": always, "rd": always, "hwy": always, "pkwy": always, "sq": always,
	"bldg": always, "apt": named, "ala": named, "ariz": named, "ark": named, "calif": always, "cal": named, "colo": always, "conn": named, "del": named, "fla": always, "ga": named,
	"ill": named, "ind": named, "kan": named, "ky": named, "la": named, "md": named, "mich": named, "minn": always, "miss": named, "mo": named,
	"mont": named, "neb": named, "nev": named, "okla": always, "ore": named, "pa": named, "penn": named, "tenn": named, "tex": named, "vt": named,
	"va": named, "wash": named, "wis": named, "wyo": named, "ont": named, "que": named, "alta": named,
	// months and days
	"jan": named, "feb": always, "mar": named, "apr": always, "jun": named, "jul": named, "aug": always, "sept": always, "sep": always,
	"oct": always, "nov": always, "dec": always, "mon": named, "tue": named, "tues": always, "wed": named, "thu": named, "thur": always, "thurs": always, "fri": named, "sat": named, "sun": named,
	// firms and bodies
	"inc": always, "corp": always, "co": always, "cos": always, "ltd": always, "plc": always, "bros": always, "assn": always, "assoc": always, "univ": always, "intl": always, "mfg": always, "dist": named,
	// references and measures
	"no": beforeNumber, "nos": beforeNumber, "vol": always, "vols": always, "pp": always, "p": beforeNumber, "art": beforeNumber, "sec": beforeNumber, "fig": always, "figs": always, "ch": beforeNumber, "para": beforeNumber, "c": beforeNumber,
	"ed": named, "eds": always, "eq": always, "ca": always, "approx": always, "max": beforeNumber, "min": beforeNumber, "lb": always, "lbs": always, "oz": always, "hr": always, "hrs": always, "yrs": always,
	// running text
	"vs": always, "v": always, "etc": always, "al": always, "cf": always, "viz": always, "esp": always, "eg": always, "ie": always, "incl": always, "ext": always, "tel": always, "misc": always, "govt": always, "natl": always,
}

// follower is what follows an abbreviation that ends no sentence then.
type follower uint8

const (
	aName follower = iota + 1
	aNumber
	anything
)

// followers, in lower case, are what abbreviations are followed by.
var followers = map[string]follower{
	"mr": aName, "mrs": aName, "ms": aName, "messrs": aName, "mlle": aName, "mme": aName, "mx": aName, "dr": aName, "drs": aName, "prof": aName, "profs": aName,
	"rev": aName, "revs": aName, "hon": aName, "fr": aName, "gov": aName, "govs": aName, "sen": aName, "sens": aName, "rep": aName, "reps": aName, "pres": aName, "atty": aName, "supt": aName, "insp": aName, "amb": aName,
	"gen": aName, "lt": aName, "col": aName, "maj": aName, "capt": aName, "sgt": aName, "cpl": aName, "pvt": aName, "cmdr": aName, "comdr": aName, "adm": aName, "brig": aName, "cmdt": aName, "det": aName, "msgr": aName, "vs": aName, "v": aName,
	"mt": aName, "ft": aName,
	"e.g": anything, "i.e": anything, "eg": anything, "ie": anything, "cf": anything, "viz": anything, "esp": anything, "incl": anything,
	"jan": aNumber, "feb": aNumber, "mar": aNumber, "apr": aNumber, "jun": aNumber, "jul": aNumber, "aug": aNumber, "sept": aNumber, "sep": aNumber, "oct": aNumber, "nov": aNumber, "dec": aNumber,
	"no": aNumber, "nos": aNumber, "vol": aNumber, "vols": aNumber, "pp": aNumber, "p": aNumber, "art": aNumber, "sec": aNumber, "fig": aNumber, "figs": aNumber, "ch": aNumber, "para": aNumber, "c": aNumber, "ca": aNumber, "approx": aNumber,
}

// starters, in lower case, are words that start a sentence if they are
// capitalised after an abbreviation, in headlines too.
var starters = map[string]bool{
	"the": true, "he": true, "she": true, "it": true, "they": true, "we": true, "you": true, "his": true, "her": true, "its": true, "their": true, "our": true,
	"these": true, "those": true, "there": true, "but": true, "however": true, "nobody": true,
}

// prefixes and suffixes, in lower case, stay in one token with the word at the
// other side of the hyphen; any other hyphen is a token of its own.
var (
	prefixes = map[string]bool{
		"a": true, "agro": true, "ante": true, "anti": true, "arch": true, "be": true, "bi": true, "bio": true, "co": true, "counter": true, "cross": true, "cyber": true, "de": true, "e": true, "eco": true, "ex": true, "extra": true,
		"inter": true, "intra": true, "macro": true, "mega": true, "micro": true, "mid": true, "mini": true, "multi": true, "neo": true, "non": true, "over": true, "para": true, "peri": true, "post": true, "pre": true, "pro": true, "pseudo": true,
		"re": true, "semi": true, "socio": true, "sub": true, "super": true, "tri": true, "u": true, "ultra": true, "un": true, "uni": true,
	}
	suffixes = map[string]bool{"esque": true, "ette": true, "fest": true, "fold": true, "gate": true, "itis": true, "less": true, "most": true, "rama": true, "wise": true}
)

// contractions, in lower case, are words written as one without an apostrophe.
// The value is where the second one starts.
var contractions = map[string]int{
	"cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3, "gimme": 3, "lemme": 3,
	"dont": 2, "didnt": 3, "doesnt": 4, "couldnt": 5, "wouldnt": 5, "shouldnt": 6, "isnt": 2, "wasnt": 3, "werent": 4, "arent": 3, "hasnt": 3, "havent": 4, "hadnt": 3, "cant": 2, "wont": 2, "aint": 2,
	"im": 1, "ive": 1, "youre": 3, "youve": 3, "youll": 3, "theyre": 4, "theyve": 4, "theyll": 4, "weve": 2, "thats": 4, "theres": 5, "whats": 4, "hes": 2, "shes": 3,
}

// clitics, in lower case, are split from the word before their apostrophe.
var clitics = map[string]bool{"s": true, "m": true, "re": true, "ve": true, "ll": true, "d": true}

// elisions, in lower case, are words that start with an apostrophe.
var elisions = map[string]bool{"em": true, "til": true, "till": true, "cause": true, "cuz": true, "tis": true, "twas": true, "round": true, "bout": true, "n": true}

// units are split from the number they are written to. "4G" and "3D" are not
// measured in anything, so case counts.
var units = map[string]bool{
	"am": true, "pm": true, "AM": true, "PM": true, "Am": true, "Pm": true, "k": true, "K": true, "m": true, "M": true, "b": true, "B": true, "t": true, "bn": true, "tn": true, "mn": true, "mm": true, "cm": true, "km": true, "kg": true, "mg": true, "lb": true, "lbs": true, "oz": true, "ft": true, "in": true, "mi": true, "mph": true, "kph": true, "kmh": true, "km²": true, "m²": true, "MW": true, "kW": true, "GW": true, "KW": true, "kWh": true, "MWh": true, "GWh": true, "KWh": true, "Hz": true, "kHz": true, "MHz": true, "GHz": true, "Khz": true, "Mhz": true, "KB": true, "kB": true, "MB": true, "Mb": true, "GB": true, "Gb": true, "TB": true, "c": true, "C": true, "f": true, "F": true, "v": true, "V": true, "hp": true, "hr": true, "hrs": true, "min": true, "mins": true, "sec": true, "secs": true, "yr": true, "yrs": true, "yo": true, "pt": true, "px": true, "p": true, "x": true, "cc": true, "ha": true, "hh": true, "sqm": true, "sqft": true, "ppm": true, "USD": true, "EUR": true, "percent": true,
}

// endings, in lower case, are the last labels of host and file names: what
// they end keeps its dots.
var endings = map[string]bool{
	"com": true, "org": true, "net": true, "edu": true, "gov": true, "mil": true, "int": true, "info": true, "biz": true, "io": true, "tv": true, "uk": true, "us": true, "eu": true, "de": true, "fr": true, "ru": true, "cn": true, "jp": true, "au": true, "nz": true, "ca": true, "ch": true, "nl": true, "ie": true, "il": true, "ua": true, "mx": true, "br": true, "co": true, "ly": true, "fm": true, "ai": true, "app": true, "dev": true, "news": true, "blog": true,
	"doc": true, "docx": true, "xls": true, "xlsx": true, "ppt": true, "pdf": true, "txt": true, "html": true, "htm": true, "php": true, "jpg": true, "jpeg": true, "png": true, "gif": true, "zip": true, "exe": true, "csv": true, "mp3": true, "mp4": true, "url": true, "js": true, "py": true, "go": true,
}

// dotted, in lower case, are abbreviations with a dot inside that single
// letters do not make.
var dotted = []string{"ph.d", "m.sc", "b.sc", "d.phil", "b.eng", "m.eng", "ll.b", "ll.m", "ed.d"}

// faces are emoticons and arrows that eyes, nose and mouth do not make.
var faces = []string{"<3", "</3", "^_^", "^^", "-_-", ">:(", "(:", "(;", "->", "<-", "[...]"}
