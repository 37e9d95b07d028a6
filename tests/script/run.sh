#!/usr/bin/env bash
# Runs the tests of scripts: each tests/script/NAME.sh, which ends with status 0 or says at its end
# "N passed, N failed", and each tests/script/NAME.bats. $AJAR is the program.
set -u
cd "$(dirname "$0")/../.." || exit 1

SUM='^([0-9]+) passed, ([0-9]+) failed(, ([0-9]+) skipped)?$'
passed=0 failed=0 skipped=0

run_one() { # FILE
    case $1 in
    *.bats) tests/bats.sh "$1" ;;
    *) timeout --kill-after=5 120 "$1" ;;
    esac
}

for file in tests/script/*.sh tests/script/*.bats; do
    [ -e "$file" ] || continue
    [ "$file" != tests/script/run.sh ] || continue
    said=$(run_one "$file" 2>&1)
    status=$?
    if [[ ${said##*$'\n'} =~ $SUM ]]; then
        p=${BASH_REMATCH[1]} f=${BASH_REMATCH[2]} s=${BASH_REMATCH[4]:-0}
        [ "$status" -eq 0 ] || [ "$f" -gt 0 ] || f=1
    elif [ "$status" -eq 0 ]; then
        p=1 f=0 s=0
    else
        p=0 f=1 s=0
    fi
    echo "$file: $p passed, $f failed, $s skipped"
    [ "$f" -eq 0 ] || printf '%s\n' "$said"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
