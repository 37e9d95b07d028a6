# ajar: build, test, measure. `make help` lists what there is.

BUILD    ?= build
PREFIX   ?= /usr/local
DESTDIR  ?=
CC       ?= gcc
VERSION  := $(shell cat VERSION)

LIBS     := luajit libevent_core libevent_extra libsodium libcrypto libssl libseccomp libarchive jansson gmime-3.0
# Before `make deps` has run, pkg-config may know none of them: only then is it asked in silence.
PKGFLAGS := $(shell pkg-config --cflags $(LIBS) 2>/dev/null | sed 's/-I/-isystem /g')
PKGLIBS  := $(shell pkg-config --libs $(LIBS) 2>/dev/null)

WARN     := -Wall -Wextra -Werror -Wshadow -Wpointer-arith -Wstrict-prototypes -Wmissing-prototypes \
            -Wwrite-strings -Wvla -Wformat=2 -Wundef -Wcast-qual
HARDEN   := -fstack-protector-strong -fstack-clash-protection -fcf-protection -fPIE -D_FORTIFY_SOURCE=2
OPTIMISE ?= -O2 -g
CFLAGS   += -std=c11 -D_GNU_SOURCE -DAJAR_VERSION='"$(VERSION)"' $(WARN) $(OPTIMISE) $(HARDEN)
CPPFLAGS += -Icore -MMD -MP
LDFLAGS  += -pie -Wl,-z,relro,-z,now,-z,noexecstack,--as-needed

SOURCES  := $(sort $(wildcard core/*/*.c))
OBJECTS  := $(SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/embedded.o
LIBRARY  := $(filter-out $(BUILD)/core/cli/main.o,$(OBJECTS))
EMBEDDED := $(sort $(wildcard scripts/*/*.lua lang/*.lua lang/profiles/*.lua))

all: $(BUILD)/ajar

$(BUILD)/ajar: $(BUILD)/core/cli/main.o $(BUILD)/libajar.a
	@echo "  LINK  $@"
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(PKGLIBS)

$(BUILD)/libajar.a: $(LIBRARY)
	@echo "  AR    $@"
	@rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(CC) $(CPPFLAGS) $(CFLAGS) $(PKGFLAGS) -c -o $@ $<

# The built-in scripts and letters, byte for byte, in the program.
$(BUILD)/embedded.c: $(EMBEDDED) tools/embed.sh
	@mkdir -p $(@D)
	@echo "  EMBED $@"
	@tools/embed.sh $(EMBEDDED) > $@

$(BUILD)/embedded.o: $(BUILD)/embedded.c
	@$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

# Unit tests: one program for each tests/unit/HOUSE/test_FILE.c.
UNIT_SOURCES := $(sort $(wildcard tests/unit/*/test_*.c))
UNIT_TESTS   := $(UNIT_SOURCES:%.c=$(BUILD)/%)

$(BUILD)/tests/unit/%: tests/unit/%.c $(BUILD)/libajar.a
	@mkdir -p $(@D)
	@echo "  TEST  $<"
	@$(CC) $(CPPFLAGS) $(CFLAGS) $(PKGFLAGS) $(LDFLAGS) -o $@ $< $(BUILD)/libajar.a $(PKGLIBS) -lcmocka

unit-tests: $(UNIT_TESTS)

clean:
	rm -rf $(BUILD)

.PHONY: all unit-tests clean
.SECONDARY:

-include $(OBJECTS:.o=.d) $(UNIT_TESTS:=.d)
