#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031,SC2154 # bats sets status, output
bats_require_minimum_version 1.5.0
# The bundles of earlier versions in tests/tapes: they verify, and every verdict in them is derived again.

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    TAPES=$(realpath "$BATS_TEST_DIRNAME/../tapes")
    cd "$BATS_TEST_TMPDIR" || exit
}

newest() { find "$TAPES" -name 'ajar-*.tar.xz' | sort -V | tail -n 1; }

# The results in a bundle, a line of JSON each.
results() { tar -xOf "$1" --wildcards '*/case.json'; }

@test "all of them verify, and are derived again to the last case" {
    count=0
    for kept in "$TAPES"/*.tar.xz; do
        rm -rf kept && mkdir kept && tar -xJf "$kept" -C kept
        for bundle in kept/*.tar; do
            run "$AJAR" verify "$bundle"
            echo "$kept $bundle: $output"
            [ "$status" -eq 0 ]
            run --separate-stderr "$AJAR" replay -q "$bundle"
            echo "$kept $bundle: $output"
            [ "$status" -eq 0 ]
            [ "$output" = "$(results "$bundle" | wc -l) derived again, 0 different" ]
            count=$((count + 1))
        done
    done
    [ "$count" -gt 0 ]
}

@test "there are some of each interface from 2 on: a relay and a proxy, open and closed, with their receipts" {
    newest=$(newest | sed 's/.*-interface-\([0-9]*\).*/\1/')
    [ "$newest" -ge 7 ]
    for interface in $(seq 2 "$newest"); do
        echo "interface $interface"
        rm -rf kept && mkdir kept && tar -xJf "$TAPES"/ajar-*-interface-"$interface".tar.xz -C kept
        for bundle in kept/*.tar; do
            tar -xOf "$bundle" --wildcards '*/data/run.json' | grep -q "\"interface\":$interface,"
            results "$bundle"
        done >cases
        for kind in relay proxy; do
            grep "\"probe\":\"$kind/.*\"verdict\":\"open\"" cases | grep -q '"receipts":\[{'
            grep -q "\"probe\":\"$kind/.*\"verdict\":\"closed\"" cases
        done
        [ "$interface" -lt 3 ] || grep -q '"probe":"relay/own".*"verdict":"closed"' cases
    done
}

@test "the newest ones are of thirty probes, and of every verdict" {
    tar -xJf "$(newest)"
    for bundle in *.tar; do results "$bundle"; done >cases
    [ "$(grep -o '"probe":"[^"]*"' cases | sort -u | wc -l)" -ge 30 ]
    for verdict in open closed suspect inconclusive unreachable; do
        grep -q "\"probe\":\"relay/.*\"verdict\":\"$verdict\"" cases
        grep -q "\"probe\":\"proxy/.*\"verdict\":\"$verdict\"" cases
    done
}
