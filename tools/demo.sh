#!/usr/bin/env bash
# The whole job on real bytes, on loopback: simulated servers, probing, evidence, proof, letter.
#
#     tools/demo.sh           (make demo builds first); $BUILD/ajar is the program, build/ajar by default
#
# Each step prints what it does and the command that it runs. The folder it works in is kept, so that each
# command can be run again there by hand. Ends with status 1 when anything is not as it should be.
set -euo pipefail

AJAR=$(realpath -e "${BUILD:-build}/ajar")
SERVERS="relay-open relay-closed relay-after-data relay-swallowing socks-open http-open http-says-200"
NETS="77 78 79 80 81 82 83 84" # 127.0.N.x: another simulation may be running
steps=0
simulation=

fail() {
    printf '\ndemo: FAILED: %s\n' "$*" >&2
    exit 1
}

stop_simulation() {
    [ -z "$simulation" ] || kill "$simulation" 2>/dev/null || true
    [ -z "$simulation" ] || wait "$simulation" 2>/dev/null || true
    simulation=
}
trap stop_simulation EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

step() {
    steps=$((steps + 1))
    printf '\n== %d. %s\n' "$steps" "$*"
}

# Prints a command and runs it. It must succeed.
run() {
    printf '$ %s\n' "$1"
    eval "$1" || fail "that command ended with status $?"
}

# The same for one that must fail.
refused() {
    printf '$ %s\n' "$1"
    if eval "$1"; then
        fail "that command should have failed"
    fi
}

started() { # PID: has the simulation said where all of its servers are?
    local servers
    servers=$(wc -w <<<"$SERVERS")
    for _ in $(seq 100); do
        [ "$(wc -l <servers.txt)" -lt "$servers" ] || return 0
        kill -0 "$1" 2>/dev/null || return 1
        sleep 0.05
    done
    return 1
}

# Serves on the first network of loopback that is free.
start_simulation() {
    for net in $NETS; do
        command="./ajar sim --for 120 --net $net --sink 127.0.$net.1:2600 $SERVERS"
        : >servers.txt
        $command >servers.txt 2>sim.log </dev/null &
        simulation=$!
        if started "$simulation"; then
            printf '$ %s >servers.txt &\n' "$command"
            return
        fi
        stop_simulation
    done
    fail "the simulated servers did not start: $(cat sim.log)"
}

for tool in jq minisign sha256sum; do
    command -v "$tool" >/dev/null || fail "$tool is missing: make deps installs it"
done
folder=$(mktemp -d "${TMPDIR:-/tmp}/ajar-demo.XXXXXX")
cd "$folder"
ln -s "$AJAR" ajar
echo "Everything below happens in $folder, on loopback alone, and the folder is kept."
run "cd $folder"

step "A key to sign the evidence with. For show: without a password."
run "./ajar key new --no-password -o demo.key"

step "Simulated servers: open, closed, and such as only look open."
start_simulation
run "cat servers.txt"

step "Probing them. What is open is proven: a mark came back to our own receiver, the sink."
run "cut -d' ' -f1 servers.txt >suspected.txt"
echo "(Five of the probes; without -p it is all that fit the port.)"
run "./ajar probe --table -i suspected.txt -p '!relay/[!t]*' -p '!proxy/http-[pu]*' -p '!proxy/web*' \\
    -p '!proxy/https*' -p '!proxy/socks*[!45]' --sink 127.0.$net.1:2600 --wait 3 -e run.tar \\
    -k demo.key"

step "The evidence, unpacked and checked with public tools alone."
run "tar -xf run.tar"
run "(cd run && minisign -V -p ../demo.pub -m tagmanifest-sha256.txt)"
run "(cd run && sha256sum -c --strict tagmanifest-sha256.txt)"
run "(cd run && sha256sum -c --strict manifest-sha256.txt | tail -n 3)"

step "The same by ajar, which also finds what was added."
run "./ajar verify --public-key demo.pub run.tar"

step "One byte changed in a copy: the closed server's refusal, 554, becomes 254."
run "LC_ALL=C sed '0,/554 5/s/554 5/254 5/' run.tar >changed.tar"
refused "cmp -l run.tar changed.tar"
[ "$(cmp -l run.tar changed.tar | wc -l)" -eq 1 ] || fail "not one byte differs"
refused "./ajar verify --public-key demo.pub changed.tar"

step "The verdicts derived again: the scripts in the bundle run against the tapes in it, without a network."
run "./ajar replay run.tar"

step "Are the verdicts right? The simulation knows what its servers are. Nothing may be left over."
run "jq -r '\"\\(.target):\\(.port) \\(.probe) \\(.verdict)\"' run/data/cases/*/case.json | sort >found.txt"
run "cut -d' ' -f2 found.txt | sort -u | sed 's/.*/ & /' >probes.txt"
run "./ajar sim --net $net --json list >simulated.txt"
run "jq -r '.target as \$t | .expects | to_entries[] | \"\\(\$t) \\(.key) \\(.value)\"' simulated.txt |
    grep -wFf suspected.txt | grep -Ff probes.txt | sort >right.txt"
run "comm -13 found.txt right.txt | tee wrong.txt"
[ ! -s wrong.txt ] || fail "those verdicts should have been found, and were not"
echo "All $(wc -l <right.txt) verdicts are right."

step "One dialogue, as a person reads it: the open relay's."
case=$(jq -r 'select(.probe == "relay/third-party" and .verdict == "open").case' run/data/cases/*/case.json)
run "./ajar show run.tar $case"

step "The letters to the owners, in Norwegian; shown is the one about the open relay."
run "./ajar notify run.tar --public-key demo.pub --lang nb --out letters"
run "./ajar notify run.tar --public-key demo.pub --lang nb --print >letters.txt"
run "sed -n '/^Subject:.*port 2525/,/^=== English/p' letters.txt"

printf '\nDone in %d s: all %d steps went as they should. Everything is in %s\n' "$SECONDS" "$steps" "$folder"
echo "To probe by hand: start step 2's command again there, and give -e another name."
