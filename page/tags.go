package page

import "golang.org/x/net/html/atom"

// kind is how an element takes part in a page's layout.
type kind uint8

const (
	kindInline kind = iota // within a line
	kindBlock              // begins and ends a block
	kindBare               // counts for the article finder, but holds no text
	kindUnseen             // nothing of it is shown
)

// kinds are the kinds of elements; those not listed are inline.
var kinds = map[atom.Atom]kind{
	atom.Address: kindBlock, atom.Article: kindBlock, atom.Aside: kindBlock, atom.Blockquote: kindBlock,
	atom.Body: kindBlock, atom.Caption: kindBlock, atom.Center: kindBlock, atom.Dd: kindBlock,
	atom.Details: kindBlock, atom.Dialog: kindBlock, atom.Dir: kindBlock, atom.Div: kindBlock,
	atom.Dl: kindBlock, atom.Dt: kindBlock, atom.Fieldset: kindBlock, atom.Figcaption: kindBlock,
	atom.Figure: kindBlock, atom.Footer: kindBlock, atom.Form: kindBlock, atom.H1: kindBlock,
	atom.H2: kindBlock, atom.H3: kindBlock, atom.H4: kindBlock, atom.H5: kindBlock, atom.H6: kindBlock,
	atom.Header: kindBlock, atom.Hgroup: kindBlock, atom.Hr: kindBlock, atom.Html: kindBlock,
	atom.Legend: kindBlock, atom.Li: kindBlock, atom.Main: kindBlock, atom.Menu: kindBlock,
	atom.Nav: kindBlock, atom.Ol: kindBlock, atom.P: kindBlock, atom.Pre: kindBlock,
	atom.Section: kindBlock, atom.Summary: kindBlock, atom.Table: kindBlock, atom.Tbody: kindBlock,
	atom.Td: kindBlock, atom.Tfoot: kindBlock, atom.Th: kindBlock, atom.Thead: kindBlock,
	atom.Tr: kindBlock, atom.Ul: kindBlock, atom.Plaintext: kindBlock, atom.Xmp: kindBlock,
	atom.Listing: kindBlock,

	atom.Img: kindBare, atom.Input: kindBare, atom.Iframe: kindBare, atom.Embed: kindBare,
	atom.Object: kindBare, atom.Video: kindBare, atom.Audio: kindBare, atom.Select: kindBare,
	atom.Textarea: kindBare, atom.Button: kindBare, atom.Picture: kindBare,

	atom.Head: kindUnseen, atom.Script: kindUnseen, atom.Style: kindUnseen, atom.Template: kindUnseen,
	atom.Svg: kindUnseen, atom.Math: kindInline, atom.Noscript: kindUnseen, atom.Noframes: kindUnseen,
	atom.Noembed: kindUnseen, atom.Link: kindUnseen, atom.Meta: kindUnseen, atom.Title: kindUnseen,
	atom.Base: kindUnseen, atom.Map: kindUnseen, atom.Canvas: kindUnseen, atom.Datalist: kindUnseen,
	atom.Frameset: kindUnseen, atom.Source: kindUnseen, atom.Track: kindUnseen, atom.Param: kindUnseen,
	atom.Col: kindUnseen, atom.Colgroup: kindUnseen, atom.Area: kindUnseen, atom.Wbr: kindInline,
}
