#!/usr/bin/env bats
# Campaigns: made, filled, looked at.
bats_require_minimum_version 1.5.0

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    stderr=''
}

refused() { # STATUS WORDS COMMAND…
    local expected=$1 words=$2
    shift 2
    run --separate-stderr "$@"
    echo "$status: $stderr"
    [ "$status" -eq "$expected" ]
    [ -z "$output" ]
    [[ $stderr == *"$words"* ]]
}

told() { "$AJAR" campaign status --json c; }

@test "a new campaign has a database, a folder for evidence, a scope and opt-outs" {
    "$AJAR" campaign new c
    [ "$(find c -mindepth 1 -printf "%f\n" | sort | paste -sd ' ')" = "campaign.db evidence optout scope" ]
    [ "$(told | jq -c '[.name, .targets]')" = '["c",0]' ]
}

@test "others on the machine can't read it" {
    "$AJAR" campaign new c
    [ "$(stat -c %a c c/campaign.db | paste -sd ' ')" = "700 600" ]
}

@test "its scope allows nothing until somebody says who is allowed" {
    "$AJAR" campaign new c
    run "$AJAR" probe --scope c/scope --mail-domain probes.example -p relay/envelope 127.0.0.1:1
    echo "$output"
    [[ $output == *"is outside the scope"* ]]
}

@test "a scope that was given is its scope, and a bad one is refused before anything is made" {
    printf 'allow 127.0.0.0/8\n' >mine
    "$AJAR" campaign new -s mine c
    cmp mine c/scope
    printf 'alow 127.0.0.0/8\n' >bad
    refused 1 "bad:1" "$AJAR" campaign new -s bad d
    [ ! -e d ]
}

@test "a campaign that is there is not overwritten" {
    "$AJAR" campaign new --name first c
    refused 1 "c: File exists" "$AJAR" campaign new c
    [ "$(told | jq -r .name)" = first ]
}

@test "a part that is held out is a percentage" {
    "$AJAR" campaign new --holdout 12.5% c
    for wrong in x -1 101 5x 0x10 nan; do
        refused 2 "is no percentage" "$AJAR" campaign new --holdout="$wrong" d
    done
}

@test "a folder that is no campaign is called so" {
    mkdir d
    refused 1 "'ajar campaign new' makes one" "$AJAR" campaign status d
    refused 1 "'ajar campaign new' makes one" "$AJAR" campaign status nowhere
}

@test "the screen for people names where targets stand" {
    "$AJAR" campaign new --name 'Autumn 2026' c
    run "$AJAR" campaign status c
    [ "$status" -eq 0 ]
    [[ ${lines[0]} == "Autumn 2026, since "* ]]
    [[ $output == *"Targets            0"* ]]
}
