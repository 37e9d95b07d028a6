#!/usr/bin/env bats
# Campaigns: made, filled, looked at.
bats_require_minimum_version 1.5.0

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    stderr='' stderr_lines=()
}

# The cluster of the test that had one.
teardown() {
    [ -z "${cluster:-}" ] || [ ! -d "$cluster" ] || "$BATS_TEST_DIRNAME/../postgres.sh" stop "$cluster"
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

@test "a new campaign has a database, a folder for evidence, a scope, opt-outs and rules" {
    "$AJAR" campaign new c
    [ "$(find c -mindepth 1 -printf "%f\n" | sort | paste -sd ' ')" = "campaign.db evidence optout rules.lua scope" ]
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

@test "elsewhere than on a terminal the status is one line" {
    "$AJAR" campaign new --name 'Autumn 2026' c
    printf '192.0.2.1:25\n192.0.2.2:25\n' >list
    "$AJAR" campaign import c list
    run "$AJAR" campaign status c
    [ "$output" = "Autumn 2026: 2 targets: 2 suspected; 0 tests waiting, 0 under way, 0 finished; 0 letters" ]
}

# On a terminal of 20 rows and 60 columns, with these keys pressed one after the other; what comes goes to the file "screen".
on_terminal() { # KEYS COMMAND...
    timeout 60 python3 - "$@" <<'PYTHON'
import fcntl, os, pty, struct, sys, termios, time
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 20, 60, 0, 0))
    os.execv(sys.argv[2], sys.argv[2:])
before, out, keys = termios.tcgetattr(terminal), b"", sys.argv[1].encode()
while True:
    try:
        out += os.read(terminal, 65536)
    except OSError:
        break
    if keys and b"q: ends" in out:
        os.write(terminal, keys[:1])
        keys = keys[1:]
with open("screen", "wb") as file:
    file.write(out)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
PYTHON
}

@test "on a terminal the status is kept up to date until q, and stands there afterwards" {
    "$AJAR" campaign new c
    on_terminal xq "$(realpath "$AJAR")" campaign status c
    python3 - <<'PYTHON'
screen = open("screen", "rb").read()
own = screen.split(b"\x1b[?1049l")
assert screen.startswith(b"\x1b[?1049h") and len(own) == 2
assert own[0].count(b"Targets            0") == 2, screen
assert own[1].count(b"Targets            0") == 1 and b"\x1b" not in own[1]
PYTHON
}

@test "nothing that a list is called by reaches the terminal but as letters, nor scrolls it" {
    "$AJAR" campaign new c
    for i in {1..30}; do echo "192.0.2.$i:25" >list && "$AJAR" campaign import -s "$(printf '\033[2J%s' "$i")$(printf 'x%.0s' {1..70})" c list; done
    on_terminal q "$(realpath "$AJAR")" campaign status c
    python3 - <<'PYTHON'
painted = open("screen", "rb").read().split(b"\x1b[?1049l")[0]
assert b"\x1b[2J" not in painted and b"[2J1x" in painted
rows = painted.split(b"\x1b[H")[1].split(b"\x1b[K")
assert len(rows) <= 21 and max(len(row.strip()) for row in rows[:-1]) <= 60
PYTHON
}

@test "--table names where targets stand" {
    "$AJAR" campaign new --name 'Autumn 2026' c
    run "$AJAR" campaign status --table c
    [ "$status" -eq 0 ]
    [[ ${lines[0]} == "Autumn 2026, since "* ]]
    [[ $output == *"Targets            0"* ]]
}

# ---- import ----

@test "a list is imported, and its lines that can't be read are told by number" {
    "$AJAR" campaign new c
    printf '192.0.2.1:25\n300.1.2.3\n192.0.2.2:25\nmail.example\n' >list
    run --separate-stderr "$AJAR" campaign import c list
    echo "$output / $stderr"
    [ "$status" -eq 1 ]
    [ "$output" = "list: list: 2 lines with suspects, 0 without, 2 bad; 2 targets are new, 2 sightings in all" ]
    [[ ${stderr_lines[0]} == "ajar campaign import: list:2: \"300.1.2.3\" is no target"* ]]
    [[ ${stderr_lines[1]} == "ajar campaign import: list:4: \"mail.example\" is a name"* ]]
    [ "$(told | jq -c '[.targets, .states, .sources]')" = '[2,{"suspected":2},{"list":2}]' ]
}

@test "what is imported twice is there once" {
    "$AJAR" campaign new c
    printf '192.0.2.1:25\n192.0.2.2:25\n' >list
    "$AJAR" campaign import c list
    run "$AJAR" campaign import c list
    [[ $output == *"; 0 targets are new, 2 sightings in all" ]]
    [ "$(told | jq -c '[.targets, .sightings]')" = '[2,2]' ]
}

@test "several lists, also from a pipe, each keep their own name" {
    "$AJAR" campaign new c
    mkdir somewhere
    printf '192.0.2.1:25\n' >somewhere/one
    printf 'ip,port\n192.0.2.1,25\n192.0.2.2,25\n' | "$AJAR" campaign import c somewhere/one -
    [ "$(told | jq -c .sources)" = '{"standard input":2,"one":1}' ]
    "$AJAR" campaign import --source 'CERT list' c somewhere/one
    [ "$(told | jq -c '.sources["CERT list"]')" = 1 ]
}

@test "of an address it is shown who has said what of it, and when" {
    "$AJAR" campaign new c
    cat >2026-03-01-scan_http_proxy-example.csv <<'END'
"timestamp","severity","ip","protocol","port","hostname","tag","asn","geo","region","city","naics","hostname_source","sector","proxy_authenticate","via","server"
"2026-03-01 02:10:16","medium","192.0.2.1","tcp",3128,"h.example","connect",64500,"CH","ZH","ZURICH",0,"ptr",,,,"squid/5"
"2026-03-02 02:10:16","medium","192.0.2.1","tcp",3128,"h.example","connect",64500,"CH","ZH","ZURICH",0,"ptr",,,,"squid/5"
END
    printf '192.0.2.1:3128\n192.0.2.2:25\n' >mine
    "$AJAR" campaign import --when 2026-03-03 c 2026-03-01-scan_http_proxy-example.csv mine
    run "$AJAR" campaign show c 192.0.2.1
    echo "$output"
    [[ ${lines[0]} == "192.0.2.1:3128 suspected since "*"; h.example CH AS64500" ]]
    [ "${lines[1]}" = "  said by Shadowserver scan_http_proxy: open HTTP proxy; tag: connect; server: squid/5 (2026-03-01 02:10:16 UTC to 2026-03-02 02:10:16 UTC, 2 times)" ]
    [ "${lines[2]}" = "  said by mine (2026-03-03 00:00:00 UTC)" ]
    [ "${#lines[@]}" -eq 3 ]
    [ "$("$AJAR" campaign show --json c 192.0.2.0/24 | jq -c '[.target, .port, (.sightings | length)]' | paste -sd ' ')" = '["192.0.2.1",3128,2] ["192.0.2.2",25,1]' ]
    refused 1 "no target there is in this campaign" "$AJAR" campaign show c 198.51.100.1
    refused 2 "is neither an address nor a network" "$AJAR" campaign show c mail.example
}

@test "a network is taken as its addresses, and a large one is refused" {
    "$AJAR" campaign new c
    printf '192.0.2.0/28:25\n10.0.0.0/8\n' >list
    run "$AJAR" campaign import c list
    [[ $output == *"list:2: 10.0.0.0/8 has too many addresses"* ]]
    [ "$(told | jq .targets)" = 16 ]
}

@test "a file that is no list is left after its first line" {
    "$AJAR" campaign new c
    printf '<html>\n192.0.2.1\n' >page
    run --separate-stderr "$AJAR" campaign import c page
    [ "$status" -eq 1 ]
    [[ $stderr == *"page:1: this is HTML or XML"* ]]
    [ "$(told | jq .targets)" = 0 ]
}

@test "of many bad lines only the first ones are told" {
    "$AJAR" campaign new c
    { echo 192.0.2.1; seq 1000 1099; } >list
    run --separate-stderr "$AJAR" campaign import c list
    [ "${#stderr_lines[@]}" -eq 21 ]
    [[ $output == *", 100 bad;"* ]]
}

@test "what is held out is about the part that was asked for, and an address with all its ports" {
    "$AJAR" campaign new --holdout 25 c
    for i in $(seq 0 255); do printf '192.0.2.%d:25\n192.0.2.%d:3128\n' "$i" "$i"; done >list
    "$AJAR" campaign import c list
    held=$(told | jq .holdout)
    echo "$held"
    [ "$held" -gt 50 ] && [ "$held" -lt 220 ] && [ $((held % 2)) -eq 0 ]
}

@test "wrong usage of import is told" {
    "$AJAR" campaign new c
    refused 2 "FILE is missing" "$AJAR" campaign import c
    refused 2 "CAMPAIGN is missing" "$AJAR" campaign import
    refused 2 "is none of them" "$AJAR" campaign import --format xml c x
    refused 2 "is no date" "$AJAR" campaign import --when yesterday c x
    refused 2 "priority" "$AJAR" campaign import --priority 9 c x
}

# ---- PostgreSQL ----

@test "a campaign may be in PostgreSQL, where several machines find it" {
    tests=$(realpath "$BATS_TEST_DIRNAME/..")
    cluster=$(mktemp -d /tmp/ajar-campaign-XXXXXX)
    "$tests/postgres.sh" start "$cluster" || skip "PostgreSQL is not installed"
    url="postgresql://ajar@/ajar?host=$cluster"
    printf '192.0.2.1:25\n192.0.2.2:25\n' >list
    run "$AJAR" campaign status "$url"
    [[ $output == *"no campaign is in this database: 'ajar campaign new' makes one" ]]
    "$AJAR" campaign new --name fleet "$url"
    "$AJAR" campaign import "$url" list
    [ "$("$AJAR" campaign status --json "$url" | jq -c '[.name, .targets]')" = '["fleet",2]' ]
    run "$AJAR" campaign new "$url"
    [[ $output == *"there is a campaign already" ]]
    "$tests/postgres.sh" stop "$cluster"
    run "$AJAR" campaign status "$url"
    [ "$status" -eq 1 ]
    [[ $output == "ajar campaign status: postgresql://ajar@/ajar: PostgreSQL: "* ]]
}

@test "an import waits for a database that is away, and counts nothing twice" {
    tests=$(realpath "$BATS_TEST_DIRNAME/..")
    cluster=$(mktemp -d /tmp/ajar-campaign-XXXXXX)
    "$tests/postgres.sh" start "$cluster" || skip "PostgreSQL is not installed"
    url="postgresql://ajar@/ajar?host=$cluster"
    "$AJAR" campaign new "$url"
    mkfifo list
    "$AJAR" campaign import "$url" list >out 2>err &
    importer=$!
    exec 9>list
    # One batch is written, the next one is begun.
    for i in $(seq 0 12000); do echo "10.0.$((i / 256)).$((i % 256)):25"; done >&9
    "$tests/postgres.sh" halt "$cluster"
    echo 192.0.2.1:25 >&9
    exec 9>&-
    until grep -q PostgreSQL err; do sleep 0.1; done
    "$tests/postgres.sh" go_on "$cluster"
    wait "$importer"
    cat out err
    [ "$(cat out)" = "list: list: 12002 lines with suspects, 0 without, 0 bad; 12002 targets are new, 12002 sightings in all" ]
    [ "$("$AJAR" campaign status --json "$url" | jq -c '[.targets, .sightings]')" = '[12002,12002]' ]
    "$tests/postgres.sh" stop "$cluster"
}

@test "a URL with a password in it is refused, and the password is not shown" {
    for url in postgresql://ajar:s3cret@127.0.0.1:1/x "postgresql://127.0.0.1:1/x?password=s3cret"; do
        refused 2 "a password in a URL can be read by others" "$AJAR" campaign status "$url"
        [[ $stderr != *s3cret* ]]
    done
}
