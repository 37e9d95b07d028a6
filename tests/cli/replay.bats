#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031,SC2154 # bats sets status, output, lines, stderr
bats_require_minimum_version 1.5.0
# ajar replay: what is the same, what differs and where, what can't be replayed; and scripts that are an enemy's.

load servers

setup_file() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    export AJAR HOME=$BATS_FILE_TMPDIR
    unset AJAR_KEY_PASSWORD_FILE
    cd "$BATS_FILE_TMPDIR" || exit
    "$AJAR" key new --no-password -o k.key
    cat >own.lua <<'LUA'
local probe = ajar.probe { id = "relay/own", kind = "relay", ports = { 25 }, summary = "One of the operator's own" }

function probe.run(target)
    local smtp = ajar.smtp.connect(target)
    smtp:ehlo()
    return ajar.closed(smtp:command("NOOP"))
end

return probe
LUA
    start_simulators 127 relay-closed
    "$AJAR" probe --json -k k.key -e run.tar -p relay/third-party -p ./own.lua "$(target relay-closed)" >run.json
    stop_server
}

setup() {
    cd "$BATS_TEST_TMPDIR" || exit
    cp "$BATS_FILE_TMPDIR"/{run.tar,run.json,k.key,k.chain,own.lua} .
    case=$(sed -n 's/.*third-party.*"case":"\(c-[0-9a-f]*\)".*/\1/p' run.json)
    own=$(sed -n 's/.*relay\/own.*"case":"\(c-[0-9a-f]*\)".*/\1/p' run.json)
}

alter() { python3 -B "$BATS_TEST_DIRNAME/alter.py" "$@"; }

# Puts a script in the place of the operator's own and replays its case.
replay_with() { # FILE
    alter run.tar bad.tar /own.lua "$1"
    run --separate-stderr "$AJAR" replay bad.tar "$own"
}

@test "a built-in probe and one of the operator's own come to the same end" {
    run --separate-stderr "$AJAR" replay run.tar
    [ "$status" -eq 0 ]
    [[ $output == *"$case  the same verdict"* ]]
    [[ $output == *"$own  the same verdict"* ]]
    [[ $output == *"2 derived again, 0 different" ]]
}

@test "the operator's own probe is the one in the bundle, not the file that lies about" {
    echo 'error("not me")' >own.lua
    run "$AJAR" replay run.tar "$own"
    [ "$status" -eq 0 ]
}

# An operator can seal any script under the name of a built-in one, and its verdicts follow from it.
@test "it is told whether the built-in scripts are those of this ajar" {
    run -0 --separate-stderr "$AJAR" replay run.tar "$case"
    [[ $stderr == "ajar replay: the scripts: those of the pack builtin are those of this ajar ("*")" ]]
    run -0 "$AJAR" show --run run.tar
    [[ ${lines[-1]} == "  scripts     those of the pack builtin are those of this ajar ("*")" ]]
    run -0 "$AJAR" verify run.tar
    [[ $output == *"  scripts     those of the pack builtin are those of this ajar ("* ]]
    alter run.tar bad.tar scripts/relay/third-party.lua 'local probe' 'local  probe'
    run -0 --separate-stderr "$AJAR" replay -q bad.tar "$case"
    [[ $stderr == *"are not those of this ajar ("*"): of another version, or altered; whose they are only the signer can say" ]]
    [ "$("$AJAR" replay --json run.tar 2>/dev/null | jq -r .builtin | sort -u)" = own ]
    [ "$("$AJAR" replay --json bad.tar "$case" 2>/dev/null | jq -r .builtin)" = other ]
}

# Else all of the pack builtin could be this ajar's, and the script that ran the signer's own.
@test "a script that lies in another pack than the tape names is a difference" {
    alter run.tar less.tar data/packs/builtin/scripts/relay/third-party.lua -
    tar -xOf run.tar run/data/packs/builtin/scripts/relay/third-party.lua >mine.lua
    alter less.tar bad.tar +data/packs/local/mine.lua mine.lua
    run --separate-stderr "$AJAR" replay bad.tar "$case"
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "$case  differs at line 1 of the tape" ]
    [ "${lines[1]}" = "    expected  a script of the pack builtin, as the tape says" ]
    [ "${lines[2]}" = "    got       one of the pack local" ]
}

# Its cases come to the same end, but by scripts of which the run knows nothing.
refused_for() { # WORDS
    run --separate-stderr "$AJAR" replay bad.tar
    echo "$stderr"
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    [ "$stderr" = "ajar replay: bad.tar: $1" ]
}

@test "a bundle whose scripts are not those that its run names is refused" {
    tar -xOf run.tar run/data/run.json >told.json
    sed 's/^local/local  /' own.lua >other.lua
    alter run.tar half.tar /own.lua other.lua
    run -0 "$AJAR" replay half.tar
    alter half.tar bad.tar data/run.json told.json
    refused_for "data/run.json: the SHA-256 that it gives of the pack local is not that of its files in the bundle"
    alter run.tar half.tar +data/packs/local/more.lua own.lua
    alter half.tar bad.tar data/run.json told.json
    refused_for "data/run.json: of the pack local it counts other files than the 2 in the bundle"
    alter run.tar bad.tar +data/packs/mine/more.lua own.lua
    refused_for "data/packs/mine/more.lua: data/run.json does not name its pack once"
    alter run.tar bad.tar data/run.json '"packs":' '"bags":'
    refused_for "data/run.json: it does not say of which packs the scripts are, which every run with its interface, $(jq .interface told.json), does"
}

@test "the order of a bundle's entries does not matter" {
    alter run.tar sorted.tar --sorted
    run "$AJAR" replay sorted.tar
    [ "$status" -eq 0 ]
}

# A change on the tape, and the lines that it must lead to.
differs() { # OLD NEW LINE EXPECTED GOT
    alter run.tar bad.tar "$own/tape.jsonl" "$1" "$2"
    run --separate-stderr "$AJAR" replay bad.tar "$own"
    echo "$output"
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "$own  differs at line $3 of the tape" ]
    [ "${lines[1]}" = "    expected  $4" ]
    [ "${lines[2]}" = "    got       $5" ]
    [ "${lines[3]}" = "0 derived again, 1 different" ]
}

@test "other bytes sent" {
    differs '"NOOP\r\n"' '"NOOB\r\n"' 7 'send on connection 1 (NOOB\r\n)' 'send on connection 1 (NOOP\r\n)'
}

@test "another verdict" {
    differs '"verdict":"closed"' '"verdict":"open"' 9 "verdict (open)" "verdict (closed)"
}

@test "another reason" {
    differs '"reason":"250 ' '"reason":"251 ' 9 "the reason (251 2.0.0 ok)" "the reason (250 2.0.0 ok)"
}

@test "another step" {
    differs '{"line":8,' '{"line":7,' 9 'step 1 ({"line":7,"say":"250 2.0.0 ok"})' 'step 1 ({"line":8,"say":"250 2.0.0 ok"})'
}

@test "a case.json that says more than the tape" {
    alter run.tar bad.tar "$own/case.json" '"verdict":"closed"' '"verdict":"open"'
    run --separate-stderr "$AJAR" replay bad.tar "$own"
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "$own  differs at line 9 of the tape" ]
    [ "${lines[1]}" = "    expected  the verdict open, as case.json says" ]
    [ "${lines[2]}" = "    got       the verdict closed" ]
}

# A case whose receipt is in the bundle.
open_case() {
    tar -xJOf "$BATS_TEST_DIRNAME/../tapes/ajar-0.1.0-interface-8.tar.xz" relay-third-party.tar >open.tar
    local cases
    cases=$(tar -xOf open.tar --wildcards "*/case.json")
    open=$(jq -r 'select(.verdict == "open").case' <<<"$cases" | head -n 1)
    closed=$(jq -r 'select(.verdict == "closed").case' <<<"$cases" | head -n 1)
    receipt=$(tar -tf open.tar | grep -m 1 "$open/receipts/")
    receipt=${receipt##*/}
    run -0 "$AJAR" replay open.tar "$open"
}

# A change in its files, and what is then said.
open_differs() { # NAME OLD NEW EXPECTED GOT
    alter open.tar bad.tar "$open/$1" "$2" "$3"
    said_of bad.tar "$4" "$5"
}

said_of() { # BUNDLE EXPECTED GOT, the beginnings of both
    run --separate-stderr "$AJAR" replay "$1" "$open"
    echo "$output"
    [ "$status" -eq 1 ]
    [[ ${lines[0]} == "$open  differs "* ]]
    [[ ${lines[1]} == "    expected  $2"*", as case.json says" ]]
    [[ ${lines[2]} == "    got       $3"* ]]
}

@test "an open case whose receipt is gone, altered, or of another" {
    open_case
    alter open.tar bad.tar "$open/receipts/$receipt" -
    said_of bad.tar "receipts[0].file receipts/$receipt" "receipts[0].file that is not in the case"
    open_differs "receipts/$receipt" 'Return-Path' 'Return-Bath' "receipts[0].sha256 " "receipts[0].sha256 that is not its file's"
    # With its digest in case.json too: the tape has another, or the token is not in it.
    tar -xOf open.tar --wildcards "*/$open/case.json" >case.json
    tar -xOf open.tar --wildcards "*/$open/receipts/$receipt" >letter
    for change in 's/Return-Path/Return-Bath/' 's/.*/nothing/'; do
        sed "$change" letter >other
        jq -c --arg digest "$(sha256sum <other | cut -c -64)" '.receipts[0].sha256 = $digest' case.json >changed.json
        alter open.tar half.tar "$open/receipts/$receipt" other
        alter half.tar "${change//[^A-Za-z]/}.tar" "$open/case.json" changed.json
    done
    said_of sReturnPathReturnBath.tar "receipts without that of the tape" "receipts "
    said_of snothing.tar "receipts[0].token " "receipts[0].token that does not stand in its file"
    alter open.tar bad.tar "+data/cases/$open/receipts/r-7.eml" letter
    python3 -B "$BATS_TEST_DIRNAME/alter.py" bad.tar sorted.tar --sorted
    said_of sorted.tar "receipts without this file" "receipts receipts/r-7.eml"
}

@test "a case.json that tells another proof, way, time, tape or case" {
    open_case
    open_differs case.json '"proof":"' '"proof":"a' "the proof a" "the proof "
    open_differs case.json '"exits":["127.' '"exits":["126.' 'exits ["126.' 'exits ["127.'
    open_differs case.json '"peer":"127.' '"peer":"126.' "receipts[0].peer 126." "receipts[0].peer 127."
    open_differs case.json '"started":"20' '"started":"19' "started 19" "started 20"
    open_differs case.json '"elapsed_ms":' '"elapsed_ms":9' "elapsed_ms 9" "elapsed_ms "
    open_differs case.json '"pack":"builtin' '"pack":"guiltin' "the pack guiltin@" "the pack builtin@"
    open_differs case.json '"tape_sha256":"' '"tape_sha256":"0' "tape_sha256 0" "tape_sha256 "
    open_differs case.json '"case":"c-' '"case":"c-0' "case c-0" "case $open"
    open=$closed
    open_differs case.json '"steps":' '"exits":["192.0.2.1"],"steps":' 'exits ["192.0.2.1"]' 'exits []'
    open_differs case.json '"steps":' '"proof":"x","steps":' "the proof of a case that is not open" "the proof none"
}

@test "a case.json in which a name stands twice, or that is none" {
    alter run.tar bad.tar "$own/case.json" '{"target":' '{"verdict":"open","target":'
    run --separate-stderr "$AJAR" replay bad.tar "$own"
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "$own  differs in its case.json" ]
    [ "${lines[1]}" = "    expected  a case.json that is one JSON object, in which no name stands twice" ]
    [[ ${lines[2]} == "    got       a case.json that is no JSON object: duplicate object key near '\"verdict\"' (byte "* ]]
    run "$AJAR" replay --json bad.tar "$own"
    [ "$(jq -c 'has("line")' <<<"$output")" = false ]
}

@test "a script that fails: its error and its calls" {
    sed 's/smtp:command("NOOP")/smtp.none.command()/' own.lua >bad.lua
    replay_with bad.lua
    echo "$output"
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "$own  differs at line 7 of the tape" ]
    [ "${lines[2]}" = "    got       verdict (error)" ]
    [ "${lines[3]}" = "    the script failed:" ]
    [[ ${lines[4]} == "      "*"own.lua:6: attempt to index field 'none' (a nil value)"* ]]
    [ "${lines[5]}" = "      stack traceback:" ]
    [[ ${lines[6]} == "        "*"own.lua:6: in function"* ]]
}

@test "only the case that differs is said to" {
    alter run.tar bad.tar "$own/tape.jsonl" '"NOOP' '"NOOB'
    run --separate-stderr "$AJAR" replay bad.tar
    [ "$status" -eq 1 ]
    [[ $output == *"$case  the same verdict"* ]]
    [[ $output == *"1 derived again, 1 different" ]]
}

# Scripts that fail: their errors say where, and a replay says the same.

# A probe of the operator's own, relay/ID: its body, from standard input, stands behind an EHLO.
failing() { # FILE ID
    {
        printf 'local probe = ajar.probe { id = "relay/%s", kind = "relay", ports = { 25 }, summary = "x" }\n' "$2"
        printf 'function probe.run(target)\n    local smtp = ajar.smtp.connect(target)\n    smtp:ehlo()\n'
        cat
        printf 'end\nreturn probe\n'
    } >"$1"
}

# Runs such probes into own.tar, and replays that.
replays_own() { # COUNT FILE...
    local count=$1 choices=()
    shift
    for file in "$@"; do choices+=(-p "$file"); done
    start_simulators 128 relay-closed
    "$AJAR" probe --json -k k.key -e own.tar "${choices[@]}" "$(target relay-closed)" >own.json
    stop_server
    cat own.json
    run --separate-stderr "$AJAR" replay own.tar
    echo "$output"
    [ "$status" -eq 0 ]
    [ "${lines[-1]}" = "$count derived again, 0 different" ]
}

@test "a script that fails in the run fails in the same words" {
    failing error.lua 1 <<<'error("my own failure")'
    failing index.lua 2 <<<'local none; return none.at_all'
    failing deep.lua 3 <<<'local function f(n) return 1 + f(n + 1) end return f(1)'
    failing caught.lua 4 <<<'local _, why = pcall(error, "inner", 1) return ajar.inconclusive(tostring(select(2, pcall(function() error("inner") end))) .. why)'
    failing sorts.lua 5 <<<'local function less(a, b) table.sort({ 3, 2, 1 }, less) return a < b end less(1, 2)'
    sed 's/.*connect.*/    error("before anything")/' error.lua | sed 's/relay\/1/relay\/6/' >first.lua
    replays_own 6 ./error.lua ./index.lua ./deep.lua ./caught.lua ./sorts.lua ./first.lua
    [ "$(jq -r 'select(.probe == "relay/1").reason' own.json | cut -d ' ' -f 1-4)" = "error.lua:5: my own failure" ]
    [ "$(jq -r 'select(.probe == "relay/4") | .verdict + " " + .reason' own.json)" = "inconclusive caught.lua:5: innerinner" ]
}

@test "so does one whose keys are tables, or that says what tables and functions are called" {
    failing keys.lua 1 <<<'local t = {} for i = 1, 50 do t[{}] = i end for _, v in pairs(t) do error(v) end'
    failing next.lua 2 <<<'local t = {} for i = 1, 50 do t[function() return i end] = i end error(next(t))'
    failing names.lua 3 <<<'local t = {} for i = 1, 50 do t["k" .. i] = { i } end for k, v in pairs(t) do error(("%s %s"):format(k, v) .. tostring(print) .. tostring(error)) end'
    replays_own 3 ./keys.lua ./next.lua ./names.lua
}

@test "and one that spends its instructions, wherever in its circles that was" {
    failing long.lua 1 <<'LUA'
    local i = 0
    while true do
        i = i + 1
        if i % 7 == 0 then
            i = i + 2
        end
        local x = ("x"):rep(i % 5)
        i = i + #x
    end
LUA
    failing caught.lua 2 <<<'while true do pcall(function() while true do end end) end'
    failing nearly.lua 3 <<<'local x = 0 for i = 1, 100000000 do x = x + i end return ajar.inconclusive("came to its end")'
    replays_own 3 ./long.lua ./caught.lua ./nearly.lua
    [ "$(jq -r .reason own.json | sed 's/:[0-9]*:/:N:/' | sort)" = "$(printf '%s\n' caught long nearly |
        sed 's/$/.lua:N: instruction budget spent: the script ran too long without waiting for anything/')" ]
    # It must have spent them at that place of the dialogue, and the tape must say so in these words.
    local id
    id=$(jq -r 'select(.probe == "relay/1").case' own.json)
    alter own.tar bad.tar "$id/tape.jsonl" ': instruction budget' ': money budget'
    run "$AJAR" replay bad.tar "$id"
    [ "$status" -eq 1 ]
    [[ ${lines[0]} == "$id  differs at line "* ]]
}

@test "wherever the scripts lie and whatever they are called" {
    local long
    long=$(printf 'g%.0s' {1..90}).lua
    mkdir -p one two/three 'with space'
    local places=(a.lua one/a.lua two/three/a.lua "$PWD/with space/a.lua" ./one/2-A.lua "one/$long" "two/$long" './-é.lua')
    for i in "${!places[@]}"; do failing "${places[i]}" "$i" <<<'error("failed")'; done
    replays_own 8 "${places[@]}"
    jq -r '.reason | sub(":.*"; "")' own.json | sort >said
    tar -tf own.tar | sed -n 's,.*/data/packs/local/,,p' | sort >held
    diff said held
    grep -qx a.lua held && grep -qx 2-a.lua held && grep -qx 3-a.lua held && grep -qx 4-a.lua held
    grep -qx 2-2-A.lua held && grep -qx "_.*.lua" held
    run ! grep -E '.{60}|[^A-Za-z0-9._-]|^-' held
    run ! grep -qF "$PWD" own.json
    cd one
    run -0 "$AJAR" probe --json -k ../k.key -e ../beside.tar -p a.lua 127.0.0.1:1
    run -0 "$AJAR" replay ../beside.tar
}

# A tape of a head and a verdict.
only_verdict() { # OUT REASON
    tar -xOf run.tar --wildcards "*/$own/tape.jsonl" | head -n 1 >tape
    printf '{"t":0,"op":"verdict","verdict":"error","reason":"%s","steps":[]}\n' "$2" >>tape
    tar -xOf run.tar --wildcards "*/$own/case.json" |
        jq -c --arg reason "$2" --arg digest "$(sha256sum <tape | cut -c -64)" \
            '.verdict = "error" | .reason = $reason | .steps = [] | .tape_sha256 = $digest' >case.json
    alter run.tar half.tar "$own/tape.jsonl" tape
    alter half.tar "$1" "$own/case.json" case.json
}

@test "a tape that holds the verdict error alone is replayed only in so far as the script fails at once" {
    only_verdict bare.tar "gone"
    run --separate-stderr "$AJAR" replay bare.tar
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"$own  nothing to replay: the tape holds the verdict error alone (gone)"* ]]
    [ "${lines[-1]}" = "1 derived again, 0 different, 1 with nothing to replay" ]
    # It is to be what case.json says all the same, and to be the last line.
    alter bare.tar bad.tar "$own/case.json" '"verdict":"error"' '"verdict":"closed"'
    run "$AJAR" replay bad.tar "$own"
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "$own  differs at line 2 of the tape" ]
    alter bare.tar bad.tar "$own/tape.jsonl" '"steps":[]}' $'"steps":[]}\n{"t":0,"op":"now","data":"2026-11-24T02:10:16.123456Z"}'
    run "$AJAR" replay bad.tar "$own"
    [ "$status" -eq 1 ]
    [[ ${lines[0]} == "$own  not replayed: line 3: "* ]]
}

@test "as JSON: a line a case, and what was expected" {
    run -0 --separate-stderr "$AJAR" replay --json run.tar
    [ "$(jq -r '.case + " " + .replay' <<<"$output" | sort)" = "$(printf '%s same\n' "$case" "$own" | sort)" ]
    alter run.tar bad.tar "$own/tape.jsonl" '"NOOP\r\n"' '"NOOB\r\n"'
    run --separate-stderr "$AJAR" replay -j -q bad.tar
    [ "$status" -eq 1 ]
    [ "$(jq -c 'del(.case)' <<<"$output")" = '{"replay":"different","builtin":"own","line":7,"expected":"send on connection 1 (NOOB\\r\\n)","got":"send on connection 1 (NOOP\\r\\n)"}' ]
    alter run.tar bad.tar "$own/tape.jsonl" '{"tape":1' '{"tape":2'
    run --separate-stderr "$AJAR" replay -jq bad.tar
    [ "$status" -eq 1 ]
    [ "$(jq -r '.replay + ", " + .why' <<<"$output")" = "not replayed, line 1: the tape's version is 2, and this program reads 1" ]
}

# What can't be replayed says nothing about the verdict.
@test "a bundle for another interface: what it needs, and what is here" {
    alter run.tar new.tar data/run.json '"interface":' '"interface":7'
    run --separate-stderr "$AJAR" replay new.tar
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    [[ $stderr == "ajar replay: new.tar: its scripts need interface 7"*" (the bundle was made by ajar "*"), and this program (ajar "*") has "* ]]
    [ "${#stderr_lines[@]}" -eq 1 ]
}

@test "a tape of another version" {
    alter run.tar new.tar "$own/tape.jsonl" '{"tape":1' '{"tape":2'
    run --separate-stderr "$AJAR" replay new.tar
    [ "$status" -eq 1 ]
    [[ $output == *"$own  not replayed: line 1: the tape's version is 2, and this program reads 1"* ]]
    [[ $output == *"1 derived again, 0 different, 1 not replayed" ]]
}

@test "a bundle that names no interface: the same is the same, and a difference none" {
    alter run.tar other.tar scripts/lib/ajar.lua 'local raw = raw' 'local raw=raw'
    alter other.tar old.tar data/run.json '"interface":' '"once":'
    run --separate-stderr "$AJAR" replay old.tar
    [ "$status" -eq 0 ]
    alter old.tar bad.tar "$own/tape.jsonl" '"NOOP' '"NOOB'
    run --separate-stderr "$AJAR" replay bad.tar "$own"
    [ "$status" -eq 1 ]
    [[ ${lines[0]} == "$own  not replayed: the bundle does not say which interface its scripts need, and with that of this program "*" they leave the tape at line 7" ]]
}

@test "a bundle of this program's scripts that claims to be of an older one" {
    alter run.tar old.tar data/run.json '"interface":' '"interface":9,"x":'
    run --separate-stderr "$AJAR" replay old.tar
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    [[ $stderr == "ajar replay: old.tar: data/run.json: it names interface 9, and the scripts are, byte for byte, those of this program (ajar "*"), which need "* ]]
    alter run.tar old.tar data/run.json '"interface":' '"once":'
    run --separate-stderr "$AJAR" replay old.tar
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar replay: old.tar: data/run.json: it names no interface, "* ]]
}

@test "a part of the API that is missing is named" {
    alter run.tar bad.tar scripts/lib/smtp.lua -
    run --separate-stderr "$AJAR" replay bad.tar
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar replay: bad.tar: there is no data/packs/builtin/scripts/lib/smtp.lua, which data/run.json names" ]
}

@test "a script that is too long is refused" {
    python3 -c 'print("-- " + "x" * 300000)' >long.lua
    replay_with long.lua
    [ "$status" -eq 1 ]
    [[ $stderr == *"own.lua: a script may have 262144 bytes, this one has 300004" ]]
}

# Scripts of an enemy's: none runs on, none takes the others' cases with it.
@test "a script that runs on is ended, and the other cases are replayed" {
    sed 's/^    return .*/    while true do end/' own.lua >bad.lua
    alter run.tar bad.tar /own.lua bad.lua
    run --separate-stderr timeout 60 "$AJAR" replay bad.tar
    [ "$status" -eq 1 ]
    [[ $output == *"$case  the same verdict"* ]]
    [[ $output == *"own.lua:6: instruction budget spent"* ]]
}

@test "so is one whose loading never ends" {
    echo 'while true do end' >bad.lua
    replay_with bad.lua
    [ "$status" -eq 1 ]
    [[ $stderr == *"own.lua:1: instruction budget spent"* ]]
}

@test "a pattern without end is bounded" {
    sed 's/^    return .*/    return ajar.closed(("a"):rep(60):find(("a*"):rep(60) .. "b"))/' own.lua >bad.lua
    replay_with bad.lua
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "$own  differs at line 7 of the tape" ]
}

@test "a script gets no more memory than in a worker" {
    sed 's/^    return .*/    local t = {} while true do t[#t + 1] = ("x"):rep(1e6) .. #t end/' own.lua >bad.lua
    alter run.tar bad.tar /own.lua bad.lua
    run --separate-stderr timeout 60 "$AJAR" replay bad.tar
    [ "$status" -eq 1 ]
    [[ $output == *"$case  the same verdict"* ]]
    [[ $output == *"$own  differs at line 7 of the tape"* ]]
}

@test "control characters of a script or a tape reach no terminal" {
    sed 's/^    return .*/    error("\\27]0;you\\7\\27[2J\\nat the start of a row\\r")/' own.lua >bad.lua
    replay_with bad.lua
    [ "$status" -eq 1 ]
    [[ $output == *'\x1b]0;you\x07\x1b[2J'* ]]
    shown=$output
    run ! grep -q $'[\x01-\x09\x0b-\x1f\x7f]' <<<"$shown"
    run ! grep -q "^at the start" <<<"$shown"
    alter run.tar bad.tar "$own/tape.jsonl" '"NOOP' '"\u001b[2J\u009b\u0007'
    run --separate-stderr "$AJAR" replay bad.tar "$own"
    [ "$status" -eq 1 ]
    shown=$output
    run ! grep -q $'[\x01-\x09\x0b-\x1f\x7f-\x9f]' <<<"$shown"
}

@test "a script that keeps something from one case to the next spoils no other case" {
    sed 's/^local probe/local runs = 0\n&/; s/^    local smtp/    runs = runs + 1\n    if runs > 1 then error("twice") end\n&/' own.lua >bad.lua
    alter run.tar twice.tar /own.lua bad.lua
    tar -xf run.tar "run/data/cases/$own"
    sed -i "s/$own/c-0000000000000000/" "run/data/cases/$own/case.json"
    for file in case.json tape.jsonl; do
        alter twice.tar more.tar "+data/cases/c-0000000000000000/$file" "run/data/cases/$own/$file"
        mv more.tar twice.tar
    done
    run --separate-stderr "$AJAR" replay twice.tar
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"3 derived again, 0 different" ]]
}

# What the run may have made of an `open` --------------------------------------------------------------------

# Two probes whose mail comes back; then their cases as of a run that says it had no receipt.
denied_cases() { # OPTION...
    cp "$BATS_FILE_TMPDIR/k.pub" .
    cat >mine.lua <<'LUA'
local probe = ajar.probe { id = "relay/mine", kind = "relay", summary = "Open, as we see", ports = { 25 } }
function probe.run(target)
    local box = ajar.mailbox()
    local smtp = ajar.smtp.connect(target)
    smtp:ehlo()
    smtp:mail(box.bounce)
    smtp:rcpt(box)
    smtp:data(ajar.message { to = box })
    return ajar.await(box)
end
return probe
LUA
    SINK=$(free_port)
    start_simulators 128 relay-open
    "$AJAR" probe --json -k k.key -e open.tar --sink "127.0.0.1:$SINK" "$@" "$(target relay-open)" >open.json
    stop_server
    [ "$(jq -r .verdict open.json)" = open ]
    "$BATS_TEST_DIRNAME"/resealed.py open.tar lie.tar k '*/case.json' '"verdict":"open","reason":"([^"]*)","proof":"[^"]*"' \
        '"verdict":"error","reason":"the probe said open, and the sink holds no receipt for its token","overruled":{"verdict":"open","reason":"\1"}'
}

@test "who makes error of an open whose receipt is there is found out without its script, where that is built in" {
    denied_cases -p relay/third-party
    run --separate-stderr "$AJAR" verify -P k.pub lie.tar
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "lie.tar: verified, but NOT what its cases say" ]
    [[ $stderr == *"the verdict open: there is a receipt for its token" ]]
    run "$AJAR" replay lie.tar
    [ "$status" -eq 1 ]
}

@test "of another script verify says that this may be so, and replay that it is" {
    denied_cases -p ./mine.lua
    run -0 --separate-stderr "$AJAR" verify -P k.pub lie.tar
    echo "$output"
    [[ $output == *"  remark      1 \`error\` of a script that said \`open\`, with a receipt that may prove it;"* ]]
    [[ $output == *"; the first is $(jq -r .case open.json)"* ]]
    run --separate-stderr "$AJAR" replay lie.tar
    [ "$status" -eq 1 ]
    [[ $output == *"the verdict open: there is a receipt for its token"* ]]
    run -0 --separate-stderr "$AJAR" verify -P k.pub open.tar
    [[ $output != *remark* ]]
}
