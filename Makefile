# Répertoire: make run, make test, make bench, make lint, make build (all in README).
# Each installs what it needs first (see .ci/setup), so that a bare Debian 12
# with Go is enough.

SHELL := /bin/bash
export CGO_ENABLED := 1
# clang compiles the OpenGL bindings in about a minute, gcc in seven. Looked for
# when a command runs (= and not :=), since setup may just have installed it.
CC = $(shell command -v clang-14 || command -v clang || echo gcc)
export CC
TAGS := migrated_fynedo
# The number is FyneApp.toml's; between two releases the commit stands behind it.
NUMBER := $(shell sed -n 's/^Version = "\(.*\)"/\1/p' FyneApp.toml)
VERSION := $(NUMBER)$(shell git describe --exact-match --tags --match 'v$(NUMBER)' >/dev/null 2>&1 || git describe --always --dirty 2>/dev/null | sed 's/^/+/')
LDFLAGS := -X repertoire/internal/workspace.Version=$(VERSION)
WORKSPACE ?= build/exemple
GOLANGCI := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.12.2

# What people run, read as Windows compiles it; the bindings of OpenGL use
# offsetof without stddef.h (Fyne 2.8.1).
PROGRAM := ./app/... ./internal/... ./cmd/repertoire ./cmd/repertoirectl
WINDOWS := GOOS=windows CGO_CFLAGS="-O2 -Doffsetof=__builtin_offsetof -Wno-macro-redefined" CC="clang-14 --target=x86_64-w64-mingw32 -Wno-unused-command-line-argument"

.PHONY: run share-demo test torture bench bench-check hand jobs tour lint build fonts reference pictures golden fuzz race cover mutate setup-build setup-test package windows-test clean

# The main job on the sample data: a workspace, the franco-malgache book, the window.
run: build
	@rm -rf "$(WORKSPACE)"
	build/repertoirectl -w "$(WORKSPACE)" init --sample
	build/repertoirectl -w "$(WORKSPACE)" edition build --directory madagascar -o build/repertoire-madagascar.pdf
	@echo "Le livre : build/repertoire-madagascar.pdf"
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then build/repertoire -w "$(WORKSPACE)"; \
	else echo "Pas d’écran ici : la fenêtre n’est pas ouverte. Le livre est prêt."; fi

# Several desks: a PostgreSQL server of its own, two windows on two folders.
share-demo: build setup-test
	.ci/share-demo

build: setup-build fonts
	@mkdir -p build
	go build -ldflags '$(LDFLAGS)' -o build/repertoirectl ./cmd/repertoirectl
	go build -tags $(TAGS) -ldflags '$(LDFLAGS)' -o build/repertoire ./cmd/repertoire

fonts: assets/fonts/cache/.complete assets/spelling/cache/.complete
assets/spelling/cache/.complete: assets/spelling/fonts.lock.json
	go run ./cmd/prepare fonts -dir assets/spelling
	@touch $@

assets/fonts/cache/.complete: assets/fonts/fonts.lock.json
	go run ./cmd/prepare fonts
	@touch $@

# The tables of data/ are committed; this derives them anew from their sources.
reference:
	go run ./cmd/prepare reference
	go run ./cmd/prepare profile

# The pictures of the user guide and of the README, from the program itself.
pictures: setup-build fonts
	go run -tags $(TAGS) ./cmd/pictures -guide

# Pictures of every place and question, for the eye: light and dark, in French and
# English, text as on the first day and twice as large.
tour: setup-build fonts
	go run -tags $(TAGS) ./cmd/pictures -o build/tour -look light,dark -lang fr,en -text 100,200 -size 1280x720,1920x1080

test: setup-test fonts
	go vet -tags $(TAGS) ./...
	$(WINDOWS) go vet -tags '$(TAGS) accessibility' $(PROGRAM)
	go test -tags $(TAGS) -timeout 20m ./...
	go run ./cmd/bench -tags $(TAGS) -check

# Half an hour of what the world does to a folder of work; the table says what
# was lost and what is wrong. KILLS=10000 for a night of it.
KILLS ?= 20
torture: setup-test fonts
	go test -tags $(TAGS) -timeout 30m -count 1 ./internal/store -run 'Killed|Damaged|Clock|Torn|FullDisk|Number|Register|Salvage|Root' -crashruns 400
	go test -tags $(TAGS) -timeout 60m -count 1 ./internal/workspace -run KilledAtWork -crashruns 100
	go test -tags $(TAGS) -timeout 720m -count 1 -v ./cmd/repertoirectl -run TestTorture -torture.kills $(KILLS) -torture.flips $(KILLS)

# One table: each figure beside its goal and a baseline of the same run. PROFILE=1
# keeps profiles in build/profiles; BENCH=word takes only the figures with that word.
PROFILE ?=
BENCH ?=
bench: setup-test fonts
	go run ./cmd/bench -tags $(TAGS) -only '$(BENCH)' $(if $(PROFILE),-profile build/profiles)

# What a person waits for in the real window, by its own trace: keys, saves, pages,
# places, the start. RECORDS are the sizes of the folder.
RECORDS ?= 10000
hand: setup-test fonts
	go test -tags $(TAGS) -timeout 60m -count 1 ./cmd/repertoire -run TestByHand -v -hand $(RECORDS)

# The four jobs of a day in the real window: clicks, keys, seconds.
jobs: setup-test fonts
	go test -tags $(TAGS) -timeout 20m -count 1 ./cmd/repertoire -run TestTheFourJobs -v -jobs

# What does not depend on the machine, allocations and ratios, must not get worse.
bench-check: setup-test fonts
	go run ./cmd/bench -tags $(TAGS) -check

lint: setup-test fonts
	test -z "$$(gofmt -l cmd app internal assets data)"
	go vet -tags $(TAGS) ./...
	go mod tidy -diff
	go run $(GOLANGCI) run --build-tags $(TAGS) ./...

# The pages, pictures and tables tests compare with, made anew: look at what
# changed before you commit it.
golden: setup-test fonts
	go test -tags $(TAGS) $$(grep -rl 'flag.Bool("update"' --include=*_test.go internal cmd app | xargs -n1 dirname | sort -u | sed 's|^|./|') -update
	git status --short

# Each fuzz test for a while: make fuzz FUZZTIME=5m.
FUZZTIME ?= 30s
fuzz: setup-test fonts
	@set -e; grep -rHo '^func Fuzz[A-Za-z0-9_]*' --include=*_test.go internal cmd app | while IFS=: read -r file name; do \
	echo "$$name"; go test -tags $(TAGS) "./$$(dirname $$file)" -run '^$$' -fuzz "^$${name#func }$$" -fuzztime $(FUZZTIME); done

race: setup-test fonts
	go test -race -short -tags $(TAGS) -timeout 30m ./internal/... ./app/... ./cmd/repertoirectl/...

cover: setup-test fonts
	@mkdir -p build
	go test -short -tags $(TAGS) -coverpkg=./internal/...,./app/... -coverprofile build/cover.out ./internal/... ./app/...
	go tool cover -func build/cover.out | tail -1

# Important lines broken on purpose: what survives needs a test. The list takes
# some minutes; make mutate MUTATE='-for 20m' goes on at random.
MUTATE ?=
mutate: setup-test fonts
	go run ./cmd/mutate -tags $(TAGS) $(MUTATE)

setup-build:
	@.ci/setup build
setup-test:
	@.ci/setup test

# What is handed to people, for Windows and Linux, in dist/: see cmd/package.
# SIGN_PKCS12, SIGN_PASSWORD_FILE and SIGN_TIMESTAMP sign what is for Windows.
package: fonts
	@.ci/setup package
	@rm -rf dist
	go run ./cmd/package -o dist -tags $(TAGS) -version '$(VERSION)' -ldflags '$(LDFLAGS)'

# The packages as people get them: Windows' under Wine, Debian's in a bare one.
windows-test:
	@.ci/setup windows-test
	@test -e dist/SHA256SUMS || $(MAKE) package
	.ci/windows-test dist

clean:
	rm -rf build dist
