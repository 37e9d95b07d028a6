#!/usr/bin/env bash
# All that a machine can say about the sources, one check after the other.
#
#     tools/lint.sh BUILD [CHECK]...
#
# Prints a line for each check, what it found, and at the end "N passed, N failed".
set -u
cd "$(dirname "$0")/.." || exit 1

build=$1
shift
mkdir -p "$build/lint"

c_files() { find core tests -name '*.[ch]' | sort; }

# What goes on with the other files when one fails.
quiet_make() { make --no-print-directory -s -k -j"$(nproc)" BUILD="$build" "$1"; }

check_build() { quiet_make objects | grep -v '^  CC ' || [ "${PIPESTATUS[0]}" -eq 0 ]; }

check_houses() { awk -f tools/houses.awk core/HOUSES core/*/*.[ch]; }

check_globals() { tools/globals.sh "$build"; }

check_format() { c_files | xargs clang-format --dry-run -Werror --ferror-limit=1; }

check_tidy() { quiet_make lint-tidy | grep -v '^  CC ' || [ "${PIPESTATUS[0]}" -eq 0 ]; }

check_cppcheck() {
    mkdir -p "$build/lint/cppcheck"
    cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr \
        --error-exitcode=1 --suppressions-list=tools/cppcheck.txt -j"$(nproc)" \
        --cppcheck-build-dir="$build/lint/cppcheck" -Icore -D_GNU_SOURCE \
        -DAJAR_VERSION='"lint"' --template='{file}:{line}: {message} [{id}]' core
}

check_lua() {
    find scripts lang tests data doc tools -name '*.lua' | sort | xargs --no-run-if-empty luacheck --quiet --codes --no-color
}

# The letters' languages: messages, placeholders, alphabets, widths. It takes the program.
check_lang() { quiet_make "$build/ajar" >/dev/null && "$build/ajar" lang check; }

# The pages that strangers read are those of the annotations beside them.
check_reference() { "$(tools/lua.sh)" tools/reference/main.lua check doc/api; }

check_shell() {
    find tools tests .ci -name '*.sh' -o -name '*.bats' -o -path .ci/run | sort |
        xargs shellcheck --external-sources
}

passed=0
failed=0
[ $# -gt 0 ] || set -- houses build globals format shell lua lang reference cppcheck tidy
for name in "$@"; do
    if "check_$name" >"$build/lint/$name.log" 2>&1; then
        echo "ok      $name"
        passed=$((passed + 1))
    else
        echo "FAILED  $name"
        cat "$build/lint/$name.log"
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
