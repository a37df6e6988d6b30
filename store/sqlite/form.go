package sqlite

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"reflect"

	"whence"
)

// The form in which readings are kept: the fields of each struct that are not
// zero, each as its number and its value, and a 0 behind the last. Numbers are
// varints, places stand by their distance from the place before, a string that
// comes again by its number.

// fields gives the fields of each struct their numbers, from 1. Fields are only
// ever added at the ends: what was written before stays readable. The text is
// apart, and the words of findings are taken from it, see [bared].
var fields = map[reflect.Type][]string{
	reflect.TypeFor[whence.Reading](): {"Article", "Names", "Attributions", "Figures", "Times", "Places", "Events"},
	reflect.TypeFor[whence.Article](): {"Path", "ID", "URL", "Canonical", "Outlet", "Title", "Byline", "Credits", "Published", "Modified",
		"Captured", "Language", "Text", "Blocks", "Warnings"},
	reflect.TypeFor[whence.Block]():       {"Role", "Span", "Links"},
	reflect.TypeFor[whence.Link]():        {"Span", "Href"},
	reflect.TypeFor[whence.Name]():        {"ID", "Name", "Kind", "Roles", "Mentions"},
	reflect.TypeFor[whence.Attribution](): {"ID", "Source", "Cue", "Content", "Quotation", "Kind", "Response", "Relay", "Parent", "Score"},
	reflect.TypeFor[whence.Source]():      {"Phrase", "Kind", "Anonymous", "Count", "Reason", "Name"},
	reflect.TypeFor[whence.Phrase]():      {"Spans", "Text"},
	reflect.TypeFor[whence.Relay]():       {"Span", "Name", "Kind"},
	reflect.TypeFor[whence.Figure](): {"ID", "Span", "Text", "Low", "High", "Qualifier", "Unit", "Counted", "Measure", "Change", "PartOf",
		"Period", "Place", "Hedge", "Status", "Attribution"},
	reflect.TypeFor[whence.Counted](): {"Span", "Head"},
	reflect.TypeFor[whence.Bound]():   {"Value", "Known"},
	reflect.TypeFor[whence.Period]():  {"Begin", "End"},
	reflect.TypeFor[whence.Time]():    {"ID", "Span", "Text", "Type", "Value", "Period"},
	reflect.TypeFor[whence.Place]():   {"ID", "Span", "Text", "Name", "Point", "Geonames", "Country", "Precision", "Government"},
	reflect.TypeFor[whence.Point]():   {"Lat", "Lon"},
	reflect.TypeFor[whence.Event]():   {"ID", "Span", "Text", "Status", "Hedge", "Attribution"},
	reflect.TypeFor[whence.Reuse]():   {"Relation", "Direction", "Origin", "Confidence", "Evidence", "Passages"},
	reflect.TypeFor[whence.Passage](): {"Span", "OtherStart", "OtherEnd", "Quotation"},
}

// numbers are fields by their places in the structs.
var numbers = func() map[reflect.Type][]int {
	m := map[reflect.Type][]int{}
	for t, names := range fields {
		for _, name := range names {
			f, ok := t.FieldByName(name)
			if !ok || len(f.Index) != 1 {
				panic(fmt.Sprintf("%v has no field %s", t, name)) // the table above is wrong
			}
			m[t] = append(m[t], f.Index[0])
		}
	}
	return m
}()

var (
	spanType = reflect.TypeFor[whence.Span]()
	dateType = reflect.TypeFor[whence.Date]()
)

// former writes the form.
type former struct {
	b     []byte
	known map[string]int
	at    int // the beginning of the last span
}

// How a string is written, in the lower bits of its first number.
// Without any it is spelled out: its length, and its bytes.
const (
	repeated = 1 // the number of a string before
	numbered = 2 // a small letter and a number, as ids are
)

func (f *former) string(s string) {
	if n, ok := number(s); ok {
		f.b = binary.AppendUvarint(f.b, n<<2|numbered)
		f.b = append(f.b, s[0])
		return
	}
	if i, ok := f.known[s]; ok {
		f.b = binary.AppendUvarint(f.b, uint64(i)<<2|repeated)
		return
	}
	f.known[s] = len(f.known)
	f.b = binary.AppendUvarint(f.b, uint64(len(s))<<2)
	f.b = append(f.b, s...)
}

// number is the number of an id such as "a12".
func number(s string) (n uint64, ok bool) {
	if len(s) < 2 || len(s) > 8 || s[0] < 'a' || s[0] > 'z' || s[1] == '0' {
		return 0, false
	}
	for _, c := range []byte(s[1:]) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + uint64(c-'0')
	}
	return n, true
}

// decimals is how many a number may have to be written short.
const decimals = 1e6

func (f *former) value(v reflect.Value) {
	t := v.Type()
	switch v.Kind() { //nolint:exhaustive // readings are made of these
	case reflect.String:
		f.string(v.String())
	case reflect.Int:
		f.b = binary.AppendVarint(f.b, v.Int())
	case reflect.Bool:
		f.b = append(f.b, 1) // it is not zero
	case reflect.Float64:
		if x := math.Round(v.Float() * decimals); x/decimals == v.Float() && math.Abs(x) < 1<<52 {
			f.b = binary.AppendVarint(f.b, int64(x)<<1)
		} else {
			f.b = binary.AppendVarint(f.b, 1)
			f.b = binary.LittleEndian.AppendUint64(f.b, math.Float64bits(v.Float()))
		}
	case reflect.Pointer:
		f.value(v.Elem())
	case reflect.Slice:
		f.b = binary.AppendUvarint(f.b, uint64(v.Len()))
		for i := range v.Len() {
			f.value(v.Index(i))
		}
	case reflect.Struct:
		switch t {
		case spanType:
			start, end := int(v.Field(0).Int()), int(v.Field(1).Int())
			f.b = binary.AppendVarint(f.b, int64(start-f.at))
			f.b = binary.AppendVarint(f.b, int64(end-start))
			f.at = start
			return
		case dateType:
			f.string(v.Interface().(whence.Date).String())
			return
		}
		for i, at := range numbers[t] {
			if x := v.Field(at); !x.IsZero() {
				f.b = append(f.b, byte(i+1))
				f.value(x)
			}
		}
		f.b = append(f.b, 0)
	default:
		panic(fmt.Sprintf("a reading holds a %v", t)) // TestFields would have told
	}
}

// unformer reads the form.
type unformer struct {
	b     []byte
	known []string
	at    int
	room  int // how many elements there may still be
}

// mostElements is how many elements the lists of a reading have at most in all,
// some for every two bytes of the longest text that is read.
const mostElements = 1 << 23

var errForm = errors.New("not the form of a reading")

func (u *unformer) uvarint() (uint64, error) {
	x, n := binary.Uvarint(u.b)
	if n <= 0 {
		return 0, errForm
	}
	u.b = u.b[n:]
	return x, nil
}

func (u *unformer) varint() (int64, error) {
	x, n := binary.Varint(u.b)
	if n <= 0 {
		return 0, errForm
	}
	u.b = u.b[n:]
	return x, nil
}

func (u *unformer) byte() (byte, error) {
	if len(u.b) == 0 {
		return 0, errForm
	}
	c := u.b[0]
	u.b = u.b[1:]
	return c, nil
}

func (u *unformer) string() (string, error) {
	x, err := u.uvarint()
	if err != nil {
		return "", err
	}
	n := x >> 2
	switch x & 3 {
	case numbered:
		letter, err := u.byte()
		return fmt.Sprintf("%c%d", letter, n), err
	case repeated:
		if n >= uint64(len(u.known)) {
			return "", errForm
		}
		return u.known[n], nil
	}
	if n > uint64(len(u.b)) {
		return "", errForm
	}
	s := string(u.b[:n])
	u.b = u.b[n:]
	u.known = append(u.known, s)
	return s, nil
}

// deepest is how many structs stand in each other, more than any reading has.
const deepest = 8

func (u *unformer) value(v reflect.Value, depth int) error {
	if depth > deepest {
		return errForm
	}
	switch v.Kind() { //nolint:exhaustive // readings are made of these
	case reflect.String:
		s, err := u.string()
		v.SetString(s)
		return err
	case reflect.Int:
		x, err := u.varint()
		v.SetInt(x)
		return err
	case reflect.Bool:
		c, err := u.byte()
		v.SetBool(c != 0)
		return err
	case reflect.Float64:
		return u.float(v)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return u.value(v.Elem(), depth)
	case reflect.Slice:
		n, err := u.uvarint()
		if err != nil || n > uint64(min(u.room, len(u.b))) { // each takes a byte at least
			return errForm
		}
		u.room -= int(n)
		v.Set(reflect.MakeSlice(v.Type(), int(n), int(n)))
		for i := range int(n) {
			if err := u.value(v.Index(i), depth); err != nil {
				return err
			}
		}
		return nil
	case reflect.Struct:
		return u.structure(v, depth)
	}
	return errForm
}

func (u *unformer) float(v reflect.Value) error {
	x, err := u.varint()
	if err != nil {
		return err
	}
	if x&1 == 0 {
		v.SetFloat(float64(x>>1) / decimals)
		return nil
	}
	if len(u.b) < 8 {
		return errForm
	}
	v.SetFloat(math.Float64frombits(binary.LittleEndian.Uint64(u.b)))
	u.b = u.b[8:]
	return nil
}

func (u *unformer) structure(v reflect.Value, depth int) error {
	switch v.Type() {
	case spanType:
		start, err := u.varint()
		if err != nil {
			return err
		}
		n, err := u.varint()
		u.at += int(start)
		v.Field(0).SetInt(int64(u.at))
		v.Field(1).SetInt(int64(u.at) + n)
		return err
	case dateType:
		s, err := u.string()
		if err != nil {
			return err
		}
		d, err := whence.ParseDate(s)
		v.Set(reflect.ValueOf(d))
		return err
	}
	own := numbers[v.Type()]
	for {
		c, err := u.byte()
		if err != nil || c == 0 {
			return err
		}
		if int(c) > len(own) {
			return fmt.Errorf("%w: field %d of a %v", errForm, c, v.Type())
		}
		if err := u.value(v.Field(own[c-1]), depth+1); err != nil {
			return err
		}
	}
}

// formOf is the form of one of the structs in fields.
func formOf(v any) []byte {
	f := former{known: map[string]int{}}
	f.value(reflect.ValueOf(v))
	return f.b
}

// fromForm reads what formOf wrote into what v points to.
func fromForm(data []byte, v any) error {
	u := unformer{b: data, room: mostElements}
	err := u.value(reflect.ValueOf(v).Elem(), 0)
	if err == nil && len(u.b) > 0 {
		err = errForm
	}
	return err
}

// form is a reading as it is packed: the length of its text, the text, whether
// its findings have their words, and the form of what else there is of it.
func form(r *whence.Reading) []byte {
	bare, ok := bared(r)
	whole := byte(0)
	if !ok {
		c := *r
		bare, whole = &c, 1
	}
	bare.Text = ""
	f := former{b: make([]byte, 0, len(r.Text)*3/2+512), known: make(map[string]int, 64)}
	f.b = binary.AppendUvarint(f.b, uint64(len(r.Text)))
	f.b = append(f.b, r.Text...)
	f.b = append(f.b, whole)
	f.value(reflect.ValueOf(bare).Elem())
	return f.b
}

// text reads the text that a reading begins with.
func (u *unformer) text() (string, error) {
	n, err := u.uvarint()
	if err != nil || n > uint64(len(u.b)) {
		return "", errForm
	}
	text := string(u.b[:n])
	u.b = u.b[n:]
	return text, nil
}

// unform reads what form wrote.
func unform(data []byte) (*whence.Reading, error) {
	u := unformer{b: data, room: mostElements}
	text, err := u.text()
	if err != nil {
		return nil, err
	}
	whole, err := u.byte()
	if err != nil {
		return nil, err
	}
	var r whence.Reading
	if err := u.value(reflect.ValueOf(&r).Elem(), 0); err != nil {
		return nil, err
	}
	if len(u.b) > 0 {
		return nil, errForm
	}
	r.Text = text
	if whole == 0 {
		clothe(&r)
	}
	return &r, nil
}
