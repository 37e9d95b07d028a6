#!/usr/bin/env bash
# Runs the bats files in a folder and counts: tests/bats.sh FOLDER. $AJAR is the program to test.
# What takes more than BATS_SECONDS in all hangs: a busy machine may take several times as long as an idle one.
set -u

tap=$(mktemp)
trap 'rm -f "$tap"' EXIT
timeout --kill-after=5 "${BATS_SECONDS:=1800}" bats --tap "$1" >"$tap" 2>&1
status=$?
grep -vE '^ok [^#]*$' "$tap"
skipped=$(grep -c '^ok .* # skip' "$tap")
passed=$(($(grep -c '^ok ' "$tap") - skipped))
failed=$(grep -c '^not ok ' "$tap")
planned=$(sed -n '1s/^1\.\.//p' "$tap")
lost=$((${planned:-1} - passed - skipped - failed))
if [ "$lost" -gt 0 ]; then
    echo "bats ended with status $status after $SECONDS s: $lost tests were not run"
    failed=$((failed + lost))
elif [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
    echo "bats ended with status $status"
    failed=1
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
