# shellcheck shell=bash
# servers: what the tests of the command line talk to. `load servers`, and stop_server in teardown.

# Runs a server in the background until its first line of output, which names its ports, stands in the file. Its pid
# is then in SERVER. It gets the caller's stdin.
start_server() { # FILE COMMAND…
    local file=$1
    shift
    : >"$file" # what another has left there would be taken for its first line
    "$@" <&0 >"$file" 3>&- &
    SERVER=$!
    for _ in {1..200}; do
        [ -s "$file" ] && return
        sleep 0.05
    done
    return 1
}

# Until so many of them have named themselves in the file "servers".
await_servers() { # COUNT
    local named
    for _ in {1..200}; do
        mapfile -t named <servers
        [ ${#named[@]} -lt "$1" ] || return 0
        sleep 0.05
    done
    return 1
}

stop_server() { [ -z "${SERVER:-}" ] || kill "$SERVER" 2>/dev/null || true; }

# The resolver that plays all DNS lists and names: RESOLVER is where it is, the file "asked" what it was asked. With an
# address: where names in sim.test lead.
# shellcheck disable=SC2034,SC2120
start_resolver() { # [ADDRESS]
    start_server port python3 "$BATS_TEST_DIRNAME/dns_server.py" "$@" 2>asked
    RESOLVER=127.0.0.1:$(cat port)
}

# A port on loopback that is free, and below those that the system gives to whoever asks for any: nobody takes it
# by chance before it is used.
free_port() {
    python3 -c 'import random, socket
while True:
    port = random.randrange(20000, 32000)
    try:
        socket.create_server(("127.0.0.1", port)).close()
        break
    except OSError:
        pass
print(port)'
}

# Relays of several kinds (tls_relay.py says which): the file "ports" names them, SINK is the port that they deliver to.
start_relays() {
    SINK=$(free_port)
    start_server ports python3 "$BATS_TEST_DIRNAME/tls_relay.py" . "$SINK"
}

# Simulated servers at addresses with this third number, for 90 seconds; target ID is where one of them is. Where SINK is
# set they deliver there.
start_simulators() { # NET ID…
    start_server servers "$AJAR" sim --net "$1" --for 90 ${SINK:+--sink "127.0.0.1:$SINK"} "${@:2}" </dev/null
    await_servers $(($# - 1))
}

# What tests of one kind of probe begin with: a key, and simulated servers to try it on.
probed_simulators() { # NET ID…
    AJAR=$(realpath "${AJAR:-$BATS_TEST_DIRNAME/../../build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    "$AJAR" key new --no-password -o key >/dev/null
    start_simulators "$@"
}

# Others in their place that lead to a sink with three ports, PORTS.
# shellcheck disable=SC2034
three_sink_ports() { # NET ID…
    PORTS=$(free_port),$(free_port),$(free_port)
    stop_server
    start_server servers "$AJAR" sim --net "$1" --for 90 --sink "127.0.0.1:$PORTS" "${@:2}" </dev/null
}

target() { awk -v id="$1" '$2 == id { print $1 }' servers; }

# What tests of sealed bundles begin with: a.tar, sealed by a new k.key, and a.json, of a run against two simulated servers at
# addresses with this third number and what else is named; the file "open" has the case that is open.
sealed_run() { # NET WORD…
    "$AJAR" key new --no-password -o k.key
    SINK=127.0.0.1:$(free_port)
    start_server servers "$AJAR" sim --sink "$SINK" --net "$1" --for 60 relay-open relay-closed </dev/null
    await_servers 2
    "$AJAR" probe --sink "$SINK" --wait 5 -k k.key -e a.tar -p relay/third-party --json \
        "$(target relay-open)" "$(target relay-closed)" "${@:2}" >a.json
    stop_server
    sed -n 's/.*"verdict":"open".*"case":"\([^"]*\)".*/\1/p' a.json >open
}
