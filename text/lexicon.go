package text

// period says when a word takes a full stop after it into its token.
type period uint8

const (
	always      period = iota + 1
	beforeUpper        // and the next word starts with an upper-case letter: "St. Orla"
	beforeDigit        // and a number follows: "No. 3"
)

// abbreviations, in lower case, without their full stop.
var abbreviations = map[string]period{
	// titles
	"mr": always, "mrs": always, "ms": always, "messrs": always, "mlle": always, "mme": always, "dr": always, "drs": always, "prof": always,
	"rev": always, "revs": always, "hon": beforeUpper, "fr": beforeUpper, "sr": always, "jr": always, "esq": always, "gov": always, "govs": always, "sen": always,
	"sens": always, "rep": always, "reps": always, "pres": beforeUpper, "atty": always, "supt": always, "insp": always, "amb": beforeUpper,
	"gen": always, "lt": always, "col": always, "maj": always, "capt": always, "sgt": always, "cpl": always, "pvt": always, "cmdr": always, "comdr": always,
	"adm": always, "brig": always, "cmdt": always, "det": beforeUpper, "asst": always, "dept": always, "spc": beforeUpper, "pfc": beforeUpper, "ret": always,
	// places and streets
	"st": always, "ste": beforeUpper, "mt": beforeUpper, "ft": beforeUpper, "ave": always, "blvd": always, "rd": always, "hwy": always, "pkwy": always, "sq": always,
	"bldg": always, "apt": always, "ariz": always, "ark": always, "calif": always, "colo": always, "conn": always, "del": beforeUpper, "fla": always, "ga": always,
	"ill": beforeUpper, "ind": beforeUpper, "kan": always, "ky": always, "la": beforeUpper, "md": always, "mich": always, "minn": always, "miss": beforeUpper, "mo": beforeUpper,
	"mont": always, "neb": always, "nev": always, "okla": always, "ore": beforeUpper, "pa": beforeUpper, "penn": always, "tenn": always, "tex": always, "vt": always,
	"va": always, "wash": beforeUpper, "wis": always, "wyo": always, "ont": always, "que": always, "alta": always,
	// months and days
	"jan": always, "feb": always, "mar": beforeDigit, "apr": always, "jun": beforeDigit, "jul": always, "aug": always, "sept": always, "sep": always,
	"oct": always, "nov": always, "dec": always, "mon": beforeUpper, "tue": always, "tues": always, "wed": beforeUpper, "thu": always, "thur": always, "thurs": always, "fri": always,
	// firms and bodies
	"inc": always, "corp": always, "co": always, "cos": always, "ltd": always, "plc": always, "bros": always, "assn": always, "assoc": always, "univ": always, "intl": always, "mfg": always, "dist": always,
	// references and measures
	"no": beforeDigit, "nos": beforeDigit, "vol": always, "vols": always, "pp": always, "p": beforeDigit, "art": beforeDigit, "sec": beforeDigit, "fig": always, "figs": always, "ch": beforeDigit,
	"ed": beforeUpper, "eds": always, "eq": always, "ca": always, "approx": always, "est": always, "max": beforeDigit, "min": beforeDigit, "sq ft": always, "lb": always, "lbs": always, "oz": always, "hr": always, "hrs": always, "mph": always,
	// running text
	"vs": always, "v": beforeUpper, "etc": always, "al": always, "cf": always, "viz": always, "eg": always, "ie": always, "incl": always, "ext": always, "tel": always, "misc": always, "temp": always, "govt": always, "natl": always,
}

// prefixes, in lower case, keep the word after their hyphen in one token; any
// other hyphen is a token of its own.
var prefixes = map[string]bool{
	"a": true, "ante": true, "anti": true, "arch": true, "bi": true, "co": true, "contra": true, "counter": true, "cross": true, "de": true, "demi": true, "di": true, "dis": true, "e": true, "ex": true, "extra": true,
	"fore": true, "hyper": true, "infra": true, "inter": true, "intra": true, "macro": true, "mal": true, "mega": true, "meta": true, "micro": true, "mid": true, "mini": true, "mis": true, "mono": true, "multi": true,
	"non": true, "omni": true, "over": true, "pan": true, "para": true, "peri": true, "poly": true, "post": true, "pre": true, "pro": true, "proto": true, "pseudo": true, "quasi": true, "re": true, "semi": true,
	"socio": true, "sub": true, "super": true, "supra": true, "sur": true, "tele": true, "trans": true, "tri": true, "u": true, "ultra": true, "un": true, "uni": true, "under": true, "vice": false,
}

// contractions, in lower case, are words written as one without an apostrophe.
// The value is where the second one starts.
var contractions = map[string]int{
	"cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3, "gimme": 3, "lemme": 3,
	"dont": 2, "didnt": 3, "doesnt": 4, "couldnt": 5, "wouldnt": 5, "shouldnt": 6, "isnt": 2, "wasnt": 3, "werent": 4, "arent": 3, "hasnt": 3, "havent": 4, "hadnt": 3, "cant": 2, "wont": 2, "aint": 2,
	"im": 1, "ive": 1, "youre": 3, "youve": 3, "youll": 3, "theyre": 4, "theyve": 4, "theyll": 4, "weve": 2, "thats": 4, "theres": 5, "whats": 4, "hes": 2, "shes": 3, "lets": 3,
}

// clitics, in lower case, are split from the word before their apostrophe.
var clitics = map[string]bool{"s": true, "m": true, "re": true, "ve": true, "ll": true, "d": true}

// elisions, in lower case, are words that start with an apostrophe.
var elisions = map[string]bool{"em": true, "til": true, "till": true, "cause": true, "cuz": true, "tis": true, "twas": true, "round": true, "bout": true, "n": true}

// units, in lower case, are split from the number they are written to.
var units = map[string]bool{
	"am": true, "pm": true, "k": true, "m": true, "bn": true, "tn": true, "mn": true, "mm": true, "cm": true, "km": true, "kg": true, "g": true, "mg": true, "lb": true, "lbs": true, "oz": true, "ft": true, "in": true, "mi": true,
	"mph": true, "kph": true, "kmh": true, "mw": true, "kw": true, "gw": true, "kwh": true, "mwh": true, "hz": true, "khz": true, "mhz": true, "ghz": true, "kb": true, "mb": true, "gb": true, "tb": true, "c": true, "f": true, "v": true, "w": true, "l": true, "ml": true,
	"hr": true, "hrs": true, "h": true, "min": true, "mins": true, "sec": true, "secs": true, "yr": true, "yrs": true, "yo": true, "pt": true, "px": true, "p": true, "x": true, "a.m": true, "p.m": true, "cc": true, "ha": true, "sqm": true, "ppm": true, "lbs.": true, "usd": true, "eur": true,
}

// endings, in lower case, are the last labels of host and file names: what
// they end keeps its dots.
var endings = map[string]bool{
	"com": true, "org": true, "net": true, "edu": true, "gov": true, "mil": true, "int": true, "info": true, "biz": true, "io": true, "tv": true, "uk": true, "us": true, "eu": true, "de": true, "fr": true, "ru": true, "cn": true, "jp": true, "au": true, "nz": true, "ca": true, "ch": true, "nl": true, "ie": true, "il": true, "ua": true, "mx": true, "br": true, "co": true, "ly": true, "fm": true, "ai": true, "app": true, "dev": true, "news": true, "blog": true,
	"doc": true, "docx": true, "xls": true, "xlsx": true, "ppt": true, "pdf": true, "txt": true, "html": true, "htm": true, "php": true, "jpg": true, "jpeg": true, "png": true, "gif": true, "zip": true, "exe": true, "csv": true, "mp3": true, "mp4": true, "url": true, "js": true, "py": true, "go": true,
}

// dotted, in lower case, are abbreviations with a dot inside that single
// letters do not make.
var dotted = []string{"ph.d", "m.sc", "b.sc", "d.phil", "b.eng", "m.eng", "ll.b", "ll.m", "ed.d", "st.rep"}
