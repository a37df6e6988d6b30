package export

import (
	"fmt"
	"io"
	"reflect"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// parquetForm is Apache Parquet: the tables as they are, texts unchanged and whole.
type parquetForm struct{ packing *zstd.Codec } // it keeps its encoders for the next column

func (parquetForm) packed() bool { return true }

func (parquetForm) about() string { return "Texts are exactly those of the ledger." }

func (parquetForm) columns(t *table) []column { return t.columns }

// A group of rows is held in memory until it is written, for each of the tables.
const (
	groupRows  = 16 << 10
	groupBytes = 4 << 20
	pageBytes  = 64 << 10 // of a column
)

// goTypes are the types that parquet-go makes columns of.
var goTypes = map[typ]reflect.Type{
	text: reflect.TypeFor[*string](), integer: reflect.TypeFor[*int64](), number: reflect.TypeFor[*float64](), boolean: reflect.TypeFor[*bool](),
}

func (f parquetForm) open(t *table, w io.Writer) (sheet, error) {
	var fields []reflect.StructField
	for i, c := range t.columns {
		fields = append(fields, reflect.StructField{
			Name: fmt.Sprintf("C%d", i), Type: goTypes[c.typ], Tag: reflect.StructTag(`parquet:"` + c.name + `,optional"`),
		})
	}
	schema := parquet.SchemaOf(reflect.New(reflect.StructOf(fields)).Interface())
	return &parquetSheet{w: parquet.NewGenericWriter[any](w, schema, parquet.Compression(f.packing), parquet.PageBufferSize(pageBytes))}, nil
}

type parquetSheet struct {
	w     *parquet.GenericWriter[any]
	rows  int // of the group
	bytes int
	row   parquet.Row
}

func (s *parquetSheet) put(cells row) error {
	s.row = s.row[:0]
	for i, c := range cells {
		v, size, err := parquetValue(c)
		if err != nil {
			return err
		}
		defined := 1
		if v.IsNull() {
			defined = 0
		}
		s.row = append(s.row, v.Level(0, defined, i))
		s.bytes += size
	}
	if _, err := s.w.WriteRows([]parquet.Row{s.row}); err != nil {
		return err
	}
	if s.rows++; s.rows < groupRows && s.bytes < groupBytes {
		return nil
	}
	s.rows, s.bytes = 0, 0
	return s.w.Flush()
}

// parquetValue is a cell, and about how many bytes it takes.
func parquetValue(cell any) (parquet.Value, int, error) {
	switch v := cell.(type) {
	case nil:
		return parquet.NullValue(), 1, nil
	case string:
		if v == "" {
			return parquet.NullValue(), 1, nil
		}
		return parquet.ByteArrayValue([]byte(v)), len(v), nil
	case int:
		return parquet.Int64Value(int64(v)), 8, nil
	case float64:
		return parquet.DoubleValue(v), 8, nil
	case bool:
		return parquet.BooleanValue(v), 1, nil
	}
	return parquet.Value{}, 0, fmt.Errorf("a cell of type %T", cell)
}

func (s *parquetSheet) Close() error { return s.w.Close() }
