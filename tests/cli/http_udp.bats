#!/usr/bin/env bats
# Datagrams through HTTP/1.1 and HTTP/2 (RFC 9298), through the confined worker to the confined sink; and their replay.

bats_require_minimum_version 1.5.0
load servers

setup() {
    for probe in http-udp h2-udp; do
        SERVERS+=("$probe"-{open,closed,password,says-yes,deaf,echo,hostile-flood,but-25})
    done
    probed_simulators 129 "${SERVERS[@]}" http-udp-open-tls h2-udp-open-clear
}

teardown() { stop_server; }

probe() { # ID
    rm -f bundle.tar
    "$AJAR" probe --json --wait 2 -k key -e bundle.tar -p "proxy/${1%udp*}udp" "$(target "$1")" >results
    jq -r .verdict results
}

each() { # VERDICT ID-WITHOUT-ITS-PROBE REASON
    local probe
    for probe in http-udp h2-udp; do
        [ "$(probe "$probe-$2")" = "$1" ]
        grep -q "$3" results
        "$AJAR" replay bundle.tar
    done
}

@test "who sends datagrams for anyone is open by the sink's receipt, and replays" {
    each open open "our datagram reached our sink from 127."
    grep -q "the sink's answer came back through the target" results
    [ "$(jq -r '.steps[] | select(.form).cause' results)" = connect-udp ]
    "$AJAR" verify bundle.tar
    [ "$(probe http-udp-open-tls)" = open ]
    [ "$(probe h2-udp-open-clear)" = open ]
}

@test "who refuses or asks for a log-in is closed, and nobody logs in" {
    each closed closed "403"
    each closed password "asks for authentication: HTTP.* 407"
}

@test "who says yes to everything, or sends all back, is not accused" {
    each inconclusive says-yes "says yes to everything, to a port that is no number as well"
    each inconclusive echo "sends datagrams back"
}

@test "who says yes to requests alone, and sends nothing, is suspect" {
    each suspect deaf "no datagram reached our sink"
}

@test "who says thousands of things that mean nothing is not accused, and holds nobody up" {
    each inconclusive hostile-flood "carries no datagrams"
}

@test "to which of the sink's ports datagrams are sent is found out" {
    local server
    three_sink_ports 130 http-udp-but-25 h2-udp-but-25
    for server in http-udp h2-udp; do
        rm -f bundle.tar
        "$AJAR" probe --json --wait 1 -k key -e bundle.tar --sink "127.0.0.1:$PORTS" -p "proxy/$server" \
            "$(target "$server-but-25")" >results
        [ "$(jq -r .verdict results)" = open ]
        jq -e --arg ports "$PORTS" '.ports == ($ports / "," | map(tonumber) | { reached: .[1:], missed: .[:1] })' results
        "$AJAR" replay bundle.tar
    done
}
