#!/usr/bin/env bash
# Runs the unit tests built under BUILD: tests/unit/run.sh BUILD. Each program says in TAP what it did;
# one that crashes, hangs or says less than it promised counts as one failure more.
set -u
cd "$(dirname "$0")/../.." || exit 1

build=$1
logs=$build/test-logs/unit
rm -rf "$logs"
mkdir -p "$logs"
export ASAN_OPTIONS=${ASAN_OPTIONS:-abort_on_error=0:detect_leaks=1}
export LSAN_OPTIONS=${LSAN_OPTIONS:-suppressions=$PWD/tests/unit/leaks.txt:print_suppressions=0}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
export CMOCKA_MESSAGE_OUTPUT=TAP

run_one() { # PROGRAM LOG
    timeout --kill-after=5 600 "$1" >"$2" 2>&1 </dev/null
    echo "status $?" >>"$2"
}
export -f run_one

programs() {
    local source
    for source in tests/unit/*/test_*.c; do
        [ -e "$source" ] || continue
        source=${source%.c}
        echo "$build/$source $logs/$(basename "$(dirname "$source")")-$(basename "$source").log"
    done
}
# What needs PostgreSQL finds it by AJAR_POSTGRES.
if [ -z "${AJAR_POSTGRES+set}" ]; then
    exec tests/postgres.sh run tests/unit/run.sh "$build"
fi
programs | xargs -P "$(nproc)" -L 1 bash -c 'run_one "$@"' run

passed=0 failed=0 skipped=0
for log in "$logs"/*.log; do
    [ -e "$log" ] || continue
    promised=$(sed -n 's/^1\.\.\([0-9]*\)$/\1/p' "$log" | head -n 1)
    # cmocka reports what was skipped as "not ok N # SKIP".
    skip=$(grep -cE '^(not )?ok .*# SKIP' "$log")
    bad=$(grep '^not ok' "$log" | grep -cv '# SKIP')
    good=$(grep '^ok ' "$log" | grep -cv '# SKIP')
    status=$(sed -n 's/^status //p' "$log" | tail -n 1)
    if [ "$((good + bad + skip))" -lt "${promised:-1}" ] || { [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; }; then
        bad=$((bad + 1))
    fi
    if [ "$bad" -gt 0 ]; then
        echo "FAILED $(basename "$log" .log): status $status"
        grep -v '^ok ' "$log"
    fi
    passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + skip))
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
