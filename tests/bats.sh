#!/usr/bin/env bash
# Runs a bats file, or those in a folder, some side by side, and counts: tests/bats.sh FOLDER. $AJAR is the program to test.
# They mostly wait. Those that simulate servers have third numbers of addresses of their own, so that none meets another's.
# What takes more than BATS_SECONDS hangs: a busy machine may take several times as long as an idle one.
set -u

BATS_LANES=${BATS_LANES:-3}
taps=$(mktemp -d)
trap 'rm -rf "$taps"' EXIT

run_file() { # FILE
    timeout --kill-after=5 "${BATS_SECONDS:-1200}" bats --tap "$1" >"$taps/${1##*/}" 2>&1
    echo "$?" >"$taps/${1##*/}.status"
}

# Those that take longest go first.
in_order() { # FILE or FOLDER
    if [ -f "$1" ]; then
        echo "$1"
    else
        { ls "$1"/{sim,probe,late,relay}.bats; ls "$1"/*.bats; } 2>/dev/null | awk '!seen[$0]++'
    fi
}

passed=0 failed=0 skipped=0
add_up() { # FILE
    local tap=$taps/${1##*/} p s f planned status lost
    grep -vE '^(ok [^#]*|1\.\..*)$' "$tap"
    status=$(cat "$tap.status")
    s=$(grep -c '^ok .* # skip' "$tap")
    p=$(($(grep -c '^ok ' "$tap") - s))
    f=$(grep -c '^not ok ' "$tap")
    planned=$(sed -n '1s/^1\.\.//p' "$tap")
    lost=$((${planned:-1} - p - s - f))
    if [ "$lost" -gt 0 ]; then
        echo "$1 ended with status $status: $lost tests were not run"
        f=$((f + lost))
    elif [ "$status" -ne 0 ] && [ "$f" -eq 0 ]; then
        echo "$1 ended with status $status"
        f=1
    fi
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

mapfile -t files < <(in_order "$1")
running=0
for file in "${files[@]}"; do
    [ "$running" -lt "$BATS_LANES" ] || { wait -n; running=$((running - 1)); }
    run_file "$file" &
    running=$((running + 1))
done
wait
for file in "${files[@]}"; do
    add_up "$file"
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
