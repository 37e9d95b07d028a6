#!/usr/bin/env bats
# The benchmark measures nothing here, but what it is made of has to go with the program.
bats_require_minimum_version 1.5.0

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    cd tests/bench || return 1
}

in_bench() { BUILD=$(dirname "$AJAR") python3 -B -c "import programs; $1"; }

@test "its server, its rival and what makes big bundles can be built, without a warning" {
    run -0 in_bench 'programs.build(); programs.build_bigbundle()'
    [ -z "$output" ]
}

@test "a big bundle that it makes is verified" {
    in_bench 'programs.build(); programs.build_bigbundle()'
    place=$(dirname "$AJAR")/bench
    cd "$BATS_TEST_TMPDIR"
    "$AJAR" key new --no-password -o k.key
    "$place/bigbundle" 100 big.tar k.key
    run -0 "$AJAR" verify -P k.pub big.tar
    grep -qx "  cases       100" <<<"$output"
}

@test "a bundle of many cases that it makes bears out what each of them says, and a letter is written about each" {
    in_bench 'programs.build(); programs.build_manycases(); import comparisons; programs.open_case(programs.PLACE / "case.tar", comparisons.new_key())'
    place=$(dirname "$AJAR")/bench
    "$place/manycases" "$place/case.tar" 127.0.199.2 100 "$BATS_TEST_TMPDIR/many.tar" "$place/bench.key"
    rm "$place/case.tar"
    cd "$BATS_TEST_TMPDIR"
    run -0 "$place/ajar" verify -P "$place/bench.pub" many.tar
    grep -q "case.json   100 of 100: what it says is what tape and receipts say" <<<"$output"
    run -0 --separate-stderr "$place/ajar" notify many.tar --out out
    [ "${#lines[@]}" -eq 100 ]
}
