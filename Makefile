GO ?= go
LINT_VERSION = v2.15.0
BIN = $(shell $(GO) env GOPATH)/bin
DEMO ?= demo

.PHONY: build test test-tools lint bench nightly demo pictures update ci

build: ## the program, here
	$(GO) build -o cchc ./cmd/cchc

test: ## everything that needs only Go and a C compiler
	$(GO) test ./...

test-tools: ## the same and the tests that ask poppler, qpdf and LibreOffice
	$(GO) test -tags tools ./...

lint:
	@test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	$(GO) vet ./...
	$(GO) vet -tags tools ./...
	@test -x $(BIN)/golangci-lint || $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	$(BIN)/golangci-lint run ./...

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

nightly: ## the program against the plain-Go reference, on ten times as many workspaces
	$(GO) test ./pipeline -run Reference -seeds 2000 -timeout 120m

demo: ## five example workspaces with their reports
	$(GO) run ./cmd/cchc demo $(DEMO)

pictures: ## the pages shown in the READMEs, from a fresh demo (needs poppler-utils)
	.ci/pictures

update: ## write what the reports and layouts give now into their goldens; read the diff
	$(GO) test ./reports ./pipeline/layout -update

ci: ## everything a change must pass, from a bare machine on
	.ci/run
