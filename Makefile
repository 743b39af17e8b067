# Short names for what is done often. Everything works without make, too: see the README.
VERSION  ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
FUZZTIME ?= 30s
BENCH    ?= .
COUNT    ?= 1

.PHONY: build test bench fuzz gallery lint

build: ## the binary, as published
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o bin/communique ./cmd/communique

test: ## everything, outside judges included
	bash .ci/test

bench: ## every stage and end to end: time, bytes, allocations, documents a second
	go test -run '^$$' -bench '$(BENCH)' -benchmem -count $(COUNT) ./render/... ./service/... | go run .ci/bench.go

fuzz: ## each fuzz target for FUZZTIME
	bash .ci/fuzz $(FUZZTIME)

gallery: ## docs/gallery.md and its pictures, from the files of render/testdata/gallery
	go run .ci/gallery.go

lint: ## format, vet, and staticcheck where it is installed
	@test -z "$$(gofmt -l .ci cmd fonts locales render service templates)" || { gofmt -l .ci cmd fonts locales render service templates; exit 1; }
	go vet ./...
	@if command -v staticcheck >/dev/null; then staticcheck ./...; else echo 'staticcheck is not installed'; fi
