#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
# Keys and bundles on the command line: ajar key, ajar probe -e, ajar verify, and the public tools.

setup_file() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    export AJAR HOME=$BATS_FILE_TMPDIR
    unset AJAR_KEY_PASSWORD_FILE
    cd "$BATS_FILE_TMPDIR" || exit
    "$AJAR" key new --no-password -o made.key
    # Nothing listens there: the shortest case there is.
    "$AJAR" probe -k made.key -e made.tar -p relay/third-party 127.0.0.1:1
}

setup() {
    cd "$BATS_TEST_TMPDIR" || exit
    export HOME=$BATS_TEST_TMPDIR
    cp "$BATS_FILE_TMPDIR"/made.* .
}

@test "key new makes a pair below ~/.config/ajar, and key show shows it" {
    run --separate-stderr "$AJAR" key new --no-password
    [ "$status" -eq 0 ]
    [ "$(stat -c %a .config/ajar/ajar.key)" = 600 ]
    [[ $output == *"$(tail -n 1 .config/ajar/ajar.pub)"* ]]
    made=$output
    run "$AJAR" key show
    [ "$status" -eq 0 ]
    [ "$output" = "$made" ]
}

@test "key show tells the id that minisign knows the key by" {
    id=$(sed -n '1s/.* //p' made.pub)
    [[ $("$AJAR" key show made.pub) == *"key id      $id"* ]]
    [[ $("$AJAR" key show made.key) == *"key id      $id"* ]]
}

@test "key show without a key says how to make one" {
    run --separate-stderr "$AJAR" key show
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar key: there is no key yet: 'ajar key new' makes one"* ]]
}

@test "a key is never overwritten" {
    sum=$(sha256sum made.key made.pub)
    run --separate-stderr "$AJAR" key new --no-password -o made.key
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar key: made.key is there already; a key is never overwritten" ]
    rm made.key
    run --separate-stderr "$AJAR" key new --no-password -o made.key
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar key: made.pub is there already; a key is never overwritten" ]
    [ ! -e made.key ]
    cp "$BATS_FILE_TMPDIR/made.key" .
    [ "$sum" = "$(sha256sum made.key made.pub)" ]
}

@test "a password comes from the file that AJAR_KEY_PASSWORD_FILE names; minisign takes it too" {
    umask 077
    echo 'tea at five' >password
    AJAR_KEY_PASSWORD_FILE=password run "$AJAR" key new -o p.key
    [ "$status" -eq 0 ]
    echo hello >f
    minisign -S -s p.key -m f <password
    minisign -V -p p.pub -m f
    AJAR_KEY_PASSWORD_FILE=password run "$AJAR" probe -k p.key -e p.tar -p relay/third-party 127.0.0.1:1
    [ "$status" -eq 0 ]
    run "$AJAR" verify -P p.pub p.tar
    [ "$status" -eq 0 ]
    rm p.pub
    echo wrong >wrong
    AJAR_KEY_PASSWORD_FILE=wrong run --separate-stderr "$AJAR" key show p.key
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar key: p.key: the password is wrong" ]
    # no password to be had: neither a file nor a terminal
    run --separate-stderr setsid --wait "$AJAR" key show p.key
    [ "$status" -eq 1 ]
    [[ $stderr == *"put it into a file and name that in AJAR_KEY_PASSWORD_FILE"* ]]
}

@test "a password file that is missing or empty is said to be" {
    AJAR_KEY_PASSWORD_FILE=none run --separate-stderr "$AJAR" key new -o x.key
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar key: AJAR_KEY_PASSWORD_FILE: none: No such file or directory" ]
    : >empty
    chmod 600 empty
    AJAR_KEY_PASSWORD_FILE=empty run --separate-stderr "$AJAR" key new -o x.key
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar key: empty: the password is empty" ]
    [ ! -e x.key ] && [ ! -e x.pub ]
}

@test "a password file that others can read is refused" {
    echo 'tea at five' >open
    chmod 644 open
    AJAR_KEY_PASSWORD_FILE=open run --separate-stderr "$AJAR" key new -o x.key
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar key: open: others can read this password; do: chmod 600 on it" ]
    # Nobody is told to change the mode of a device or of a folder.
    for place in /dev/null /tmp; do
        AJAR_KEY_PASSWORD_FILE=$place run --separate-stderr "$AJAR" key new -o x.key
        [ "$status" -eq 1 ]
        [ "$stderr" = "ajar key: $place: no file, and others can read it too; the password's place is a file that its owner alone can read (mode 0600)" ]
    done
}

# Types LINES at a terminal that COMMAND runs on. A line at a time, each after a prompt.
at_terminal() { # COMMAND LINE...
    local command=$1
    shift
    { for line in "$@"; do sleep 0.4; printf '%s' "$line"; done; sleep 0.4; } |
        script -qec "$command" /dev/null
}

@test "on a terminal the password is asked for twice, without echo" {
    run at_terminal "'$AJAR' key new -o t.key" $'tea\n' $'coffee\n'
    [ "$status" -eq 1 ]
    [[ $output == *"New password for t.key: "* ]]
    [[ $output == *"the two passwords differ"* ]]
    [[ $output != *coffee* ]]
    [ ! -e t.key ]
}

@test "Ctrl-C at the prompt ends it, and the terminal has its echo again" {
    run at_terminal "'$AJAR' key new -o t.key; stty -a" $'te\x03'
    [[ $output == *"no password was given"* ]]
    [[ $output == *isig*echo* ]]
    [[ $output != *-isig* && $output != *"-echo "* ]]
    [ ! -e t.key ]
}

@test "while a run is under way no worker and no sink holds the secret key" {
    run python3 -B "$BATS_TEST_DIRNAME/key_memory.py" "$AJAR" made.key
    [ "$status" -ne 77 ] || skip "the memory of processes can't be read here"
    echo "$output"
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = "the command: 1 of 1" ]
    [ "${lines[1]}" = "others: 0 of 3" ]
}

@test "a secret key that others can read is refused" {
    chmod 644 made.key
    run --separate-stderr "$AJAR" probe -k made.key -e new.tar 127.0.0.1:1
    [ "$status" -eq 1 ]
    [[ $stderr == *"made.key: others can read or change this secret key (mode 0644)"* ]]
    [ ! -e new.tar ]
}

@test "what is no key is said to be none" {
    echo hello >x
    run --separate-stderr "$AJAR" key show x
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar key: x: not a secret key of minisign's form" ]]
    run --separate-stderr "$AJAR" key show /etc/passwd
    [ "$status" -eq 1 ]
    run --separate-stderr "$AJAR" verify -P x made.tar
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar verify: --public-key: x: not a public key of minisign's form" ]
}

@test "a secret key where a public one is wanted is said to be one, encrypted or not" {
    "$AJAR" key new --no-password -o plain.key
    echo 'tea at five' >password
    chmod 600 password
    AJAR_KEY_PASSWORD_FILE=password "$AJAR" key new -o locked.key
    for key in plain locked; do
        run --separate-stderr "$AJAR" verify -P $key.key made.tar
        [ "$status" -eq 1 ]
        [ "$stderr" = "ajar verify: --public-key: $key.key: this is a SECRET key: a public one is wanted here (of ajar.key that is ajar.pub); give the secret one to nobody" ]
        run --separate-stderr "$AJAR" verify -P "$(tail -n 1 $key.key)" made.tar
        [ "$status" -eq 1 ]
        [[ $stderr != *"$(tail -n 1 $key.key)"* ]]
        run -0 "$AJAR" key show $key.key
    done
}

@test "wrong usage of key and verify ends with status 2" {
    for words in "key" "key make" "key new x" "key show a b" "key show -o x" "key new -o" "verify" \
        "verify --frob a" "verify --threshold 2 a" \
        "verify -P a --threshold 2 b" "verify --threshold 0 -P a b" "cosign" "cosign a b"; do
        # shellcheck disable=SC2086
        run --separate-stderr "$AJAR" $words
        echo "$words: $status $stderr"
        [ "$status" -eq 2 ]
        [ -z "$output" ]
        [ "$(wc -l <<<"$stderr")" -eq 1 ]
    done
}

@test "verify says whose key it was, and what was checked" {
    run --separate-stderr "$AJAR" verify --public-key made.pub made.tar
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [ "${lines[0]}" = "made.tar: verified" ]
    [[ $output == *"key $(sed -n '1s/.* //p' made.pub), the key that you gave"* ]]
    [[ $output == *"cases       1"* ]]
    [[ $output == *"each as sealed, none missing, none added"* ]]
    run --separate-stderr "$AJAR" verify -P "$(tail -n 1 made.pub)" made.tar
    [ "$status" -eq 0 ]
}

@test "verify without a key warns that anyone can make one" {
    run --separate-stderr "$AJAR" verify made.tar
    [ "$status" -eq 0 ]
    [[ $output == *"the key in the bundle itself"* ]]
    [[ $stderr == *"--public-key"* ]]
}

@test "another key, a damaged bundle, no bundle: status 1 and one sentence" {
    "$AJAR" key new --no-password -o other.key
    run --separate-stderr "$AJAR" verify -P other.pub made.tar
    [ "$status" -eq 1 ]
    [ "$output" = "made.tar: NOT verified" ]
    [[ $stderr == *"signed by the key $(sed -n '1s/.* //p' made.pub), not by $(sed -n '1s/.* //p' other.pub)" ]]
    head -c 3000 made.tar >cut.tar
    run --separate-stderr "$AJAR" verify cut.tar
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar verify: cut.tar: the tar file is cut off"* ]]
    for file in missing.tar made.pub /dev/null .; do
        run --separate-stderr "$AJAR" verify "$file"
        [ "$status" -eq 1 ]
        [ "$(wc -l <<<"$stderr")" -eq 1 ]
    done
}

@test "public tools alone accept the bundle, as its VERIFY.txt says" {
    cp made.pub operator.pub
    tar -xOf made.tar made/VERIFY.txt | grep '^     [a-z]' >guide
    run bash -e guide
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"Signature and comment signature verified"* ]]
    [[ $output != *FAILED* ]]
}

@test "minisign's own keys work" {
    minisign -G -W -p m.pub -s m.key
    run "$AJAR" probe -k m.key -e m.tar -p relay/third-party 127.0.0.1:1
    [ "$status" -eq 0 ]
    run "$AJAR" verify -P m.pub m.tar
    [ "$status" -eq 0 ]
}

@test "evidence is never overwritten" {
    run --separate-stderr "$AJAR" probe -k made.key -e made.tar -p relay/third-party 127.0.0.1:1
    [ "$status" -eq 1 ]
    [[ $stderr == *"made.tar is there already; evidence is never overwritten"* ]]
    "$AJAR" verify made.tar
}

@test "when the disk is full, what was finished before is sealed and verifies" {
    # The limit on a file's size stands for the disk; 120 KiB hold the scripts and some cases.
    run --separate-stderr bash -c "ulimit -f 120; '$AJAR' probe -k made.key -e full.tar 127.0.0.64/26:1"
    echo "$stderr" | head -n 3
    [ "$status" -eq 1 ]
    [[ $stderr == *"full.tar: the limit on a file's size is reached (ulimit -f)"* ]]
    run "$AJAR" verify -P made.pub full.tar
    [ "$status" -eq 0 ]
}

# A case is handed out with run.json: it must not name the others' targets.
@test "run.json says who, with which build, by which clock, with which packs and options, and no target" {
    cat >mine.lua <<'LUA'
local probe = ajar.probe { id = "relay/mine", kind = "relay", ports = { 1 }, summary = "Finds nothing" }
function probe.run() return ajar.closed("nothing was asked") end
return probe
LUA
    echo 127.0.0.77:1 >list
    run "$AJAR" probe -k made.key -e b.tar --operator "Kari Nordmann" -p mine.lua -p relay/third-party -i list --rate 7
    [ "$status" -eq 0 ]
    tar -xf b.tar
    json=b/data/run.json
    [ "$(jq -r .operator.name $json)" = "Kari Nordmann" ]
    [ "$(jq -r '.operator | has("user")' $json)" = false ]
    [ "$(jq -r .operator.key $json)" = "$(tail -n 1 made.pub)" ]
    [ "$(jq -r .build.sha256 $json)" = "$(sha256sum <"$AJAR" | cut -c 1-64)" ]
    [ "$(jq -r '.vantage.clock.synchronised | type' $json)" != string ]
    [ "$(jq -c .options.probes $json)" = "[\"$(tar -tf b.tar | sed -n 's,^b/\(data/packs/local/.*mine.lua\)$,\1,p')\",\"relay/third-party\"]" ]
    [ "$(jq .options.rate $json)" = 7 ]
    for pack in builtin local; do
        sum=$(grep "  data/packs/$pack/" b/manifest-sha256.txt | LC_ALL=C sort -k 2 | sha256sum | cut -c 1-64)
        jq -r '.packs[] | .pack + " " + .sha256 + " " + (.signer | tostring)' $json |
            grep -qE "^$pack(@.*)? $sum null$"
    done
    run ! grep -q '127\.0\.0\.77' $json
}

# A case is handed out: where things lie on the operator's machine, who is logged in there, and what other networks it
# stands in are nobody's business.
@test "nothing in a bundle says where files lie on the machine, who is logged in, or which addresses it has besides" {
    mkdir -p secret-client
    cat >secret-client/mine.lua <<'LUA'
local probe = ajar.probe { id = "relay/mine", kind = "relay", ports = { 1 }, summary = "Fails" }
function probe.run() error("it went wrong") end
return probe
LUA
    echo 127.0.0.1:1 >secret-client/list
    run "$AJAR" probe -k made.key -e b.tar -p "$PWD/secret-client/mine.lua" -i "$PWD/secret-client/list" --from 127.0.0.5
    [ "$status" -eq 0 ]
    tar -xf b.tar
    run ! grep -r secret-client b
    [ "$(jq -c .options.probes b/data/run.json)" = "[\"$(cd b && echo data/packs/local/*mine.lua)\"]" ]
    [ "$(jq -c .operator b/data/run.json)" = "{\"key\":\"$(tail -n 1 made.pub)\"}" ]
    [ "$(jq -c .vantage.addresses b/data/run.json)" = '["127.0.0.5"]' ]
    [ "$(jq -r .source b/data/cases/*/case.json)" = list ]
    [[ $(jq -r .reason b/data/cases/*/case.json) == "mine.lua:2: it went wrong"* ]]
}

@test "the addresses in run.json are those that the ways out begin at" {
    printf 'authority: A\ncontact: mailto:a@b.example\ninfo: https://b.example/\nallow 127.0.0.0/8\nallow 192.0.2.77\n' >scope
    run "$AJAR" probe -k made.key -e b.tar -s scope --mail-domain b.example -p relay/third-party 127.0.0.1:1
    echo "$output"
    [ "$status" -eq 0 ]
    # Nothing is sent: a datagram's socket learns its own end when it is connected.
    ways=$(python3 -c '
import contextlib, socket
for family, to in ((socket.AF_INET, "203.0.113.1"), (socket.AF_INET6, "2001:db8::1")):
    with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as s:
        s.connect((to, 9))
        print(s.getsockname()[0])
')
    [ "$(tar -xOf b.tar b/data/run.json | jq -r '.vantage.addresses[]')" = "$ways" ]
    run "$AJAR" probe -k made.key -e c.tar -p relay/third-party 127.0.0.1:1
    [ "$(tar -xOf c.tar c/data/run.json | jq -c .vantage.addresses)" = "[]" ]
}

@test "what run.json says of the run is held against each tape, and its key against the signer's" {
    "$AJAR" key new --no-password -o other.key
    for edit in 'authority":"[^"]*" authority":"The_King_\\ufffd"' 'started":"20 started":"21' 'authority":"[^"]*" authority":"The_King"' 'sink":"[^"]*" sink":"192.0.2.1:25"' \
        'mail_domain":"[^"]*" mail_domain":"evil.example"' 'wait_ms":[0-9]* wait_ms":1' 'info":"[^"]*" info":"x"' \
        'contact":"[^"]*" contact":"x"' 'helo":"[^"]*" helo":"x"'; do
        "$BATS_TEST_DIRNAME"/resealed.py made.tar lie.tar made data/run.json "${edit% *}" "${edit#* }"
        run --separate-stderr "$AJAR" verify -P made.pub lie.tar
        [ "$status" -eq 1 ]
        [ "${lines[0]}" = "lie.tar: verified, but NOT what its cases say" ]
        [[ $stderr == *"line 1 of its tape: expected the run's ${edit%%\"*} "*", as data/run.json says, got ${edit%%\"*} "* ]]
        run --separate-stderr "$AJAR" replay lie.tar
        [ "$status" -eq 1 ]
        [[ $output$stderr == *"as data/run.json says"* ]]
    done
    run -0 --separate-stderr "$AJAR" verify made.tar
    [[ $output != *"NOT signed"* ]]
    "$BATS_TEST_DIRNAME"/resealed.py made.tar lie.tar made data/run.json "$(tail -n 1 made.pub | sed 's/[+]/[+]/g')" "$(tail -n 1 other.pub)"
    run -0 --separate-stderr "$AJAR" verify -P made.pub lie.tar
    [[ $output == *"  NOT signed  by the key that its data/run.json says was to sign, $(sed -n '1s/.* //p' other.pub)"* ]]
}

@test "a line of a tape that only looks hidden is no reason to ask no further" {
    "$BATS_TEST_DIRNAME"/resealed.py made.tar lie.tar made '*/tape.jsonl' '^{"t":[0-9]*,"op":"note".*|^{"t":.*"op":"open".*' "{\"hidden\":\"$(printf '%064d' 0)\"}" \
        '*/case.json' '"verdict":"unreachable"' '"verdict":"closed"'
    run --separate-stderr "$AJAR" verify -P made.pub lie.tar
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "lie.tar: verified, but NOT what its cases say" ]
    [[ $stderr == *"a line of its tape is called hidden, and tree.txt hides none"* ]]
}

@test "scripts of this program need its interface: who claims an older one asks for other rules, and gets none" {
    "$BATS_TEST_DIRNAME"/resealed.py made.tar lie.tar made data/run.json '"interface":[0-9]*' '"interface":9'
    run --separate-stderr "$AJAR" verify -P made.pub lie.tar
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "lie.tar: verified, but NOT what its cases say" ]
    [[ $stderr == *"data/run.json: it names interface 9, and the scripts are, byte for byte, those of this program (ajar "* ]]
    run --separate-stderr "$AJAR" show lie.tar c-
    [[ ${lines[1]} == "NOT what lies beside it"*"it names interface 9"* ]]
    "$BATS_TEST_DIRNAME"/resealed.py made.tar lie.tar made data/run.json '"interface":([0-9]*)' '"interface":"\1"'
    run --separate-stderr "$AJAR" verify -P made.pub lie.tar
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "lie.tar: NOT verified" ]
    [[ $stderr == *'data/run.json: its "interface" is no number from 1 to 1000000' ]]
}

@test "show says above a case, and below the table, that its own tape contradicts it" {
    "$BATS_TEST_DIRNAME"/resealed.py made.tar lie.tar made '*/case.json' '"verdict":"unreachable"' '"verdict":"closed"'
    said="NOT what lies beside it: case.json does not say what tape and receipts say: line "
    run -0 --separate-stderr "$AJAR" show lie.tar
    [[ ${lines[1]} == c-*" closed "* ]]
    [ "${#lines[@]}" -eq 2 ]
    [[ $stderr == "ajar show: NOT what lies beside it: of 1 case case.json does not say what tape and receipts say; the first is c-"*": line "*": expected the verdict closed, "*"got the verdict unreachable" ]]
    run -0 --separate-stderr "$AJAR" show lie.tar c-
    [[ ${lines[0]} == "Case c-"*": closed" ]]
    [[ ${lines[1]} == "$said"* ]]
    run -0 "$AJAR" show made.tar c-
    [[ $output != *"NOT what lies"* ]]
}

@test "show --run prints it for a reader" {
    run --separate-stderr "$AJAR" show --run made.tar
    [ "$status" -eq 0 ]
    [[ $output == *"  started     20"*" UTC, by the clock of that machine"* ]]
    [[ $output == *"  operator    (not said)"$'\n'* ]]
    [[ $output == *"  scope       no file: loopback alone"* ]]
    [[ $output == *"  program     SHA-256 $(sha256sum <"$AJAR" | cut -c 1-64)"* ]]
    [[ $output == *"  pack        builtin@"*" files, signed by nobody"* ]]
    run --separate-stderr "$AJAR" show --run made.tar c-
    [ "$status" -eq 2 ]
    [[ $stderr == "ajar show: --run shows the run, not a case"* ]]
}

@test "an operator's name needs a bundle and is one line" {
    for name in "" $'a\nb' "$(printf '%0201d' 0)"; do
        run --separate-stderr "$AJAR" probe -k made.key -e b.tar --operator "$name" 127.0.0.1:1
        [ "$status" -eq 2 ]
        [[ $stderr == "ajar probe: --operator: not one line of text of at most 200 bytes"* ]]
    done
    run --separate-stderr "$AJAR" probe --operator Kari 127.0.0.1:1
    [ "$status" -eq 2 ]
    [[ $stderr == "ajar probe: --operator is for a bundle: --evidence is missing"* ]]
}

@test "a second officer signs: both are asked for, minisign checks both, the first way still works" {
    "$AJAR" key new --no-password -o second.key
    id=$(sed -n '1s/.* //p' second.pub)
    run --separate-stderr "$AJAR" cosign -k second.key --public-key made.pub made.tar
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [ "${lines[0]}" = "made.tar: co-signed by key $id" ]
    [[ ${lines[1]} == "  bundle      made, 1 case, sealed by key "* ]]
    run --separate-stderr "$AJAR" verify --public-key made.pub --public-key second.pub --threshold 2 made.tar
    [ "$status" -eq 0 ]
    [[ $output == *"co-signed   key $id, the key that you gave"* ]]
    [[ $output == *"trusted     2 of these signatures; 2 asked for"* ]]
    cp made.pub operator.pub
    tar -xOf made.tar made/VERIFY.txt >guide
    run bash -e <(grep '^     [a-z]' guide)
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output != *FAILED* ]]
    # the two commands for it, with the key's number put in
    cp second.pub other.pub
    cd made
    run bash -e <(grep '^       .*[a-z]' ../guide | grep -A 9 minisign | head -n 3 | sed "s/NUMBER/$id/")
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"signature:$(sha256sum tagmanifest-sha256.txt.minisig | cut -c 1-64)"* ]]
}

@test "one signature too few, an unknown key, an expired one: each has its answer" {
    "$AJAR" key new --no-password -o second.key
    first=$(sed -n '1s/.* //p' made.pub) second=$(sed -n '1s/.* //p' second.pub)
    run --separate-stderr "$AJAR" verify -P made.pub -P second.pub --threshold 2 made.tar
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar verify: made.tar: signed by 1 of the keys that you trust, and not by 2" ]
    [[ $output == *"signed by   key $first, the key that you gave"* ]]
    run --separate-stderr "$AJAR" verify -P second.pub made.tar
    [ "$status" -eq 1 ]
    [[ $stderr == *"signed by the key $first, not by $second" ]]
    line=$(tail -n 1 made.pub)
    printf '# KEY FROM UNTIL NAME\n%s - 2020-12-31 Kari Nordmann\n' "$line" >trusted
    run --separate-stderr "$AJAR" verify --trusted trusted made.tar
    [ "$status" -eq 1 ]
    [[ $stderr == *": the key $first was trusted until 2020-12-31, and signed on 20"* ]]
    echo "$line 2999-01-01 -" >trusted
    run --separate-stderr "$AJAR" verify --trusted trusted made.tar
    [ "$status" -eq 1 ]
    [[ $stderr == *": the key $first is trusted from 2999-01-01 on, and signed on 20"* ]]
    echo "$line 2020-01-01 2999-12-31 Kari Nordmann, Nkom" >trusted
    run --separate-stderr "$AJAR" verify --trusted trusted made.tar
    [ "$status" -eq 0 ]
    [[ $output == *"signed by   key $first, Kari Nordmann, Nkom"* ]]
    echo "$line 2020-01-01" >trusted
    run --separate-stderr "$AJAR" verify --trusted trusted made.tar
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar verify: --trusted: trusted: line 1: behind the key must stand "* ]]
}

@test "a bundle that was changed is not co-signed, and a key signs once" {
    cp made.tar kept.tar
    run --separate-stderr "$AJAR" cosign -k made.key made.tar
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar cosign: made.tar: the key $(sed -n '1s/.* //p' made.pub) has signed it already" ]]
    "$AJAR" key new --no-password -o second.key
    run --separate-stderr "$AJAR" cosign -k second.key -P second.pub made.tar
    [ "$status" -eq 1 ]
    cmp made.tar kept.tar
    head -c 4096 made.tar >cut.tar
    run --separate-stderr "$AJAR" cosign -k second.key cut.tar
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar cosign: cut.tar: the tar file is cut off"* ]]
}

# Whoever has the key can seal any case: that it is as it was sealed is one thing, that it says what lies beside it another.
@test "verify says where case.json says something else than its tape and its receipts" {
    make() { python3 -B "$BATS_TEST_DIRNAME/notify_bundle.py" . c-2:proxy/socks5:closed "$1"; }
    make c-1:relay/third-party:open
    run -0 --separate-stderr "$AJAR" verify -P operator.pub evidence.tar
    [ "${lines[0]}" = "evidence.tar: verified" ]
    [[ $output == *"  case.json   2 of 2: what it says is what tape and receipts say"* ]]
    [[ $output == *"  not shown   that the scripts come to these verdicts: \`ajar replay\` runs them"* ]]
    make c-1:relay/third-party:open:bare
    run --separate-stderr "$AJAR" verify -P operator.pub evidence.tar
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "evidence.tar: verified, but NOT what its cases say" ]
    [[ $output != *"case.json"* ]]
    [ "$stderr" = "ajar verify: evidence.tar: case c-1: expected receipts[0].file receipts/r-0.eml, as case.json says, got receipts[0].file that is not in the case" ]
}
