package main

// figure is one line of the table: a metric of one benchmark, and the goal.
type figure struct {
	name    string // as DESIGN and the README say it
	process process
	line    string  // the benchmark's line, as "Typing/avec-facettes"
	metric  string  // "p95-ms", "ns/op"…, or peak
	goal    float64 // at most, in the metric's unit; 0 for a figure that is only watched
	beside  string  // "LINE METRIC" of the same process it is compared with, "" for none
}

// peak is the metric of what a process held at its largest, in MiB: its
// benchmark is alone in it.
const peak = "peak-MiB"

// process is one run of a package's benchmarks.
type process struct {
	pkg   string // "./internal/search"
	bench string // -bench
	args  string // more arguments, separated by spaces; KEPT is a folder that processes of a table share
	tags  string // beside the program's own
	runs  int    // -count
	times string // -benchtime
}

var (
	typing    = process{pkg: "./internal/search", bench: "^BenchmarkTyping", tags: "sqlite_fts5", runs: 1, times: "5x"}
	answering = process{pkg: "./internal/search", bench: "^BenchmarkFirstAnswer$", runs: 1, times: "3x"}
	indexing  = process{pkg: "./internal/search", bench: "^BenchmarkRebuild$", runs: 1, times: "1x"}
	working   = process{pkg: "./internal/workspace", bench: "^Benchmark(Save|Open)$", args: "-kept KEPT -sizes 1000,10000,100000",
		runs: 1, times: "200x"}
	moving = process{pkg: "./internal/workspace", bench: "^BenchmarkExport$", args: "-kept KEPT -sizes 1000,10000,100000", runs: 1,
		times: "1x"}
	pairing = process{pkg: "./internal/workspace", bench: "^BenchmarkDuplicates$", args: "-kept KEPT -sizes 1000,10000", runs: 1,
		times: "3x"}
	taking    = process{pkg: "./internal/workspace", bench: "^BenchmarkImport25000$", runs: 3, times: "1x"}
	undoing   = process{pkg: "./internal/workspace", bench: "^BenchmarkUndo25000$", runs: 3, times: "1x"}
	trying    = process{pkg: "./internal/workspace", bench: "^BenchmarkDryRun200MB$", runs: 1, times: "1x"}
	inventing = process{pkg: "./internal/workspace", bench: "^BenchmarkGenerate100000$", runs: 1, times: "1x"}
	selling   = process{pkg: "./internal/workspace/orders", bench: "^BenchmarkTenThousandOrders$/^(show|rows|figures)$", runs: 3,
		times: "5x"}
	pushing   = process{pkg: "./internal/workspace/sharing", bench: "^BenchmarkPush$", runs: 1, times: "300x"}
	composing = process{pkg: "./internal/workspace", bench: "^Benchmark(Build200Pages|Preview)$", runs: 3, times: "3x"}
	setting   = process{pkg: "./internal/layout", bench: "^BenchmarkBook$", runs: 3, times: "1x"}
	listing   = process{pkg: "./app/partnerships", bench: "^BenchmarkList$/^(ready|keystroke)$", args: "-sizes 100000", runs: 1,
		times: "20x"}
	starting = process{pkg: "./app/shell", bench: "^BenchmarkStart$", runs: 3, times: "1x"}
)

// figures are the table, in its order. Sources of the goals: the project's
// design and the issues that set them.
var figures = []figure{
	{"A keystroke at 100,000, with facets: CPU, p95 (beside FTS5, which counts none)", typing, "Typing/avec-facettes", "cpu-p95-ms", 10,
		"TypingFTS5 cpu-p95-ms"},
	{"… with facets and passages", typing, "Typing/avec-facettes-et-passages", "cpu-p95-ms", 20, "TypingFTS5 cpu-p95-ms"},
	{"The first answer after opening 100,000: CPU, the most", answering, "FirstAnswer/mot", "cpu-most-ms", 1000, ""},
	{"… with a typing error", answering, "FirstAnswer/faute", "cpu-most-ms", 1000, ""},
	{"The index of 100,000 made", indexing, "Rebuild/100000", "s/index", 60, ""},
	{"… on disk", indexing, "Rebuild/100000", "disk-MiB", 300, ""},
	{"… heap meanwhile", indexing, "Rebuild/100000", "heap-MiB", 400, ""},
	{"A save, durable and findable, at 100,000, p95", working, "Save/100000", "p95-ms", 50, ""},
	{"A workspace of 100,000 opened, first answer given", working, "Open/100000", "ns/op", 1000e6, ""},
	{"25,000 rows of CSV taken in (beside a bare SQLite insert)", taking, "Import25000", "ns/op", 10e9, "Import25000 times-bare-SQLite"},
	{"… taken back", undoing, "Undo25000", "ns/op", 0, ""},
	{"200 MB of CSV told, not taken in: memory of the process", trying, "DryRun200MB", peak, 300, ""},
	{"100,000 records invented: memory of the process", inventing, "Generate100000", peak, 512, ""},
	{"100,000 records written as CSV", moving, "Export/csv/100000", "ns/op", 0, ""},
	{"… as a workbook", moving, "Export/xlsx/100000", "ns/op", 0, ""},
	{"… as JSON", moving, "Export/json/100000", "ns/op", 0, ""},
	{"Who is twice there, among 10,000", pairing, "Duplicates/10000", "ns/op", 0, ""},
	{"An order shown among 10,000", selling, "TenThousandOrders/show", "ns/op", 100e6, ""},
	{"Their list", selling, "TenThousandOrders/rows", "ns/op", 300e6, ""},
	{"Their figures", selling, "TenThousandOrders/figures", "ns/op", 300e6, ""},
	{"A save pushed to the common base, p95 (beside one row inserted there)", pushing, "Push", "p95-ms", 50, "Push times-bare-insert"},
	{"A book of 200 pages, from the base to the checked file", composing, "Build200Pages", "ns/op", 1500e6, ""},
	{"An edited entry shown again in the preview", composing, "Preview", "ns/op", 50e6, ""},
	{"A list at 100,000 ready, painted", listing, "List/ready", "ns/op", 300e6, ""},
	{"A keystroke at 100,000 to painted rows", listing, "List/keystroke", "ns/op", 100e6, ""},
	{"The window on 10,000, its share of the start", starting, "Start", "ns/op", 500e6, ""},
}

// growth is a figure that must grow as its input does: what ten times the size
// costs is at most 20 % over ten times; one of sizes all alike must not grow.
type growth struct {
	name    string
	process process
	lines   []string  // from small to large
	sizes   []float64 // of the input; the growth is measured against these
	metric  string
}

var growths = []growth{
	{"Making the index: 1,000, 10,000, 100,000 records", indexing, []string{"Rebuild/1000", "Rebuild/10000", "Rebuild/100000"},
		[]float64{1e3, 1e4, 1e5}, "cpu-s/index"},
	{"A save: 1,000, 10,000, 100,000 records", working, []string{"Save/1000", "Save/10000", "Save/100000"}, []float64{1, 1, 1}, "p50-ms"},
	{"Writing a CSV: 1,000, 10,000, 100,000 records", moving, []string{"Export/csv/1000", "Export/csv/10000", "Export/csv/100000"},
		[]float64{1e3, 1e4, 1e5}, "cpu-ms/op"},
	{"Writing a workbook: the same", moving, []string{"Export/xlsx/1000", "Export/xlsx/10000", "Export/xlsx/100000"},
		[]float64{1e3, 1e4, 1e5}, "cpu-ms/op"},
	{"Looking for duplicates: 1,000, 10,000 records", pairing, []string{"Duplicates/1000", "Duplicates/10000"}, []float64{1e3, 1e4},
		"cpu-ms/op"},
	{"Setting a book: 20, 200, 2,000 pages", setting, []string{"Book/20", "Book/200", "Book/2000"}, []float64{20, 200, 2000}, "cpu-ms/op"},
}

// keystrokes are those of 1,000 records, without FTS5: its tag would compile
// SQLite a second time.
var keystrokes = process{pkg: "./internal/search", bench: "^BenchmarkTyping$", args: "-test.short", runs: 1, times: "20x"}

// kept are the quick measures of -check: none depends on the machine's speed.
var kept = []figure{
	{"", process{pkg: "./internal/layout", bench: "^BenchmarkBook$/^20$", runs: 1, times: "2x"}, "Book/20", "allocs/op", 0, ""},
	{"", process{pkg: "./internal/book", bench: "^BenchmarkCompose$", runs: 1, times: "3x"}, "Compose", "allocs/op", 0, ""},
	{"", process{pkg: "./internal/pdf", bench: "^BenchmarkWrite$", runs: 1, times: "3x"}, "Write/print", "allocs/op", 0, ""},
	{"", process{pkg: "./internal/exchange", bench: "^BenchmarkImport25000$", runs: 1, times: "1x"}, "Import25000", "allocs/op", 0, ""},
	{"", process{pkg: "./internal/store", bench: "^BenchmarkImport25000$", runs: 1, times: "1x"}, "Import25000", "allocs/op", 0, ""},
	{"", process{pkg: "./internal/sample", bench: "^BenchmarkGenerate$", runs: 1, times: "2000x"}, "Generate", "allocs/op", 0, ""},
	{"", keystrokes, "Typing/avec-facettes", "allocs/op", 0, ""},
	{"", keystrokes, "Typing/avec-facettes", "cpu-p50-ms", 0, "Typing/seul cpu-p50-ms"},
}
