package wacz

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"

	"whence"
)

// Report is what Verify found.
type Report struct {
	Checked     int          // files whose size and hash were compared
	Differences []Difference // none in a sound archive
	// Signature says whether the archive is signed: SignatureNone, or
	// SignaturePresent, which is not a verdict on it.
	Signature string
}

// What a report says of the signature.
const (
	SignatureNone    = "none"
	SignaturePresent = "present, not verified"
)

// Difference is one way in which the archive is not what it says it is.
type Difference struct {
	Name string // of the file in the archive
	Text string // what differs, in words
}

// String is one line.
func (d Difference) String() string { return fmt.Sprintf("%q %s", d.Name, d.Text) }

// Verify reads every file that datapackage.json lists and compares its size
// and hash, then datapackage.json with the hash in datapackage-digest.json. It
// names what differs, what is listed and not there, and what is there and not
// listed. It takes as long as reading the archive once.
func (a *Archive) Verify() Report {
	r := Report{Signature: SignatureNone}
	listed := map[string]bool{packageName: true, digestName: true}
	for _, res := range a.Package.resources {
		name := string(res.Path)
		if listed[name] {
			r.differs(name, "is listed twice")
			continue
		}
		listed[name] = true
		r.resource(a, res)
	}
	seen := map[string]bool{}
	for _, f := range a.files {
		switch {
		case strings.HasSuffix(f.Name, "/"): // a folder
		case seen[f.Name]:
			r.differs(f.Name, "stands twice in the zip")
		case !listed[f.Name]:
			r.differs(f.Name, "is not listed in "+packageName)
		}
		seen[f.Name] = true
	}
	r.digest(a)
	return r
}

func (r *Report) differs(name, format string, args ...any) {
	r.Differences = append(r.Differences, Difference{name, fmt.Sprintf(format, args...)})
}

// resource compares one listed file.
func (r *Report) resource(a *Archive, res resource) {
	name := string(res.Path)
	f := a.find(name)
	if f == nil {
		r.differs(name, "is listed in %s and not there", packageName)
		return
	}
	declared, size := res.declared()
	sum, err := newSum(declared)
	if err != nil {
		r.differs(name, "cannot be checked: %v", err)
		return
	}
	n, err := hashFile(sum, File{Name: name, zip: f, limits: a.limits})
	r.Checked++
	if err != nil {
		r.differs(name, "cannot be read to its end: %v", err)
		return
	}
	if size != nil && *size != n {
		r.differs(name, "has %d bytes, %s says %d", n, packageName, *size)
	}
	if got := sum.String(); got != declared {
		r.differs(name, "has hash %s, %s says %s", got, packageName, clip(declared))
	}
}

// declared is the hash of the resource as "sha256:…" and its size, in the form
// of version 1.1 or that of 1.0.
func (res resource) declared() (string, *int64) {
	declared, size := string(res.Hash), res.Bytes
	if declared == "" {
		declared = string(res.Stats.Hash)
	}
	if size == nil {
		size = res.Stats.Bytes
	}
	if declared != "" && !strings.Contains(declared, ":") {
		declared = string(res.Hashing) + ":" + declared
	}
	return strings.ToLower(declared), size
}

// sum computes a hash of the algorithm that a declared one names.
type sum struct {
	algorithm string
	hash.Hash
}

func (s sum) String() string { return s.algorithm + ":" + hex.EncodeToString(s.Sum(nil)) }

// algorithms are those that data packages name.
var algorithms = map[string]func() hash.Hash{
	"md5":    md5.New,
	"sha1":   sha1.New,
	"sha224": sha256.New224,
	"sha256": sha256.New,
	"sha384": sha512.New384,
	"sha512": sha512.New,
}

func newSum(declared string) (sum, error) {
	if declared == "" {
		return sum{}, errors.New("no hash is given")
	}
	name, _, _ := strings.Cut(declared, ":")
	create := algorithms[name]
	if create == nil {
		return sum{}, fmt.Errorf("unknown hash algorithm %q", clip(name))
	}
	return sum{name, create()}, nil
}

func hashFile(to hash.Hash, f File) (int64, error) {
	r, err := f.Open()
	if err != nil {
		return 0, err
	}
	defer r.Close() //nolint:errcheck // read only
	return io.Copy(to, r)
}

// digest compares datapackage.json with datapackage-digest.json, where there
// is one.
func (r *Report) digest(a *Archive) {
	described, err := a.read(packageName)
	if err != nil {
		r.differs(packageName, "cannot be read: %v", err)
		return
	}
	if a.find(digestName) == nil {
		return
	}
	data, err := a.read(digestName)
	if err != nil {
		r.differs(digestName, "cannot be read: %v", err)
		return
	}
	var in struct {
		Path   words
		Hash   words
		Signed *struct {
			Hash words
		} `json:"signedData"`
	}
	if err := json.Unmarshal(data, &in); err != nil {
		r.differs(digestName, "is %v: %v", whence.ErrMalformed, err)
		return
	}
	if in.Path != packageName {
		r.differs(digestName, "is about %q, not %s", clip(string(in.Path)), packageName)
	}
	r.compare(described, string(in.Hash), digestName)
	if in.Signed != nil {
		r.Signature = SignaturePresent
		r.compare(described, string(in.Signed.Hash), "the signed part of "+digestName)
	}
}

// compare holds datapackage.json against the hash that where gives.
func (r *Report) compare(described []byte, declared, where string) {
	declared = strings.ToLower(declared)
	sum, err := newSum(declared)
	if err != nil {
		r.differs(packageName, "cannot be checked with %s: %v", where, err)
		return
	}
	sum.Write(described)
	if got := sum.String(); got != declared {
		r.differs(packageName, "has hash %s, %s says %s", got, where, clip(declared))
	}
}

// clip shortens what a file says for a message.
func clip(s string) string {
	const most = 100
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
