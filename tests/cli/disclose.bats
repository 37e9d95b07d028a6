#!/usr/bin/env bats
# shellcheck disable=SC2154
bats_require_minimum_version 1.5.0
# One case of a bundle, parts of a case, the runs of a key: ajar extract, redact, verify A B C; and tests/evidence/verify.py,
# a second reader in plain Python, which must come to the same.

load servers

setup_file() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    READER=$(realpath "$BATS_TEST_DIRNAME/../evidence/verify.py")
    export AJAR READER HOME=$BATS_FILE_TMPDIR
    cd "$BATS_FILE_TMPDIR" || exit
    sealed_run 213 127.0.0.1:1 127.0.0.1:2 127.0.0.1:3
    for i in 2 3; do
        "$AJAR" probe -k k.key -e $i.tar -p relay/third-party 127.0.0.1:$i
    done
    "$AJAR" extract a.tar "$(cat open)" -o e.tar
}

setup() {
    cd "$BATS_TEST_TMPDIR" || exit
    cp "$BATS_FILE_TMPDIR"/{a,2,3,e}.tar "$BATS_FILE_TMPDIR"/k.{key,pub,chain} "$BATS_FILE_TMPDIR"/{a.json,open} .
}

# The case with this verdict.
case_of() { sed -n "s/.*\"verdict\":\"$1\".*\"case\":\"\([^\"]*\)\".*/\1/p" a.json | head -n 1; }

reads() { python3 -B "$READER" "$@"; }

@test "an extract verifies alone, and says what it shows and what it can't" {
    mkdir alone
    cp e.tar k.pub alone
    cd alone
    run --separate-stderr "$AJAR" verify -P k.pub e.tar
    [ "$status" -eq 0 ]
    [[ $output == "e.tar: verified"* ]]
    [[ $output =~ "case        $(cat ../open): "[1-5]" of 5 in the bundle" ]]
    [[ $output == *"each as sealed, none hidden"*"shows       this case was sealed so"*"can't show  which the others are"* ]]
    [[ $(reads -P k.pub e.tar) =~ ": verified: case $(cat ../open), "[1-5]" of 5, by ".*", 0 of "[0-9]+" parts hidden" ]]
}

@test "an extract has the case's files and the run's, and no others; nothing in it names another target" {
    tar -tf e.tar | sed 's|^e/||' | grep -v ^data/packs/ >names
    while read -r name; do
        [[ $name == data/run.json || $name == data/cases/"$(cat open)"/* || $name =~ ^[^/]*$ || $name == keys/operator.pub ]]
    done <names
    sed -n 's/.*"case":"\([^"]*\)".*/\1/p' a.json | grep -v "$(cat open)" >others
    [ "$(wc -l <others)" -eq 4 ]
    run ! grep -aqFf others e.tar
    run ! grep -aq -e 127.0.0.1:1 -e '"port":[123],' e.tar
}

@test "show, replay and notify work on an extract" {
    run "$AJAR" show e.tar "$(cat open)"
    [ "$status" -eq 0 ]
    [[ $output == *"Verdict: open"* ]]
    run "$AJAR" replay e.tar
    [ "$status" -eq 0 ]
    [[ $output == *"1 derived again, 0 different"* ]]
    run "$AJAR" notify e.tar --print
    [ "$status" -eq 0 ]
}

@test "of several bundles it is said once that their key is nobody's yet" {
    run -0 --separate-stderr "$AJAR" verify a.tar 2.tar 3.tar
    [ "$(grep -c "who holds that key" <<<"$stderr")" -eq 1 ]
    run -0 --separate-stderr "$AJAR" verify -P k.pub a.tar 2.tar 3.tar
    [ -z "$stderr" ]
}

@test "a changed, a swapped or an unsigned extract is refused" {
    "$AJAR" extract a.tar "$(case_of closed)" -o f.tar
    tar -xf e.tar
    tar -xf f.tar
    cp f/proof.txt e/proof.txt
    tar --format=ustar -cf x.tar e
    run --separate-stderr "$AJAR" verify x.tar
    [ "$status" -eq 1 ]
    [[ $output == *"NOT verified" ]]
    [[ $stderr == *"was added: proof.txt is for the case"* ]]
    run ! reads -P k.pub x.tar
}

@test "extract refuses what it can't prove" {
    "$AJAR" key new --no-password -o other.key
    run --separate-stderr "$AJAR" extract -P other.pub a.tar "$(cat open)" -o x.tar
    [ "$status" -eq 1 ]
    [ ! -e x.tar ]
    run --separate-stderr "$AJAR" extract a.tar c-0000000000000000f -o x.tar
    [ "$status" -eq 1 ]
    [ ! -e x.tar ]
    run --separate-stderr "$AJAR" extract e.tar "$(cat open)" -o x.tar
    [ "$status" -eq 1 ]
    [[ $stderr == *"it is an extract already"* ]]
    run --separate-stderr "$AJAR" extract a.tar "$(cat open)"
    [ "$status" -eq 2 ]
    run --separate-stderr "$AJAR" extract a.tar "$(cat open)" -o e.tar
    [ "$status" -eq 1 ]
    [[ $stderr == *"evidence is never overwritten"* ]]
}

@test "a bundle of version 1 verifies, and says that no case of it can be proven alone" {
    cd "$BATS_TEST_DIRNAME/../.."
    python3 -B tests/cli/notify_bundle.py "$BATS_TEST_TMPDIR" c-1:relay/third-party:open
    cd "$BATS_TEST_TMPDIR"
    run --separate-stderr "$AJAR" verify evidence.tar
    [ "$status" -eq 0 ]
    [[ $output == *"tree        none, in a bundle of version 1"* ]]
    [[ $output == *"  not checked that the scripts are those that the run names: its data/run.json names"* ]]
    run --separate-stderr "$AJAR" extract evidence.tar c-1 -o x.tar
    [ "$status" -eq 1 ]
    [[ $stderr == *"a bundle of version 1, whose signature covers no tree"* ]]
}

@test "redact hides a mailbox wherever it stands, and the rest is proven" {
    token=$(sed -n 's/.*"verdict":"open".*"proof":"\([^"]*\)".*/\1/p' a.json)
    grep -aqi "$token" e.tar
    run --separate-stderr "$AJAR" redact e.tar --hide "$token" -o r.tar
    [ "$status" -eq 0 ]
    run ! grep -aqi "$token" r.tar
    run --separate-stderr "$AJAR" verify -P k.pub r.tar
    [ "$status" -eq 0 ]
    [[ $output =~ "parts       "[0-9]+": "([0-9]+)" hidden, each of the others as sealed" ]]
    hidden=${BASH_REMATCH[1]}
    [ "$hidden" -gt 3 ]
    [[ $(reads -P k.pub r.tar) == *", $hidden of "*" parts hidden"* ]]
    run "$AJAR" show r.tar "$(cat open)"
    [ "$status" -eq 0 ]
    [[ $output == *"· hidden"* ]]
    run "$AJAR" replay r.tar
    [ "$status" -ne 0 ] || [[ $output == *"1 not replayed"* ]]
    [[ $output == *"it is hidden: the case was redacted"* ]]
}

@test "no letter is made of a redacted case, whatever was hidden" {
    "$AJAR" redact e.tar --hide PROBE.ajar.test -o r.tar
    run --separate-stderr "$AJAR" notify r.tar --lang en --out letters
    [ "$status" -eq 1 ]
    [[ $stderr == *"case $(cat open): parts of it were redacted: no letter is made of what can't be seen whole"* ]]
    [ -z "$(ls letters 2>/dev/null)" ]
}

@test "redact takes a text literally: a part of it that stands alone stays, and the help says so" {
    token=$(sed -n 's/.*"verdict":"open".*"proof":"\([^"]*\)".*/\1/p' a.json)
    "$AJAR" redact e.tar --hide "$token@ajar.test" -o r.tar
    run ! grep -aqi "$token@ajar.test" r.tar
    grep -aqi "$token" r.tar
    run "$AJAR" redact --help
    [[ $output == *"A TEXT is taken literally, as a whole"* ]]
}

@test "redact says which files of the run still hold what was hidden in the case" {
    run --separate-stderr "$AJAR" redact e.tar --hide PROBE.ajar.test -o r.tar
    [ "$status" -eq 0 ]
    [ "$stderr" = "ajar redact: r.tar: data/run.json still holds 'PROBE.ajar.test': it is the run's, and can't be hidden" ]
    run --separate-stderr "$AJAR" redact e.tar --hide "RCPT TO" -o r2.tar
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
}

@test "a redacted case is shown with its verdict, as far as that is not hidden" {
    last=$(tar -xOf e.tar "e/data/cases/$(cat open)/tape.jsonl" | wc -l)
    "$AJAR" redact e.tar --lines "$last" -o r.tar
    run -0 "$AJAR" show r.tar "$(cat open)"
    [[ $output == *"· hidden"*"Verdict: open: token returned"*"recipient accepted"*"Receipts:"* ]]
    "$AJAR" redact e.tar --hide "recipient accepted" -o steps.tar
    run -0 "$AJAR" show steps.tar "$(cat open)"
    [[ $output == *"Verdict: open: token returned"*"(its steps are hidden)"*"Receipts:"* ]]
}

@test "where the head of the tape is hidden, case.json says which probe, target and time it was, as far as it shows them" {
    "$AJAR" show e.tar "$(cat open)" >whole
    "$AJAR" redact e.tar --lines 1-5 -o r.tar
    run -0 "$AJAR" show r.tar "$(cat open)"
    [[ $output == *$'\n'"$(grep '^relay/third-party of ' whole)"$'\n'"$(grep '^begun ' whole)"$'\n'"(this is from case.json: the tape's head is hidden)"$'\n'* ]]
    [ "$(grep -c '^  *= ' <<<"$output")" -eq "$(grep -c '^  *= ' whole)" ]
    "$AJAR" redact e.tar --lines 1 --hide relay/third-party -o r2.tar
    run -0 "$AJAR" show r2.tar "$(cat open)"
    [[ $output == *$'\n'"(hidden) of builtin@"*" on 127.0."* ]]
}

@test "the digest of a redacted receipt is hidden too: who guesses the line can't try it out" {
    digest=$(tar -xOf e.tar "e/data/cases/$(cat open)/receipts/r-0.eml" | sha256sum | cut -d' ' -f1)
    grep -aq "$digest" e.tar
    "$AJAR" redact e.tar --hide "Return-Path" -o r.tar
    run ! grep -aq "$digest" r.tar
    reads -P k.pub r.tar
}

@test "redact goes on from a redacted extract, and takes lines by their numbers" {
    "$AJAR" redact a.tar "$(cat open)" --lines 2-3 -o r.tar
    "$AJAR" redact r.tar --lines 5 -o r2.tar
    # the three lines, and the SHA-256 of the tape in case.json
    [[ $(reads -P k.pub r2.tar) == *", 4 of "*" parts hidden"* ]]
    run --separate-stderr "$AJAR" redact a.tar "$(cat open)" --lines 9999 -o x.tar
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar redact: a.tar: the tape has no line 9999" ]
    [ ! -e x.tar ]
}

@test "redact says when nothing holds the text, and writes nothing" {
    run --separate-stderr "$AJAR" redact e.tar --hide nobody@nowhere.example -o x.tar
    [ "$status" -eq 1 ]
    [[ $stderr == *"nothing in the case holds 'nobody@nowhere.example'" ]]
    [ ! -e x.tar ]
    run --separate-stderr "$AJAR" redact a.tar --hide x -o x.tar
    [ "$status" -eq 1 ]
    [[ $stderr == *"a.tar is a whole bundle: say which case" ]]
    run --separate-stderr "$AJAR" redact e.tar -o x.tar
    [ "$status" -eq 2 ]
}

@test "a hidden part that is filled with something else is refused" {
    "$AJAR" redact e.tar --lines 2 -o r.tar
    tar -xf r.tar
    sed -i '2s/.*/{"t":1,"op":"token","data":"x"}/' r/data/cases/*/tape.jsonl
    tar --format=ustar -cf x.tar r
    run --separate-stderr "$AJAR" verify x.tar
    [ "$status" -eq 1 ]
    [[ $stderr == *"tape.jsonl: a part that tree.txt calls hidden does not stand there as hidden" ]]
}

@test "co-signatures come with an extract, and hold there" {
    "$AJAR" key new --no-password -o second.key
    "$AJAR" cosign a.tar -k second.key
    "$AJAR" extract a.tar "$(cat open)" -o x.tar
    run --separate-stderr "$AJAR" verify -P k.pub -P second.pub --threshold 2 x.tar
    [ "$status" -eq 0 ]
    [[ $output == *"trusted     2 of these signatures; 2 asked for"* ]]
}

@test "a second reader comes to the same tree of a whole bundle" {
    [[ $(reads -P k.pub a.tar) == "a.tar: verified: 5 cases by "* ]]
}

@test "the runs of a key are a chain without a gap" {
    run --separate-stderr "$AJAR" verify -P k.pub a.tar 2.tar 3.tar
    [ "$status" -eq 0 ]
    [[ $output == *"a chain: runs 1 to 3 of the key "*", no gap, no fork"* ]]
    [[ $(reads a.tar 2.tar 3.tar) == *"a chain: runs 1 2 3" ]]
    run --separate-stderr "$AJAR" verify -P k.pub e.tar 2.tar
    [ "$status" -eq 0 ]
}

@test "a gap, a wrong order, a fork, another key and no chain: each is said" {
    says() { # WORDS FILE...
        run --separate-stderr "$AJAR" verify "${@:2}"
        [ "$status" -eq 1 ]
        [[ $output == *"NOT a chain without a gap: "*"$1"* ]]
    }
    head -n 3 k.chain >fork.chain
    "$AJAR" probe -k k.key --chain fork.chain -e fork.tar -p relay/third-party 127.0.0.1:1
    "$AJAR" probe -k k.key --chain none -e none.tar -p relay/third-party 127.0.0.1:1
    "$AJAR" key new --no-password -o other.key
    "$AJAR" probe -k other.key -e other.tar -p relay/third-party 127.0.0.1:1
    says "between a.tar, run 1, and 3.tar, run 3, 1 run is missing" a.tar 3.tar
    says "2.tar is run 2 of the chain and stands behind 3.tar, run 3: give them in their order" 3.tar 2.tar
    says "2.tar and fork.tar are both run 2 of the chain: it was forked" a.tar 2.tar fork.tar
    says "3.tar follows another run 2 than fork.tar: the chain was forked" a.tar fork.tar 3.tar
    says "a chain is of one key" a.tar other.tar
    says "none.tar is in no chain" a.tar none.tar
}

@test "runs of one key that end at the same time queue for their places" {
    for i in 4 5 6 7; do
        "$AJAR" probe -k k.key -e $i.tar -p relay/third-party 127.0.0.1:1 >/dev/null 2>&1 3>&- &
    done
    wait
    grep -c '^sealed' k.chain | grep -qx 7
    sed -n 's/^sealing [4-7] .* .* \(.*\)/\1/p' k.chain >order
    mapfile -t later <order
    run --separate-stderr "$AJAR" verify a.tar 2.tar 3.tar "${later[@]}"
    [ "$status" -eq 0 ]
}

@test "a new chain says that it begins, and where its file would be" {
    run --separate-stderr "$AJAR" probe -k k.key --chain new.chain -e x.tar -p relay/third-party 127.0.0.1:1
    [ "$status" -eq 0 ]
    [[ $stderr == *"ajar probe: a new chain of runs begins, this one is the first: new.chain. If the key has sealed runs before, that file is missing"* ]]
    run --separate-stderr "$AJAR" probe -k k.key -e y.tar -p relay/third-party 127.0.0.1:1
    [[ $stderr != *"a new chain"* ]]
    run "$AJAR" verify x.tar
    [[ $output == *"  chain       run 1 of the signer's chain: the first; that the key had sealed none before"*"this can't show"* ]]
}

@test "a chain whose file is gone is not begun anew beside its bundles" {
    rm k.chain
    run --separate-stderr "$AJAR" probe -k k.key -e x.tar -p relay/third-party 127.0.0.1:1
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar probe: there was a run 3 of this key's chain (./3.tar), and the chain's file is missing: put k.chain back; if it is lost, doc/evidence.md, section 12, says how to go on" ]
    [ ! -e x.tar ] && [ ! -e k.chain ]
    mkdir elsewhere
    run --separate-stderr "$AJAR" probe -k k.key -e elsewhere/x.tar -p relay/third-party 127.0.0.1:1
    [ "$status" -eq 0 ]
    [[ $stderr == *"a new chain of runs begins"* ]]
}

@test "an older copy of a chain's file is not gone on with beside later runs, nor beside another run with its last number" {
    cp k.chain old.chain
    "$AJAR" probe -k k.key -e x.tar -p relay/third-party 127.0.0.1:1 >/dev/null
    cp k.chain newest.chain
    cp old.chain k.chain
    run --separate-stderr "$AJAR" probe -k k.key -e y.tar -p relay/third-party 127.0.0.1:1
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar probe: ./x.tar is run 4 of this key's chain, and k.chain ends with run 3, so it is an older copy: put the newest back; if it is lost, doc/evidence.md, section 12, says how to go on" ]
    [ ! -e y.tar ] && cmp old.chain k.chain

    "$AJAR" probe -k k.key --chain k.chain -e elsewhere.tar -p relay/third-party 127.0.0.1:1 >/dev/null # against advice
    rm elsewhere.tar
    run --separate-stderr "$AJAR" probe -k k.key -e y.tar -p relay/third-party 127.0.0.1:1
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar probe: ./x.tar has another run 4 of this key's chain than k.chain: that is a fork. \`--chain k.chain\` goes on behind the file's own" ]

    cp newest.chain k.chain
    "$AJAR" probe -k k.key -e y.tar -p relay/third-party 127.0.0.1:1 >/dev/null
    "$AJAR" verify a.tar 2.tar 3.tar x.tar y.tar >/dev/null
}

@test "an older copy of a chain's file knows where its last run was put, and later ones beside that are seen from anywhere" {
    "$AJAR" probe -k k.key -e w.tar -p relay/third-party 127.0.0.1:1 >/dev/null
    cp k.chain old.chain
    "$AJAR" probe -k k.key -e x.tar -p relay/third-party 127.0.0.1:1 >/dev/null
    cp old.chain k.chain
    mkdir elsewhere
    run --separate-stderr "$AJAR" probe -k k.key -e elsewhere/y.tar -p relay/third-party 127.0.0.1:1
    [ "$status" -eq 1 ]
    [[ $stderr == "ajar probe: "*"/x.tar is run 5 of this key's chain, and k.chain ends with run 4, so it is an older copy: put the newest back"* ]]
    [ ! -e elsewhere/y.tar ] && cmp old.chain k.chain
}

@test "a chain's file is a plain one" {
    for made in 'ln -s x.chain' mkfifo; do
        rm -f k.chain && $made k.chain
        run --separate-stderr "$AJAR" probe -k k.key --chain k.chain -e x.tar -p relay/third-party 127.0.0.1:1
        [ "$status" -eq 1 ]
        [[ $stderr == *"k.chain is a link: the file itself must lie there"* || $stderr == *"k.chain is no plain file, but a pipe or a device"* ]]
        [ ! -e x.tar ]
    done
}

@test "a chain that can't be kept is told before anything is sent" {
    run --separate-stderr "$AJAR" probe -k k.key --chain missing/x.chain -e x.tar 127.0.0.1:1
    [ "$status" -eq 1 ]
    [[ $stderr == *"the chain of this key's runs (see --chain): missing/x.chain: No such file or directory"* ]]
    [ ! -e x.tar ]
    run --separate-stderr "$AJAR" probe --chain none 127.0.0.1:1
    [ "$status" -eq 2 ]
}

# More groups of files than are put together again: all case.json in front, as nobody lists them who means well.
@test "verify says of how many cases the parts were not checked, and --all-parts does not let that pass" {
    "$AJAR" key new --no-password -o many.key
    "$AJAR" probe -k many.key -e many.tar -p relay/third-party 127.0.1.0/25:1 >/dev/null || true
    tar -xf many.tar
    pushd many >/dev/null
    (grep case.json manifest-sha256.txt && grep -v case.json manifest-sha256.txt) >../apart.txt
    cp ../apart.txt manifest-sha256.txt
    comment=$(sed -n 's/^trusted comment: //p' tagmanifest-sha256.txt.minisig)
    names=$(cut -c 67- tagmanifest-sha256.txt)
    # shellcheck disable=SC2086 # names are words
    sha256sum $names >tagmanifest-sha256.txt
    minisign -S -s ../many.key -t "$comment" -m tagmanifest-sha256.txt
    popd >/dev/null
    # shellcheck disable=SC2046,SC2086 # names are words
    tar --format=ustar -cf apart.tar -C many --transform 's,^,many/,' $(cut -c 67- apart.txt) $names \
        tagmanifest-sha256.txt tagmanifest-sha256.txt.minisig
    run --separate-stderr "$AJAR" verify many.tar
    [ "$status" -eq 0 ]
    [[ $output == *"  tree        each case has its place in it, with all its parts"* ]]
    [[ $output != *"not checked"* ]]
    run --separate-stderr "$AJAR" verify apart.tar
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"  tree        each case has its place in it, 64 with all their parts"* ]]
    [[ $output == *"  not checked that the parts of the other 64 are those of their trees"*"--all-parts"* ]]
    run --separate-stderr "$AJAR" verify --all-parts apart.tar
    [ "$status" -eq 1 ]
    [[ $stderr == *"the parts of 64 of its 128 cases were gone through"* ]]
}
