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
