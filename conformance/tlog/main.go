// Reads a running log the way strangers do, with code that has never seen ours: Go's sumdb packages (note, tlog) and
// Tessera's tlog-tiles client. Prints one line a check, then a line of JSON with the counts.
package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/transparency-dev/tessera/client"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var passed, total int

func report(name string, err error) {
	total++
	if err == nil {
		passed++
		fmt.Println("ok  ", name)
	} else {
		fmt.Println("FAIL", name+":", err)
	}
}

func main() {
	base := flag.String("url", "", "prefix of the log, for example http://127.0.0.1:4680/log")
	key := flag.String("key", "", "verifier key of the log")
	proofs := flag.String("proofs", "", "files made by `custody log prove`, with commas")
	flag.Parse()

	verifier, err := note.NewVerifier(*key)
	report("the key is a key of signed-note", err)
	if err != nil {
		finish()
	}
	raw, err := get(*base + "/checkpoint")
	report("the checkpoint can be fetched", err)
	opened, err := note.Open(raw, note.VerifierList(verifier))
	report("note.Open accepts its signature", err)
	if err != nil {
		finish()
	}
	size, root, err := parseCheckpoint(opened.Text)
	report("its text is a checkpoint", err)

	broken := bytes.Replace(raw, []byte("\n"+strconv.FormatInt(size, 10)+"\n"), []byte("\n"+strconv.FormatInt(size+1, 10)+"\n"), 1)
	_, err = note.Open(broken, note.VerifierList(verifier))
	report("note.Open refuses it with another size", expectError(err))

	withTlog(*base, size, root)
	withTessera(*base, size, raw, verifier)
	if *proofs != "" {
		for _, file := range strings.Split(*proofs, ",") {
			withProof(file, verifier)
		}
	}
	finish()
}

// withTlog proves every entry and several earlier sizes with golang.org/x/mod/sumdb/tlog over our tiles.
func withTlog(base string, size int64, root tlog.Hash) {
	reader := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, tiles{base})
	computed, err := tlog.TreeHash(size, reader)
	if err == nil && computed != root {
		err = fmt.Errorf("the tiles hash to %v, the checkpoint says %v", computed, root)
	}
	report("tlog: the tiles hash to the signed root", err)

	entries, err := readEntries(base, size)
	report(fmt.Sprintf("tlog: the bundles hold %d entries", size), err)
	var firstErr error
	for i, entry := range entries {
		proof, err := tlog.ProveRecord(size, int64(i), reader)
		if err == nil {
			err = tlog.CheckRecord(proof, size, root, int64(i), tlog.RecordHash(entry))
		}
		if err != nil && firstErr == nil {
			firstErr = fmt.Errorf("entry %d: %w", i, err)
		}
	}
	report(fmt.Sprintf("tlog: CheckRecord accepts all %d entries", len(entries)), firstErr)

	firstErr = nil
	for older := int64(1); older <= size; older += 1 + size/50 {
		// The hash of the smaller tree comes from the entries themselves, not from the tiles.
		hash, err := treeOf(entries[:older])
		if err == nil {
			var proof tlog.TreeProof
			proof, err = tlog.ProveTree(size, older, reader)
			if err == nil {
				err = tlog.CheckTree(proof, size, root, older, hash)
			}
		}
		if err != nil && firstErr == nil {
			firstErr = fmt.Errorf("size %d: %w", older, err)
		}
	}
	report("tlog: CheckTree accepts that earlier trees were extended", firstErr)
}

// withTessera reads the log with the client library of Tessera, a stock client of tlog-tiles.
func withTessera(base string, size int64, raw []byte, verifier note.Verifier) {
	ctx := context.Background()
	prefix, err := url.Parse(base + "/")
	if err != nil {
		report("tessera: address", err)
		return
	}
	fetcher, err := client.NewHTTPFetcher(prefix, nil)
	report("tessera: fetcher", err)
	checkpoint, _, _, err := client.FetchCheckpoint(ctx, fetcher.ReadCheckpoint, verifier, verifier.Name())
	report("tessera: FetchCheckpoint accepts the checkpoint", err)
	if err != nil {
		return
	}
	builder, err := client.NewProofBuilder(ctx, checkpoint.Size, fetcher.ReadTile)
	report("tessera: NewProofBuilder", err)
	var firstErr error
	for index := uint64(0); index < checkpoint.Size; index += 1 + checkpoint.Size/40 {
		if _, err := builder.InclusionProof(ctx, index); err != nil && firstErr == nil {
			firstErr = err
		}
	}
	report("tessera: InclusionProof from our tiles", firstErr)
	bundle, err := client.GetEntryBundle(ctx, fetcher.ReadEntryBundle, 0, checkpoint.Size)
	if err == nil && len(bundle.Entries) == 0 {
		err = fmt.Errorf("the first bundle is empty")
	}
	report("tessera: GetEntryBundle", err)
}

// withProof checks a C2SP tlog-proof file; its format is read here from the specification alone.
func withProof(file string, verifier note.Verifier) {
	data, err := os.ReadFile(file)
	if err == nil {
		err = checkProof(data, verifier)
	}
	report("tlog-proof: "+file[strings.LastIndex(file, "/")+1:], err)
	report("tlog-proof: with one bit of the entry changed is refused", expectError(checkProof(changeEntry(data), verifier)))
}

func checkProof(data []byte, verifier note.Verifier) error {
	head, rest, found := strings.Cut(string(data), "\n\n")
	if !found {
		return fmt.Errorf("no empty line")
	}
	lines := strings.Split(head, "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "extra ") || !strings.HasPrefix(lines[2], "index ") {
		return fmt.Errorf("not a tlog-proof with extra data")
	}
	extraJSON, err := base64.StdEncoding.DecodeString(lines[1][len("extra "):])
	if err != nil {
		return err
	}
	var extra struct{ Entry string }
	if err := json.Unmarshal(extraJSON, &extra); err != nil {
		return err
	}
	index, err := strconv.ParseInt(lines[2][len("index "):], 10, 64)
	if err != nil {
		return err
	}
	var proof tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		proof = append(proof, hash)
	}
	opened, err := note.Open([]byte(rest), note.VerifierList(verifier))
	if err != nil {
		return err
	}
	size, root, err := parseCheckpoint(opened.Text)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, size, root, index, tlog.RecordHash([]byte(extra.Entry)))
}

func changeEntry(data []byte) []byte {
	lines := strings.SplitN(string(data), "\n", 3)
	if len(lines) < 3 || !strings.HasPrefix(lines[1], "extra ") {
		return data
	}
	decoded, _ := base64.StdEncoding.DecodeString(lines[1][len("extra "):])
	decoded[bytes.Index(decoded, []byte(`kind`))] ^= 1
	return []byte(lines[0] + "\nextra " + base64.StdEncoding.EncodeToString(decoded) + "\n" + lines[2])
}

// tiles reads tiles of height 8 at the paths of tlog-tiles.
type tiles struct{ base string }

func (t tiles) Height() int { return 8 }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	found := make([][]byte, len(wanted))
	for i, tile := range wanted {
		data, err := get(fmt.Sprintf("%s/tile/%d/%s", t.base, tile.L, tilePath(tile.N, tile.W)))
		if err != nil {
			return nil, err
		}
		found[i] = data
	}
	return found, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func tilePath(n int64, width int) string {
	path := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		path = fmt.Sprintf("x%03d/%s", n%1000, path)
	}
	if width < 256 {
		path += fmt.Sprintf(".p/%d", width)
	}
	return path
}

func readEntries(base string, size int64) ([][]byte, error) {
	var entries [][]byte
	for n := int64(0); n*256 < size; n++ {
		width := min(256, int(size-n*256))
		data, err := get(fmt.Sprintf("%s/tile/entries/%s", base, tilePath(n, width)))
		if err != nil {
			return nil, err
		}
		for len(data) > 0 {
			length := int(data[0])<<8 | int(data[1])
			entries = append(entries, data[2:2+length])
			data = data[2+length:]
		}
	}
	if int64(len(entries)) != size {
		return nil, fmt.Errorf("%d entries instead of %d", len(entries), size)
	}
	return entries, nil
}

func treeOf(entries [][]byte) (tlog.Hash, error) {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			hashes[i] = stored[index]
		}
		return hashes, nil
	})
	for i, entry := range entries {
		hashes, err := tlog.StoredHashes(int64(i), entry, reader)
		if err != nil {
			return tlog.Hash{}, err
		}
		stored = append(stored, hashes...)
	}
	return tlog.TreeHash(int64(len(entries)), reader)
}

func parseCheckpoint(text string) (int64, tlog.Hash, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 {
		return 0, tlog.Hash{}, fmt.Errorf("too few lines")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return 0, tlog.Hash{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return size, root, err
}

func get(address string) ([]byte, error) {
	response, err := http.Get(address)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", address, response.Status)
	}
	return data, err
}

func expectError(err error) error {
	if err == nil {
		return fmt.Errorf("it was accepted")
	}
	return nil
}

func finish() {
	_ = json.NewEncoder(os.Stdout).Encode(map[string]int{"passed": passed, "of": total})
	os.Exit(0)
}
