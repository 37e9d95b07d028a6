# ajar: build, test, measure. `make help` lists what there is.

quote    := '
comma    := ,

BUILD    ?= build
PREFIX   ?= /usr/local
DESTDIR  ?=
JOBS     ?= $(shell nproc 2>/dev/null || echo 1)
VERSION  := $(shell cat VERSION)
# Debian's zsh looks for its packages' functions in another folder than for those of /usr/local.
ZSH_FUNCTIONS ?= site-functions
FUZZ_SECONDS ?= 60

# libcurl, libedit, libpsl and libpq are not among them: they are loaded when they are wanted, see core/net/curl_library.h,
# core/cli/edit_library.h and core/store/libpq.h. libarchive is for the tests alone: the linker leaves out what nobody needs.
LIBS     := luajit libevent_core libevent_extra libsodium libcrypto libssl libseccomp libarchive libcares libnghttp2 \
            jansson sqlite3 gmime-3.0 glib-2.0 zlib pangocairo
# Before `make deps` has run, pkg-config may know none of them: only then is it asked in silence.
PKGFLAGS := $(shell pkg-config --cflags $(LIBS) libpq 2>/dev/null | sed 's/-I/-isystem /g')
PKGLIBS  := $(shell pkg-config --libs $(LIBS) 2>/dev/null)
# libunistring has no file for pkg-config.
PKGLIBS  := $(if $(PKGLIBS),$(PKGLIBS) -lunistring)

WARN     := -Wall -Wextra -Werror -Wshadow -Wpointer-arith -Wstrict-prototypes -Wmissing-prototypes \
            -Wwrite-strings -Wvla -Wformat=2 -Wundef -Wcast-qual
HARDEN   := -fstack-protector-strong -fstack-clash-protection -fcf-protection -fPIE \
            -D_FORTIFY_SOURCE=2
HARDENED_LINK := $(if $(HARDEN),-pie -Wl$(comma)-z$(comma)relro$(comma)-z$(comma)now)
OPTIMISE ?= -O2 -g
# gcc optimises the program as a whole, which saves 5 % of the user time. The objects hold plain code too, and the
# tests are linked with that: it is quicker.
WHOLE    := $(if $(shell $(CC) --version 2>/dev/null | grep clang),,-flto=auto -ffat-lto-objects -fno-plt)
# CPPFLAGS, CFLAGS and LDFLAGS are the user's, added last.
LANGUAGE := -std=c11 -D_GNU_SOURCE -DAJAR_VERSION='"$(VERSION)"' -Icore
COMPILE   = $(CC) $(LANGUAGE) -MMD -MP $(WARN) $(OPTIMISE) $(WHOLE) $(HARDEN) $(PKGFLAGS) $(CPPFLAGS) $(CFLAGS)
LINK      = $(CC) $(OPTIMISE) $(HARDEN) $(HARDENED_LINK) -Wl,-z,noexecstack,--as-needed $(LDFLAGS)

# A second build with sanitizers serves the unit tests and the fuzz targets.
SANITIZED = $(MAKE) BUILD=$(BUILD)-asan CC=clang HARDEN= CFLAGS= LDFLAGS= \
            OPTIMISE="-O1 -g -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all"

SOURCES  := $(sort $(wildcard core/*/*.c))
OBJECTS  := $(SOURCES:%.c=$(BUILD)/%.o)
MAINS    := $(BUILD)/core/cli/main.o $(BUILD)/core/paper/main.o
LIBRARY  := $(filter-out $(MAINS),$(OBJECTS)) $(BUILD)/embedded.o
EMBEDDED := $(sort $(wildcard data/*.json data/contact/*.json data/pack/* data/campaign/* data/view/* scripts/*/*.lua lang/*.lua \
            lang/profiles/*.lua doc/api/*.lua doc/examples/*/LICENSE doc/examples/*/*.* doc/examples/*/*/*.*))
API      := $(wildcard doc/api/*.lua tools/reference/*.lua)
UNIT_SOURCES := $(sort $(wildcard tests/unit/*/test_*.c))
UNIT_TESTS   := $(UNIT_SOURCES:%.c=$(BUILD)/%)
FUZZ_SOURCES := $(sort $(wildcard tests/fuzz/fuzz_*.c))
FUZZ_TARGETS := $(FUZZ_SOURCES:%.c=$(BUILD)/%)
TIDY_STAMPS  := $(SOURCES:%.c=$(BUILD)/lint/%.tidy)

#: all        the program, build/ajar (the default)
all: $(BUILD)/ajar $(BUILD)/ajar-paper $(BUILD)/man/ajar.1 $(BUILD)/man/ajar.3

$(BUILD)/ajar: $(BUILD)/core/cli/main.o $(BUILD)/libajar.a
	@echo "  LINK  $@"
	@$(LINK) $(WHOLE) -o $@ $^ $(PKGLIBS)

# What prints letters is a program of its own: core/paper/paper.h.
$(BUILD)/ajar-paper: $(BUILD)/core/paper/main.o $(BUILD)/libajar.a
	@echo "  LINK  $@"
	@$(LINK) $(WHOLE) -o $@ $^ $(PKGLIBS)

$(BUILD)/libajar.a: $(LIBRARY)
	@echo "  AR    $@"
	@rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/%.o: %.c $(BUILD)/flags
	@$(if $(PKGLIBS),,$(error some libraries are missing: run 'make deps' first))
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(COMPILE) -c -o $@ $<

# The manuals and the completion for the shells, from the words of --help.
$(BUILD)/man/ajar.1: $(BUILD)/ajar tools/manuals.sh
	@echo "  MAN   $(@D)"
	@tools/manuals.sh $(BUILD)/ajar $(@D)

# Those of the API, and its pages in doc/api, from the API's annotations.
$(BUILD)/man/ajar.3: $(API) tools/manuals.sh VERSION
	@echo "  MAN   $(@D)/*.3"
	@tools/manuals.sh --api $(@D)

#: reference  doc/api/*.md, the script reference, from the annotations beside it
reference:
	@"$$(tools/lua.sh)" tools/reference/main.lua markdown doc/api doc/api

# The built-in scripts and letters, byte for byte, in the program.
$(BUILD)/embedded.c: $(EMBEDDED) $(BUILD)/embedded.list tools/embed.sh
	@echo "  EMBED $@"
	@tools/embed.sh $(EMBEDDED) > $@.new && mv $@.new $@

$(BUILD)/embedded.o: $(BUILD)/embedded.c $(BUILD)/flags
	@$(COMPILE) -c -o $@ $<

# One program for each tests/unit/HOUSE/test_FILE.c.
$(BUILD)/tests/unit/%: tests/unit/%.c $(BUILD)/libajar.a
	@mkdir -p $(@D)
	@echo "  TEST  $<"
	@$(COMPILE) -c -o $@.o $<
	@$(LINK) $(if $(WHOLE),-fno-lto) -o $@ $@.o $(BUILD)/libajar.a $(PKGLIBS) -lcmocka

# One for each tests/fuzz/fuzz_FILE.c; only in the sanitized build.
$(BUILD)/tests/fuzz/%: tests/fuzz/%.c $(BUILD)/libajar.a
	@mkdir -p $(@D)
	@echo "  FUZZ  $<"
	@$(COMPILE) -Wno-missing-prototypes -c -o $@.o $<
	@$(LINK) -fsanitize=fuzzer -o $@ $@.o $(BUILD)/libajar.a $(PKGLIBS)

# Files that change only when what they say changes: so that other flags, or a script taken away,
# lead to a new build.
$(BUILD)/flags: FORCE
	@$(call say,$(subst $(quote),,$(COMPILE) $(LINK) $(PKGLIBS)))
$(BUILD)/embedded.list: FORCE
	@$(call say,$(EMBEDDED))

say = mkdir -p $(@D); echo '$(1)' | cmp -s - $@ || echo '$(1)' > $@

unit-tests: $(UNIT_TESTS)
fuzz-targets: $(FUZZ_TARGETS)

#: deps       install from Debian's packages what is missing for building and testing
deps:
	@tools/deps.sh

# A fresh machine has no pkg-config when this make starts: the work is done by a second one.
parallel = $(if $(findstring -j,$(MAKEFLAGS)),,-j$(JOBS))

#: demo       the whole job on simulated servers: set-up, probing, evidence, letter
demo: deps
	@$(MAKE) --no-print-directory $(parallel) all
	@BUILD=$(BUILD) tools/demo.sh

#: test       set-up, build, lint and all tests
test: deps
	@$(MAKE) --no-print-directory $(parallel) test-programs
	@tests/run.sh $(BUILD) 'lab&' lint unit asan script crash evidence hostile fuzz cli robust

test-programs: all unit-tests sanitized
sanitized:
	+@$(SANITIZED) --no-print-directory all unit-tests fuzz-targets

#: check      the quick part of the tests: lint, unit, script, evidence and command line
check: all unit-tests
	@tests/run.sh $(BUILD) lint unit script evidence cli

#: asan       the unit tests under AddressSanitizer and UndefinedBehaviorSanitizer, and probes against hostile servers
asan: all sanitized
	@tests/run.sh $(BUILD) asan robust

#: fuzz       each fuzz target for FUZZ_SECONDS (60)
fuzz:
	+@$(SANITIZED) --no-print-directory fuzz-targets
	@FUZZ_SECONDS=$(FUZZ_SECONDS) tests/run.sh $(BUILD) fuzz

#: hostile    what an enemy writes in every source, looked for in every output; HOSTILE_SEEDS (1)
hostile: all
	@tests/run.sh $(BUILD) hostile

#: lab        probes against real mail servers and proxies on loopback
lab: all
	@tests/run.sh $(BUILD) lab

#: accuracy   doc/accuracy.md: the lab's verdicts beside nmap's; as root
accuracy: all
	@AJAR=$(abspath $(BUILD)/ajar) tests/lab/run.sh --accuracy doc/accuracy.md

#: bench      the measurements of doc/performance.md
bench: all bench-program
	@BUILD=$(BUILD) tests/bench/run.sh

# The program with the benchmark's probes built in, as scripts that are not run elsewhere.
BENCH_PROBES := $(wildcard tests/bench/probes/*.lua)
bench-program: $(BUILD)/bench/ajar
$(BUILD)/bench/ajar: $(BUILD)/core/cli/main.o $(BUILD)/bench/embedded.o $(BUILD)/libajar.a
	@echo "  LINK  $@"
	@$(LINK) $(WHOLE) -o $@ $^ $(PKGLIBS)
# What makes big bundles (tests/bench/bigbundle.c); what stands in these is made by the program's own library.
bench-bundles: $(BUILD)/bench/bigbundle $(BUILD)/bench/manycases
# What the store costs for a job (tests/bench/storebench.c).
bench-store: $(BUILD)/bench/storebench
$(BUILD)/bench/bigbundle $(BUILD)/bench/manycases $(BUILD)/bench/storebench: $(BUILD)/bench/%: tests/bench/%.c $(BUILD)/libajar.a
	@mkdir -p $(@D)
	@$(COMPILE) $(if $(WHOLE),-fno-lto) -c -o $@.o $<
	@$(LINK) $(if $(WHOLE),-fno-lto) -o $@ $@.o $(BUILD)/libajar.a $(PKGLIBS)
$(BUILD)/bench/embedded.c: $(EMBEDDED) $(BENCH_PROBES) $(BUILD)/embedded.list tools/embed.sh
	@mkdir -p $(@D)
	@tools/embed.sh $(EMBEDDED) $(foreach file,$(BENCH_PROBES),$(file)=scripts/relay/bench-$(notdir $(file))) > $@
$(BUILD)/bench/embedded.o: $(BUILD)/bench/embedded.c $(BUILD)/flags
	@$(COMPILE) -c -o $@ $<

#: lint       the walls between the houses, formatting and static analysis
lint:
	@tools/lint.sh $(BUILD)

# For tools/lint.sh, which goes on after a file that does not compile.
objects: $(OBJECTS)
# A stamp for each file; the object stands for the headers that the file includes.
lint-tidy: $(TIDY_STAMPS)
ANALYZER = $(if $(filter core/base/fail,$*),,-include tools/analyzer.h)
$(BUILD)/lint/%.tidy: $(BUILD)/%.o .clang-tidy tools/analyzer.h
	@mkdir -p $(@D)
	@clang-tidy --quiet --warnings-as-errors='*' $*.c -- $(LANGUAGE) $(ANALYZER) $(PKGFLAGS) \
		>$@.log 2>&1 || { echo "$*.c: see $@.log"; grep -E ' (error|warning): ' $@.log; exit 1; }
	@touch $@

#: install    the program, its manuals and examples under DESTDIR and PREFIX (/usr/local)
install: all
	+@$(MAKE) --no-print-directory install-files
# What is built, as it is.
install-files:
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/libexec/ajar $(DESTDIR)$(PREFIX)/share/ajar/profiles \
		$(DESTDIR)$(PREFIX)/share/ajar/api $(DESTDIR)$(PREFIX)/share/doc/ajar/api \
		$(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/man3 \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions \
		$(DESTDIR)$(PREFIX)/share/zsh/$(ZSH_FUNCTIONS) $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	install -m 755 $(BUILD)/ajar $(DESTDIR)$(PREFIX)/bin/ajar
	install -m 755 $(BUILD)/ajar-paper $(DESTDIR)$(PREFIX)/libexec/ajar/ajar-paper
	install -m 644 $(BUILD)/man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	install -m 644 $(BUILD)/man/*.3 $(DESTDIR)$(PREFIX)/share/man/man3/
	install -m 644 $(wildcard doc/api/*.lua) $(DESTDIR)$(PREFIX)/share/ajar/api/
	install -m 644 $(wildcard doc/api/*.md doc/api/*.lua) $(DESTDIR)$(PREFIX)/share/doc/ajar/api/
	install -m 644 $(BUILD)/man/ajar.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/ajar
	install -m 644 $(BUILD)/man/_ajar $(DESTDIR)$(PREFIX)/share/zsh/$(ZSH_FUNCTIONS)/_ajar
	install -m 644 $(BUILD)/man/ajar.fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/ajar.fish
	install -m 644 LICENSE $(wildcard README.md doc/*.md doc/*.png) $(DESTDIR)$(PREFIX)/share/doc/ajar/
	cp -r doc/examples $(DESTDIR)$(PREFIX)/share/doc/ajar/
	for file in $(wildcard lang/profiles/*.lua); do \
		install -m 644 $$file $(DESTDIR)$(PREFIX)/share/ajar/profiles/ || exit 1; done

#: deb        a Debian package of the program, build/ajar_VERSION_ARCHITECTURE.deb
deb: all
	+@tools/deb.sh $(BUILD)

#: clean      remove all that was built
clean:
	rm -rf $(BUILD) $(BUILD)-asan

#: help       this list
help:
	@echo 'make TARGET, where TARGET is one of:'
	@sed -n 's/^#: /  /p' Makefile

.PHONY: all reference deps demo deb test test-programs sanitized check unit-tests fuzz-targets asan fuzz hostile lab \
	accuracy bench bench-program bench-bundles bench-store lint objects lint-tidy install install-files clean help FORCE
.SECONDARY:
.DELETE_ON_ERROR:

-include $(OBJECTS:.o=.d) $(UNIT_TESTS:=.d) $(FUZZ_TARGETS:=.d)
