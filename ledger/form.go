package ledger

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"reflect"
	"sync"

	"github.com/klauspost/compress/zstd"

	"whence"
	"whence/story"
)

// A story is kept in a form of its own, as JSON of a large one takes a tenth of a second
// to read: every string once, in a table, and behind it the fields in the order of their
// types as numbers. The form begins with a print of the types; a story that was kept by a
// program with others is built again.

// errOtherForm tells that a story was kept in a form that is no longer read.
var errOtherForm = errors.New("kept in another form")

// packStory and unpackStory give a story the form that it is kept in.
func packStory(s *story.Story) []byte {
	c := coderOf(reflect.TypeFor[story.Story]())
	e := encoder{at: map[string]uint64{}}
	c.put(&e, reflect.ValueOf(s).Elem())
	plain := binary.AppendUvarint(nil, uint64(len(e.strings)))
	for _, x := range e.strings {
		plain = binary.AppendUvarint(plain, uint64(len(x)))
	}
	for _, x := range e.strings {
		plain = append(plain, x...)
	}
	plain = append(plain, e.body...)
	return storyPacker().EncodeAll(plain, binary.LittleEndian.AppendUint64(nil, formPrint()))
}

func unpackStory(packed []byte, s *story.Story) (size int, err error) {
	if len(packed) < 8 || binary.LittleEndian.Uint64(packed) != formPrint() {
		return 0, errOtherForm
	}
	plain, err := storyUnpacker().DecodeAll(packed[8:], nil)
	if err != nil {
		return 0, err
	}
	d := decoder{rest: plain}
	if err := d.table(); err != nil {
		return 0, err
	}
	coderOf(reflect.TypeFor[story.Story]()).get(&d, reflect.ValueOf(s).Elem())
	if d.broken || len(d.rest) > 0 {
		return 0, errors.New("a story is cut off")
	}
	return len(plain), nil
}

type encoder struct {
	strings []string
	at      map[string]uint64
	body    []byte
}

func (e *encoder) number(n uint64) { e.body = binary.AppendUvarint(e.body, n) }

func (e *encoder) text(s string) {
	n, ok := e.at[s]
	if !ok {
		n = uint64(len(e.strings))
		e.at[s] = n
		e.strings = append(e.strings, s)
	}
	e.number(n)
}

type decoder struct {
	strings []string
	dates   map[uint64]whence.Date // by their string
	rest    []byte
	broken  bool
	slabs   map[reflect.Type]reflect.Value
	spans   []whence.Span // to be given away
}

// table reads the strings.
func (d *decoder) table() error {
	n := d.number()
	if n > uint64(len(d.rest)) {
		return errors.New("a story's words are cut off")
	}
	ends, end := make([]int, n), 0
	for i := range ends {
		end += int(min(d.number(), math.MaxInt32))
		ends[i] = end
	}
	if d.broken || end > len(d.rest) {
		return errors.New("a story's words are cut off")
	}
	all, from := string(d.rest[:end]), 0
	d.strings = make([]string, n)
	for i, to := range ends {
		d.strings[i] = all[from:to]
		from = to
	}
	d.rest, d.dates, d.slabs = d.rest[end:], map[uint64]whence.Date{}, map[reflect.Type]reflect.Value{}
	return nil
}

func (d *decoder) number() uint64 {
	n, size := binary.Uvarint(d.rest)
	if size <= 0 {
		d.broken, d.rest = true, nil
		return 0
	}
	d.rest = d.rest[size:]
	return n
}

func (d *decoder) text() string {
	n := d.number()
	if n >= uint64(len(d.strings)) {
		d.broken = true
		return ""
	}
	return d.strings[n]
}

// slabLength is how many values of a type are made at once.
const slabLength = 1024

// slice makes n values of a slice's type.
func (d *decoder) slice(t reflect.Type, n int) reflect.Value {
	if n > slabLength/4 {
		return reflect.MakeSlice(t, n, n)
	}
	slab, ok := d.slabs[t]
	if !ok || slab.Len() < n {
		slab = reflect.MakeSlice(t, slabLength, slabLength)
	}
	d.slabs[t] = slab.Slice(n, slab.Len())
	return slab.Slice3(0, n, n)
}

// coder writes and reads values of one type.
type coder struct {
	put func(*encoder, reflect.Value)
	get func(*decoder, reflect.Value)
}

// coders are made once for each type. Types that hold themselves there are none.
var coders sync.Map

func coderOf(t reflect.Type) *coder {
	if c, ok := coders.Load(t); ok {
		return c.(*coder)
	}
	c := makeCoder(t)
	coders.Store(t, c)
	return c
}

func makeCoder(t reflect.Type) *coder {
	switch {
	case t == reflect.TypeFor[whence.Date]():
		return &coder{putDate, getDate}
	case t == reflect.TypeFor[story.Finding]():
		return &coder{putFinding, getFinding}
	}
	switch t.Kind() {
	case reflect.String:
		return &coder{
			func(e *encoder, v reflect.Value) { e.text(v.String()) },
			func(d *decoder, v reflect.Value) { v.SetString(d.text()) },
		}
	case reflect.Bool:
		return &coder{
			func(e *encoder, v reflect.Value) { e.number(map[bool]uint64{true: 1}[v.Bool()]) },
			func(d *decoder, v reflect.Value) { v.SetBool(d.number() == 1) },
		}
	case reflect.Int:
		return &coder{
			func(e *encoder, v reflect.Value) { e.body = binary.AppendVarint(e.body, v.Int()) },
			func(d *decoder, v reflect.Value) {
				n := d.number()
				v.SetInt(int64(n>>1) ^ -int64(n&1))
			},
		}
	case reflect.Float64:
		return &coder{
			func(e *encoder, v reflect.Value) { e.number(math.Float64bits(v.Float())) },
			func(d *decoder, v reflect.Value) { v.SetFloat(math.Float64frombits(d.number())) },
		}
	case reflect.Slice:
		return sliceCoder(t)
	case reflect.Struct:
		return structCoder(t)
	}
	panic(fmt.Sprintf("ledger: a story holds a %v", t)) // a type was added to it
}

func sliceCoder(t reflect.Type) *coder {
	of := coderOf(t.Elem())
	return &coder{
		func(e *encoder, v reflect.Value) {
			if v.IsNil() {
				e.number(0)
				return
			}
			e.number(uint64(v.Len()) + 1)
			for i := range v.Len() {
				of.put(e, v.Index(i))
			}
		},
		func(d *decoder, v reflect.Value) {
			n := d.number()
			if n == 0 {
				return
			}
			if n--; n > uint64(len(d.rest)) { // each takes a byte at least
				d.broken = true
				return
			}
			list := d.slice(t, int(n))
			for i := range int(n) {
				of.get(d, list.Index(i))
			}
			v.Set(list)
		},
	}
}

func structCoder(t reflect.Type) *coder {
	fields := make([]*coder, t.NumField())
	for i := range fields {
		fields[i] = coderOf(t.Field(i).Type)
	}
	return &coder{
		func(e *encoder, v reflect.Value) {
			for i, f := range fields {
				f.put(e, v.Field(i))
			}
		},
		func(d *decoder, v reflect.Value) {
			for i, f := range fields {
				f.get(d, v.Field(i))
			}
		},
	}
}

// putDate writes a date as its text, which is as sharp as it is.
func putDate(e *encoder, v reflect.Value) {
	e.text(v.Interface().(whence.Date).String())
}

func getDate(d *decoder, v reflect.Value) {
	n, _ := binary.Uvarint(d.rest)
	text := d.text()
	date, ok := d.dates[n]
	if !ok {
		if date.UnmarshalText([]byte(text)) != nil {
			d.broken = true
		}
		d.dates[n] = date
	}
	*v.Addr().Interface().(*whence.Date) = date
}

// putFinding and getFinding write and read what a story has most of.
func putFinding(e *encoder, v reflect.Value) {
	f := v.Addr().Interface().(*story.Finding)
	for _, s := range [...]string{f.Article, f.Path, f.Attribution, f.Figure, f.Event, f.Text} {
		e.text(s)
	}
	e.number(uint64(len(f.Spans)))
	for _, s := range f.Spans {
		e.body = binary.AppendVarint(e.body, int64(s.Start))
		e.body = binary.AppendVarint(e.body, int64(s.End-s.Start))
	}
}

func getFinding(d *decoder, v reflect.Value) {
	f := v.Addr().Interface().(*story.Finding)
	f.Article, f.Path, f.Attribution, f.Figure, f.Event, f.Text = d.text(), d.text(), d.text(), d.text(), d.text(), d.text()
	n := d.number()
	if n > uint64(len(d.rest)) {
		d.broken = true
		return
	}
	if uint64(len(d.spans)) < n {
		d.spans = make([]whence.Span, max(slabLength, n))
	}
	f.Spans, d.spans = d.spans[:n:n], d.spans[n:]
	for i := range f.Spans {
		start := d.integer()
		f.Spans[i] = whence.Span{Start: start, End: start + d.integer()}
	}
}

func (d *decoder) integer() int {
	n := d.number()
	return int(int64(n>>1) ^ -int64(n&1))
}

// formPrint is a print of the types that a story holds.
var formPrint = sync.OnceValue(func() uint64 {
	h := fnv.New64a()
	var visit func(t reflect.Type)
	visit = func(t reflect.Type) {
		_, _ = fmt.Fprintf(h, "%v %v;", t.Kind(), t.Name())
		switch t.Kind() {
		case reflect.Slice:
			visit(t.Elem())
		case reflect.Struct:
			for i := range t.NumField() {
				_, _ = fmt.Fprintf(h, "%s:", t.Field(i).Name)
				if t.Field(i).IsExported() {
					visit(t.Field(i).Type)
				}
			}
		}
	}
	visit(reflect.TypeFor[story.Story]())
	return h.Sum64()
})

// storyPacker and storyUnpacker may be used side by side.
var (
	storyPacker = sync.OnceValue(func() *zstd.Encoder {
		e, err := zstd.NewWriter(nil)
		if err != nil {
			panic(err) // there are no options that could be wrong
		}
		return e
	})
	storyUnpacker = sync.OnceValue(func() *zstd.Decoder {
		d, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(1<<30))
		if err != nil {
			panic(err)
		}
		return d
	})
)
