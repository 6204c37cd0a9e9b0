// Appends entries to Tessera's POSIX driver with a number outstanding, and prints the rate and the CPU time as JSON.
package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"
)

func main() {
	dir := flag.String("dir", "", "folder of the log")
	entries := flag.Int("entries", 50_000, "entries to append")
	outstanding := flag.Int("outstanding", 1_024, "appends at the same time")
	size := flag.Int("size", 600, "bytes of an entry")
	batch := flag.Uint("batch", 1_024, "largest batch")
	age := flag.Duration("age", 2*time.Millisecond, "longest wait of a batch")
	flag.Parse()
	ctx := context.Background()

	skey, _, err := note.GenerateKey(rand.Reader, "bench.example/log")
	check(err)
	signer, err := note.NewSigner(skey)
	check(err)
	driver, err := posix.New(ctx, posix.Config{Path: *dir})
	check(err)
	appender, shutdown, _, err := tessera.NewAppender(ctx, driver, tessera.NewAppendOptions().
		WithCheckpointSigner(signer).
		WithCheckpointInterval(time.Second).
		WithBatching(*batch, *age).
		WithPushback(uint(*outstanding)*2))
	check(err)

	var next atomic.Int64
	var wait sync.WaitGroup
	before, start := cpu(), time.Now()
	for range *outstanding {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for {
				n := next.Add(1)
				if n > int64(*entries) {
					return
				}
				data := make([]byte, *size)
				for i := range data {
					data[i] = 'a'
				}
				copy(data, fmt.Sprintf("%016d", n))
				_, err := appender.Add(ctx, tessera.NewEntry(data))()
				check(err)
			}
		}()
	}
	wait.Wait()
	seconds, used := time.Since(start).Seconds(), cpu()-before
	check(json.NewEncoder(os.Stdout).Encode(map[string]float64{
		"perSecond": float64(*entries) / seconds,
		"cpuMicros": used * 1e6 / float64(*entries),
	}))
	_ = shutdown(ctx)
}

func cpu() float64 {
	var usage syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return float64(usage.Utime.Sec+usage.Stime.Sec) + float64(usage.Utime.Usec+usage.Stime.Usec)/1e6
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
