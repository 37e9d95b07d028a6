#!/usr/bin/env bash
# Runs each fuzz target for a while, from its seeds: tests/fuzz/run.sh BUILD. What makes one fail is kept
# in BUILD/fuzz-found/. What a target has learnt stays in BUILD/fuzz-corpus/ for the next time.
#
# FUZZ_SECONDS: how long each runs; by default at most 5 s, and all of them about a minute.
set -u
cd "$(dirname "$0")/../.." || exit 1

build=$1
jobs=$(nproc)
logs=$build/test-logs/fuzz
found=$build/fuzz-found
corpus=$build/fuzz-corpus
mkdir -p "$logs" "$found" "$corpus"

names=()
for source in tests/fuzz/fuzz_*.c; do
    [ -e "$source" ] && names+=("$(basename "$source" .c)")
done
seconds=${FUZZ_SECONDS:-$((60 * jobs / (${#names[@]} + 1)))}
[ -n "${FUZZ_SECONDS:-}" ] || [ "$seconds" -le 5 ] || seconds=5
[ "$seconds" -ge 1 ] || seconds=1

run_one() { # NAME BUILD SECONDS
    mkdir -p "$2/fuzz-corpus/$1"
    local folders=("$2/fuzz-corpus/$1")
    [ ! -d "tests/fuzz/seeds/$1" ] || folders+=("tests/fuzz/seeds/$1")
    timeout --kill-after=5 $(($3 + 60)) "$2/tests/fuzz/$1" -max_total_time="$3" -timeout=10 \
        -rss_limit_mb=1024 -print_final_stats=1 -artifact_prefix="$2/fuzz-found/$1-" \
        "${folders[@]}" >"$2/test-logs/fuzz/$1.log" 2>&1 </dev/null
    echo "status $?" >>"$2/test-logs/fuzz/$1.log"
}
export -f run_one
[ ${#names[@]} -eq 0 ] || printf '%s\n' "${names[@]}" |
    xargs -P "$jobs" -I NAME bash -c 'run_one "$@"' run NAME "$build" "$seconds"

passed=0 failed=0
for name in "${names[@]}"; do
    log=$logs/$name.log
    if [ "$(tail -n 1 "$log")" = "status 0" ]; then
        passed=$((passed + 1))
        echo "ok $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs in $seconds s"
    else
        failed=$((failed + 1))
        echo "FAILED $name (what did it is in $found)"
        tail -n 60 "$log"
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
