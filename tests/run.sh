#!/usr/bin/env bash
# Runs suites of tests and adds up what they say.
#
#     tests/run.sh BUILD SUITE...
#
# `make test` has built what the suites need. A suite is a command that says "N passed, N failed" (and
# perhaps ", N skipped") on its last line; what it prints goes to BUILD/test-logs/SUITE.log, and is
# shown when something failed. A suite that mostly waits is named with "&" behind it, and runs beside those that
# follow. The last line here is the sum. FUZZ_SECONDS: how long each fuzz target
# runs; by default as long as a minute allows. HOSTILE_SEEDS: how many seeds of hostile words are tried; 1 by default.
set -u
cd "$(dirname "$0")/.." || exit 1

BUILD=$(realpath -m "$1")
shift
AJAR=$BUILD/ajar
export BUILD AJAR
logs=$BUILD/test-logs
mkdir -p "$logs"

suite_lint() { tools/lint.sh "$BUILD"; }
suite_unit() { tests/unit/run.sh "$BUILD"; }
suite_asan() { tests/unit/run.sh "$BUILD-asan"; }
suite_script() { tests/script/run.sh; }
suite_cli() { tests/bats.sh tests/cli; }
suite_robust() { python3 -B tests/cli/robust.py "$AJAR" "$BUILD-asan/ajar"; }
suite_crash() { python3 -B tests/cli/crash.py "$AJAR" 200 20; }
suite_evidence() { python3 -B tests/evidence/agree.py "$AJAR"; }
suite_hostile() { python3 -B tests/hostile/run.py "$AJAR"; }
suite_fuzz() { tests/fuzz/run.sh "$BUILD-asan"; }
suite_lab() { tests/lab/run.sh; }

SUM='^([0-9]+) passed, ([0-9]+) failed(, ([0-9]+) skipped)?$'
passed=0 failed=0 skipped=0

add_up() { # NAME STATUS SECONDS
    local line p=0 f=0 s=0
    line=$(grep -E "$SUM" "$logs/$1.log" | tail -n 1)
    if [[ $line =~ $SUM ]]; then
        p=${BASH_REMATCH[1]} f=${BASH_REMATCH[2]} s=${BASH_REMATCH[4]:-0}
    fi
    # A suite that ends without its sum, or badly though nothing failed, has failed itself.
    if { [ -z "$line" ] || [ "$2" -ne 0 ]; } && [ "$f" -eq 0 ]; then
        f=1
        echo "the suite ended with status $2" >>"$logs/$1.log"
    fi
    [ "$f" -eq 0 ] || { echo "--- $1"; cat "$logs/$1.log"; echo "---"; }
    printf '%-8s %4d passed, %d failed, %d skipped  (%d s)\n' "$1" "$p" "$f" "$s" "$3"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

# Leaves the log, and its status and seconds in NAME.end.
run_suite() { # NAME
    local started=$SECONDS
    "suite_$1" </dev/null >"$logs/$1.log" 2>&1
    echo "$? $((SECONDS - started))" >"$logs/$1.end"
}

beside=()
for suite in "$@"; do
    if [[ $suite == *'&' ]]; then
        run_suite "${suite%&}" &
        beside+=("${suite%&}")
    else
        run_suite "$suite"
        read -r status seconds <"$logs/$suite.end"
        add_up "$suite" "$status" "$seconds"
    fi
done
wait
for suite in "${beside[@]}"; do
    read -r status seconds <"$logs/$suite.end"
    add_up "$suite" "$status" "$seconds"
done

sum="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || sum="$sum, $skipped skipped"
echo "$sum"
[ "$failed" -eq 0 ]
