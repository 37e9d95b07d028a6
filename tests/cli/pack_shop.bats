#!/usr/bin/env bats
# The workshop of packs: a folder that works from the first minute, and faults named with file, line and column.
bats_require_minimum_version 1.5.0

setup() {
    ROOT=$(realpath "$BATS_TEST_DIRNAME/../..")
    AJAR=$(realpath "${AJAR:-$ROOT/build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
}

tested() { run --separate-stderr "$AJAR" pack test --net 179 "$@"; }

made() { "$AJAR" pack new acme/envelopes folder; }

# One probe script, from stdin, in place of the one that was made and of which the test is.
script() {
    cat >folder/probes/envelopes.lua
    rm -f folder/tests/envelopes.json
}

# The check finds this and nothing else; the exit status is 1.
finds() { # LINE…
    run --separate-stderr "$AJAR" pack check folder
    echo "$output"
    echo "$stderr"
    [ "$status" -eq 1 ]
    [ -z "$stderr" ]
    [ "$output" = "$(printf '%s\n' "$@")" ]
}

@test "a new pack is whole, and nothing is wrong with it" {
    run "$AJAR" pack new acme/envelopes
    [ "$output" = "envelopes: the pack acme/envelopes, with the probe relay/acme-envelopes" ]
    cd envelopes
    run --separate-stderr "$AJAR" pack check
    [ "$status" -eq 0 ]
    [ -z "$output$stderr" ]
    "$AJAR" pack test --net 179
    "$AJAR" pack build
    [ "$(tar tf envelopes-0.1.0.tar | sed 's#^envelopes-0.1.0/##' | paste -sd ' ')" = \
        "LICENSE README.md letters/friendly.lua pack.json probes/envelopes.lua scenarios/closed.lua scenarios/open.lua tests/envelopes.json" ]
}

@test "editors find the annotations of which the reference is made, and nothing else" {
    made
    [ "$(jq -r '."workspace.library"[0]' folder/.luarc.json)" = .ajar ]
    diff -r --exclude='*.md' folder/.ajar "$ROOT/doc/api"
}

@test "nothing is overwritten: of a folder that has one of the files, none is written" {
    mkdir folder
    echo mine >folder/README.md
    run --separate-stderr "$AJAR" pack new acme/envelopes folder
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar pack new: folder/README.md: File exists" ]
    [ "$(find folder -type f)" = folder/README.md ]
}

@test "the documents' example is made as it is, into a folder of its own" {
    run "$AJAR" pack new --example
    [ "$output" = "greetings: the example of the documents" ]
    diff -r --exclude=.ajar --exclude=.luarc.json --exclude=.gitignore greetings "$ROOT/doc/examples/greetings"
    diff -r --exclude='*.md' greetings/.ajar "$ROOT/doc/api"
    "$AJAR" pack check greetings
    rm greetings/LICENSE
    run --separate-stderr "$AJAR" pack new --example
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar pack new: greetings/README.md: File exists" ]
    [ ! -e greetings/LICENSE ]
}

@test "a name that no pack can have is wrong usage" {
    for name in envelopes Acme/x acme/ ajar/x acme/x/y; do
        run --separate-stderr "$AJAR" pack new "$name"
        [ "$status" -eq 2 ]
        [ ! -e x ]
    done
}

@test "the longest name is no too long one" {
    local long=abcdefghijklmnopqrstuvwxyz-12345
    "$AJAR" pack new "$long/$long"
    "$AJAR" pack check "$long"
}

@test "a fault of the manifest is named with its place" {
    made
    sed -i 's/"0.1.0"/"1"/' folder/pack.json
    run "$AJAR" pack check folder
    [ "$status" -eq 1 ]
    [[ $output == 'folder/pack.json:4:3: version: "1" is no version'* ]]
    echo '{' >folder/pack.json
    run "$AJAR" pack check folder/
    [[ $output == "folder/pack.json:"* ]]
}

@test "all faults of the manifest are named, each with its place, and what else is wrong beside them" {
    made
    sed -i 's/"0.1.0"/"1"/; s/"smtp"/"smpt", "smtp"/; s/"Your Name <.*>"/"", "Me"/; s/"pack": 1,/&\n  "limits": {"seconds": 0, "hours": 1},/' \
        folder/pack.json
    sed -i 's#"probes/#"probe/x.lua", "probes/#; s/"summary".*/"sumary": "A",/' folder/pack.json
    sed -i 's/ajar.await/ajar.awiat/' folder/probes/envelopes.lua
    finds 'folder/pack.json:7:3: sumary: there is no such member' \
        'folder/pack.json:5:3: version: "1" is no version: it has three numbers (1.0.0), and maybe a pre-release (-rc.1)' \
        'folder/pack.json:1:1: summary: a line of 1 to 203 bytes is wanted' \
        'folder/pack.json:9:19: maintainers: a line of 1 to 203 bytes is wanted' \
        'folder/pack.json:10:20: capabilities: each is smtp, http, socks, tcp, udp or dns' \
        'folder/pack.json:3:14: limits: seconds is a whole number from 1 to 3600' \
        'folder/pack.json:3:28: limits: there are seconds, connections and memory (MiB)' \
        'folder/pack.json:11:14: probes: "probe/x.lua" is no name of the form probes/FILE.lua' \
        "folder/probes/envelopes.lua:25:12: there is no 'ajar.awiat'" \
        'folder/pack.json:9:23: maintainers: "Me" is not of the form Name <name@example.org>'
}

@test "a licence is one that there is, in an expression that is one" {
    made
    for words in 'Foo Bar|'"license: 'Foo' is no licence of SPDX's list, as this ajar has it; one of your own is LicenseRef-NAME" \
        "MIT OR|license: a licence is expected at its end" "apache-2.0|license: 'apache-2.0' is written Apache-2.0" \
        'MIT/X11|license: an SPDX expression is wanted: "Apache-2.0"'; do
        sed -i "s#\"license\": .*#\"license\": \"${words%|*}\",#" folder/pack.json
        finds "folder/pack.json:7:3: ${words#*|}"
    done
    sed -i 's#"license": .*#"license": "MIT OR (GPL-2.0 WITH Classpath-exception-2.0)",#' folder/pack.json
    run --separate-stderr "$AJAR" pack check folder
    [ "$status" -eq 0 ]
    [[ $output == "folder/pack.json:7:3: warning: license: SPDX has 'GPL-2.0' no more:"* ]]
}

@test "files that the manifest names and are not there, and the other way round" {
    made
    mv folder/probes/envelopes.lua folder/probes/other.lua
    sed -i 's/"smtp"//' folder/pack.json
    finds 'folder/pack.json:10:14: probes/envelopes.lua is not there' \
        'folder/probes/other.lua:1:1: pack.json does not name it'
}

@test "what is no Lua, or fails when it is loaded, is named with its line" {
    made
    script <<<'local x = = 1'
    echo 'error("oh")' >folder/scenarios/open.lua
    finds "folder/probes/envelopes.lua:1:1: unexpected symbol near '='" 'folder/scenarios/open.lua:1:1: oh'
}

@test "a script that does not come to an end when it is loaded is said to be one" {
    made
    { echo 'while true do end'; cat folder/probes/envelopes.lua; } >new
    mv new folder/probes/envelopes.lua
    run "$AJAR" pack check folder
    [ "$status" -eq 1 ]
    [[ $output == folder/probes/envelopes.lua:1:1:* ]]
}

@test "a scenario that does not come to an end when it is loaded is said to be one, and the rest is looked at" {
    made
    echo 'while true do end' >folder/scenarios/open.lua
    echo '("a"):rep(60000):find((".-"):rep(8) .. "b")' >folder/scenarios/closed.lua
    sed -i 's/ajar.await/ajar.awiat/' folder/probes/envelopes.lua
    run timeout 60 "$AJAR" pack check folder
    echo "$output"
    [ "$status" -eq 1 ]
    [ "${#lines[@]}" -eq 3 ]
    [ "${lines[0]}" = "folder/probes/envelopes.lua:25:12: there is no 'ajar.awiat'" ]
    [[ ${lines[1]} == "folder/scenarios/closed.lua:1:1: the script ran over 1."*" seconds of processor time" ]]
    [[ ${lines[2]} == "folder/scenarios/open.lua:1:1: instruction budget spent"* ]]
}

@test "globals and members that do not exist are named where they stand" {
    made
    script <<'LUA'
local os = os
local probe = ajar.probe { id = "relay/a", kind = "relay", ports = { 25 }, summary = "A" }
count = 0
function probe.run(target)
    local smtp = ajar.smtp.conect(target)
    return ajar.closd(smtp) or math.random()
end
return probe
LUA
    finds "folder/probes/envelopes.lua:1:12: there is no global 'os'" \
        "folder/probes/envelopes.lua:3:1: 'count' is written as a global: make it local" \
        "folder/probes/envelopes.lua:5:18: there is no 'ajar.smtp.conect'" \
        "folder/probes/envelopes.lua:6:12: there is no 'ajar.closd'" \
        "folder/probes/envelopes.lua:6:32: there is no 'math.random'"
}

@test "scenarios are looked through as what they are" {
    made
    rm folder/tests/envelopes.json
    cat >folder/scenarios/open.lua <<'LUA'
return sim.scenario { id = "o", summary = "O", port = 25, expects = {},
    serve = function(c)
        sim.serv(c, ajar)
    end,
}
LUA
    finds "folder/scenarios/open.lua:3:9: there is no 'sim.serv'" \
        "folder/scenarios/open.lua:3:21: there is no global 'ajar'"
}

@test "a capability that is used must be declared, and one that is declared used" {
    made
    sed -i 's/"smtp"/"udp"/' folder/pack.json
    run "$AJAR" pack check folder
    [ "$status" -eq 1 ]
    [[ ${lines[0]} == 'folder/probes/envelopes.lua:12:18: ajar.smtp takes the capability "smtp", which pack.json does not declare' ]]
    [[ ${lines[-1]} == 'folder/pack.json:9:20: the capability "udp" is declared, and no probe uses it' ]]
}

@test "a script that hands on the API as a whole may use anything" {
    made
    sed -i 's/"smtp"/"smtp", "udp"/' folder/pack.json
    sed -i '2i local api = ajar' folder/probes/envelopes.lua
    "$AJAR" pack check folder
    sed -i '2s/.*/local api = { }/' folder/probes/envelopes.lua
    finds 'folder/pack.json:9:28: the capability "udp" is declared, and no probe uses it'
}

@test "ids that are taken, and words and ports that are missing" {
    made
    script <<'LUA'
local probe = ajar.probe {
    id = "relay/third-party", kind = "relay", ports = {}, summary = "",
    args = { most = { type = "integer", default = 1, help = "" } },
}
function probe.run(target)
    return ajar.closed(ajar.smtp.connect(target).banner)
end
return probe
LUA
    finds 'folder/probes/envelopes.lua:1:20: the id "relay/third-party" is that of a probe that is built in' \
        'folder/probes/envelopes.lua:1:20: relay/third-party has no summary: one line that says what is misconfigured' \
        'folder/probes/envelopes.lua:1:20: relay/third-party names no ports: it would never be tried by itself' \
        'folder/probes/envelopes.lua:1:20: args.most has no help'
}

@test "what could not be built is found by the check" {
    made
    ln -s /etc/passwd folder/notes
    finds "folder/pack.json:1:1: it can't be built: folder/notes: neither a file nor a folder: a pack holds no links"
}

@test "links are named, and what they lead to is not looked at" {
    made
    ln -sf /etc/passwd folder/probes/envelopes.lua
    finds "folder/probes/envelopes.lua:1:1: it is a link: a pack holds none"
    mv folder/scenarios other
    ln -s ../other folder/scenarios
    finds "folder/scenarios:1:1: it is a link: a pack holds none"
    ln -sf /etc/passwd folder/pack.json
    finds "folder/pack.json:1:1: it is a link: a pack holds none"
}

@test "a pack says what it is for, and who answers for it" {
    made
    rm folder/README.md
    jq '.maintainers = ["A <a@example.org>", "me"]' folder/pack.json >new
    mv new folder/pack.json
    finds 'folder/pack.json:1:1: there is no README.md: what the pack is for, and how to use it' \
        "folder/pack.json:$(grep -n '"me"' folder/pack.json | cut -d: -f1):5: maintainers: \"me\" is not of the form Name <name@example.org>"
}

@test "arguments that a probe reads and does not declare" {
    made
    script <<'LUA'
local probe = ajar.probe { id = "relay/a", kind = "relay", ports = { 25 }, summary = "A",
    args = { most = { type = "integer", default = 1, help = "how many" } },
}
function probe.run(target)
    local smtp = ajar.smtp.connect(target)
    local mine = { target = target, args = { least = 1 } }
    return ajar.closed(target.args.most > 1 and smtp.banner or target.args.least or mine.args.least)
end
return probe
LUA
    finds "folder/probes/envelopes.lua:7:76: there is no argument 'least': relay/a declares none of this name"
}

@test "terminal escapes in a script's names do not reach the terminal" {
    made
    printf 'return a\xc2\x9b31m\n' | script
    run "$AJAR" pack check folder
    [ "$status" -eq 1 ]
    run ! grep -q $'\xc2\x9b' <<<"$output"
}

@test "nothing is found in the scripts that are built in" {
    mkdir -p all/probes all/scenarios
    for file in "$ROOT"/scripts/relay/*.lua "$ROOT"/scripts/proxy/*.lua; do
        sed -E 's#"(relay|proxy)/([a-z0-9-]+)"#"\1/t-\2"#' "$file" >"all/probes/$(basename "$file")"
    done
    cp "$ROOT"/scripts/sim/*.lua all/scenarios/
    echo "# All" >all/README.md
    jq -n --arg names "$(cd all && ls probes/*.lua)" '{pack: 1, name: "t/all", version: "1.0.0", api: 1, summary: "s",
        license: "MIT", maintainers: ["A <a@example.org>"], capabilities: ["smtp", "http", "socks", "tcp", "udp"],
        probes: ($names | split("\n"))}' >all/pack.json
    run --separate-stderr "$AJAR" pack check all
    echo "$output$stderr"
    [ "$status" -eq 0 ]
    [ -z "$output$stderr" ]
}

@test "each verdict is told beside what the scenario expects" {
    made
    tested folder
    [ "$status" -eq 0 ]
    [ "${#lines[@]}" -eq 6 ]
    [[ ${lines[0]} =~ ^envelopes-closed\ +relay/acme-envelopes\ +closed\ +as\ expected$ ]]
    [[ ${lines[1]} =~ ^envelopes-open\ +relay/acme-envelopes\ +open\ +as\ expected$ ]]
    [ "${lines[2]}" = "2 scenarios, 1 probe: 2 verdicts, 0 not as expected" ]
    [ "${lines[3]}" = "folder/tests/envelopes.json: 2 runs, 0 not as expected" ]
    [ "${lines[4]}" = "letters/friendly.lua: 6 letters written, 0 could not be" ]
    [ "${lines[5]}" = "probes/envelopes.lua  16 of 16 lines" ]
}

@test "what a test says of a run is held against it: verdict, reason, steps, what is sent and what never" {
    made
    sed -i 's/"postmaster@"/"root@"/; s/smtp:quit()/smtp:command("RSET")/' folder/probes/envelopes.lua
    sed -i 's/<postmaster@/<root@/' folder/scenarios/open.lua
    sed -i 's/"DATA", "QUIT"/"DATA"/; s/token returned/token lost/; s/554 5.7.1 \*/554 5.7.2 */' folder/tests/envelopes.json
    sed -i 's/"never": \["DATA"\]/"steps": ["554 5.7.1 *", "550 *"], "never": ["DATA", "RSET"]/' folder/tests/envelopes.json
    tested folder
    echo "$output"
    [ "$status" -eq 1 ]
    [[ $output == *"2 scenarios, 1 probe: 2 verdicts, 0 not as expected
folder/tests/envelopes.json:8:7: envelopes-open, relay/acme-envelopes: reason: expected \"token lost\", got \"token returned\"
folder/tests/envelopes.json:9:27: envelopes-open, relay/acme-envelopes: sends: there is no \"MAIL FROM:<postmaster@*>\" behind those before it; it sends
       6  EHLO probe.ajar.test
       8  MAIL FROM:<root@["* ]]
    [[ $output == *"
folder/tests/envelopes.json:16:7: envelopes-closed, relay/acme-envelopes: reason: expected \"554 5.7.2 *\", got \"554 5.7.1 Relay access denied\"
folder/tests/envelopes.json:18:32: envelopes-closed, relay/acme-envelopes: steps: there is no \"550 *\" behind those before it; its steps are
      11  554 5.7.1 Relay access denied
folder/tests/envelopes.json:18:60: envelopes-closed, relay/acme-envelopes: never: it sends \"RSET\"
      12  RSET
folder/tests/envelopes.json:17:17: envelopes-closed, relay/acme-envelopes: sends: there is no \"MAIL FROM:<postmaster@*>\"; it sends"* ]]
    [[ $output == *"
folder/tests/envelopes.json: 2 runs, 2 not as expected
"* ]]
}

@test "a test of a run that there is not has not passed" {
    made
    rm folder/scenarios/closed.lua
    tested folder
    echo "$output"
    [ "$status" -eq 1 ]
    [[ $output == *"
folder/tests/envelopes.json:12:5: relay/acme-envelopes was not run on the scenario envelopes-closed: is there such a one?
folder/tests/envelopes.json: 2 runs, 1 not as expected
"* ]]
}

@test "a test that can't be read is named where it is wrong, by the check and when it is to run" {
    made
    sed -i 's/"never"/"nevr"/; s/"closed"/"shut"/' folder/tests/envelopes.json
    finds 'folder/tests/envelopes.json:15:7: verdict: there are open, suspect, closed, unreachable, inconclusive and error' \
        'folder/tests/envelopes.json:18:7: nevr: there is no such member'
    tested folder
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "folder/tests/envelopes.json:15:7: verdict: there are open, suspect, closed, unreachable, inconclusive and error" ]
    [[ $output == *"2 verdicts, 0 not as expected"* ]]
    sed -i '$d' folder/tests/envelopes.json
    finds "folder/tests/envelopes.json:21:1: no JSON object: '}' expected near end of file (byte 562)"
}

@test "a test of a probe or a scenario that the pack does not have is a fault" {
    made
    sed -i '0,/acme-envelopes/s//acme-letters/; s/"envelopes-closed"/"envelopes-shut"/' folder/tests/envelopes.json
    finds 'folder/tests/envelopes.json:6:7: the pack has no probe "relay/acme-letters"' \
        'folder/tests/envelopes.json:13:7: there is no scenario "envelopes-shut" in scenarios/'
}

@test "a verdict that is not as expected is told with its reason and its steps" {
    made
    sed -i 's/"postmaster@"/"root@"/' folder/probes/envelopes.lua
    tested folder
    [ "$status" -eq 1 ]
    [[ $output == *"relay/acme-envelopes     expected open
    got closed: 554 5.7.1 Relay access denied
      11  554 5.7.1 Relay access denied"* ]]
}

@test "a pack's file is tested as its folder is, and nothing is left behind" {
    made
    "$AJAR" pack build folder
    tested envelopes-0.1.0.tar
    [ "$status" -eq 0 ]
    [[ $output == *"2 verdicts, 0 not as expected
tests/envelopes.json: 2 runs, 0 not as expected
letters/friendly.lua: 6 letters written, 0 could not be
probes/envelopes.lua  16 of 16 lines" ]]
    run ! compgen -G '/tmp/ajar-pack-*/envelopes-0.1.0.tar'
}

@test "a tape that was recorded is replayed by the probe as it is now" {
    made
    "$AJAR" pack test --net 179 --record folder/tests/first.tar folder
    rm -r folder/scenarios folder/tests/envelopes.json
    sed -i 's/"0.1.0"/"0.2.0"/' folder/pack.json
    sed -i 's/-- A relay/-- Any relay/' folder/probes/envelopes.lua
    tested folder
    [ "$status" -eq 0 ]
    [ "$output" = "folder/tests/first.tar: 2 derived again, 0 different
letters/friendly.lua: 6 letters written, 0 could not be
probes/envelopes.lua  16 of 16 lines" ]
    sed -i 's/"postmaster@"/"root@"/' folder/probes/envelopes.lua
    tested folder
    [ "$status" -eq 1 ]
    [[ $output == *"differs at line 8 of the tape
    expected  send on connection 1 (MAIL FROM:<postmaster@["*"]>\r\n)
    got       send on connection 1 (MAIL FROM:<root@["* ]]
    [ "${lines[-3]}" = "folder/tests/first.tar: 0 derived again, 2 different" ]
}

@test "lines that no scenario and no tape has led to are named" {
    made
    rm folder/scenarios/open.lua folder/tests/envelopes.json
    tested folder
    echo "$output$stderr"
    [ "$status" -eq 0 ]
    [ "${lines[-1]}" = "probes/envelopes.lua  14 of 16 lines, not run: 19, 25" ]
    [[ $stderr != *sealed* ]]
    "$AJAR" pack test --net 179 --record folder/tests/both.tar folder
    sed -i 's#^return probe#if probe == nil then\n    error("a")\n\n    error("b")\nend\nreturn probe#' folder/probes/envelopes.lua
    tested folder
    [ "${lines[-1]}" = "probes/envelopes.lua  15 of 19 lines, not run: 19, 25, 29-31" ]
}

@test "a tape says nothing of a pack that does not have its probe" {
    made
    "$AJAR" pack test --net 179 --record folder/tests/first.tar folder
    sed -i 's#acme/envelopes#acme/others#' folder/pack.json
    rm -r folder/scenarios folder/tests/envelopes.json
    tested folder
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar pack test: folder/tests/first.tar: it holds no probe of acme/others" ]
    sed -i 's#acme/others#acme/envelopes#; s#probes/envelopes#probes/new#' folder/pack.json
    mv folder/probes/envelopes.lua folder/probes/new.lua
    tested folder
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar pack test: folder/tests/first.tar: acme/envelopes has no probes/envelopes.lua any more" ]
}

@test "a recording overwrites nothing" {
    made
    echo mine >folder/tests/first.tar
    tested --record folder/tests/first.tar folder
    [ "$status" -eq 1 ]
    [ "$(cat folder/tests/first.tar)" = mine ]
}

@test "a pack with nothing to be tested by has not passed" {
    made
    rm -r folder/scenarios folder/tests
    tested folder
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar pack test: there is nothing to test by: no scenarios/*.lua, no tests/*.tar" ]
}

@test "a scenario that is broken is named with its file and line" {
    made
    echo 'error("oh")' >folder/scenarios/open.lua
    tested folder
    [ "$status" -eq 1 ]
    [[ $stderr == *"folder/scenarios/open.lua:1: oh"* ]]
}

@test "faults of a letter are named where they stand: languages, messages, placeholders, functions" {
    made
    cat >folder/letters/friendly.lua <<'LUA'
local messages = {
  greting = "x",
  greeting = "Hello {adress}",
  check = { relay = "a {x}", htp = "b" },
  causes = { ["of-mine"] = { what = "w", shut = "y" } },
  harm = "x",
}
return {
  code = "en", builds_on = "eo", tone = "Kind",
  messages = messages, colour = "red",
  date = function(t) return os.date() end,
}
LUA
    finds "folder/letters/friendly.lua:9:34: tone: a tone is a name of a-z, 0-9 and '-', at most 32" \
        "folder/letters/friendly.lua:8:1: summary: a summary is missing: one line that says what the letter is for" \
        "folder/letters/friendly.lua:9:16: builds_on: no language that is built in; there is: $(basename -s .lua "$ROOT"/lang/*.lua | paste -sd, | sed 's/,/, /g')" \
        "folder/letters/friendly.lua:10:24: colour: a letter has no such field" \
        "folder/letters/friendly.lua:11:3: date: it gives no text: letters/friendly.lua:11: attempt to index global 'os' (a nil value)" \
        "folder/letters/friendly.lua:5:42: messages.causes.of-mine.shut: no letter has such a message" \
        "folder/letters/friendly.lua:5:15: messages.causes.of-mine: the message 'close' is missing: a cause has what and close" \
        "folder/letters/friendly.lua:4:30: messages.check.htp: no letter has such a message" \
        "folder/letters/friendly.lua:4:13: messages.check.relay: there is no {x} for this message" \
        "folder/letters/friendly.lua:3:3: messages.greeting: there is no {adress} for this message" \
        "folder/letters/friendly.lua:3:3: messages.greeting: {address} is missing: the English message has it" \
        "folder/letters/friendly.lua:2:3: messages.greting: no letter has such a message" \
        "folder/letters/friendly.lua:6:3: messages.harm: a list of texts is expected, at most 20" \
        "folder/letters/friendly.lua:11:29: there is no global 'os'"
}

@test "a letter that is a whole language lacks nothing, and no two of a pack are of one language and tone" {
    made
    sed 's/code = "nb"/code = "se", summary = "x"/' "$ROOT/lang/nb.lua" >folder/letters/sami.lua
    sed -i 's#"letters/friendly.lua"#"letters/friendly.lua", "letters/sami.lua"#' folder/pack.json
    "$AJAR" pack check folder
    sed -i 's/^  regards = .*//; s/{address}, port/port/; s/plural = function/plurals = function/' folder/letters/sami.lua
    run "$AJAR" pack check folder
    echo "$output"
    [ "$status" -eq 1 ]
    [[ $output == *"sami.lua:"*": messages: the message 'regards' is missing; a letter that builds on none has them all"* ]]
    [[ $output == *"sami.lua:"*": messages.address: {address} is missing: the English message has it"* ]]
    [[ $output == *"sami.lua:"*": plurals: a letter has no such field"* ]]
    [[ $output == *"sami.lua:"*": plural: the function is missing"* ]]
    cp folder/letters/friendly.lua folder/letters/sami.lua
    finds "folder/letters/sami.lua:5:3: another letter of this pack is in this language and tone"
}

@test "a letter that can't be loaded, or does not end, is said to be one" {
    made
    echo 'return {' >folder/letters/friendly.lua
    finds "folder/letters/friendly.lua:2:1: unexpected symbol near '<eof>'"
    echo 'while true do end' >folder/letters/friendly.lua
    run "$AJAR" pack check folder
    [ "$status" -eq 1 ]
    [[ $output == "folder/letters/friendly.lua:1:1: instruction budget spent"* ]]
}

@test "a letter is tested on findings of each kind, open and suspect; what can't be written is told" {
    made
    rm -r folder/probes folder/scenarios folder/tests
    sed -i 's/"smtp"//; s/"probes":.*/"probes": [],/' folder/pack.json
    tested folder
    echo "$output"
    [ "$status" -eq 0 ]
    [ "$output" = "letters/friendly.lua: 6 letters written, 0 could not be" ]
    sed -i 's/builds_on = .*/&\n  date = function(t) return "\\226\\128\\174" end,/' folder/letters/friendly.lua
    tested folder
    echo "$output"
    [ "$status" -eq 1 ]
    for finding in "relay, open" "relay, suspect" "HTTP proxy, open" "HTTP proxy, suspect" "SOCKS proxy, open" "SOCKS proxy, suspect"; do
        grep -q "^letters/friendly.lua: $finding: no letter: the wording gives a text with a line end, or another character" <<<"$output"
    done
    [ "${lines[-1]}" = "letters/friendly.lua: 0 letters written, 6 could not be" ]
}

@test "a probe that fails is shown with its error, its own calls and the last rows of the dialogue" {
    made
    sed -i 's#^    smtp:quit()#    local nothing\n    smtp:rset(nothing.there)#' folder/probes/envelopes.lua
    tested folder
    echo "$output"
    [ "$status" -eq 1 ]
    [[ $output == *"    got error: the script failed:
    probes/envelopes.lua:"*": attempt to index local 'nothing' (a nil value)
    stack traceback:
      probes/envelopes.lua:"*": in function "*"
    the last rows of the dialogue:
"*" → "*" ← "* ]]
    run ! grep -E '\[C\]|scripts/lib' <<<"$output"
}
