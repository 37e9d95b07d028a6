#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
# What is left of a run that was killed: ajar verify --partial, ajar seal. crash.py does the same at random moments.

setup_file() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    export AJAR HOME=$BATS_FILE_TMPDIR
    cd "$BATS_FILE_TMPDIR" || exit
    "$AJAR" key new --no-password -o made.key
    "$AJAR" probe --json -k made.key -e made.tar -p relay/third-party 127.0.0.64/29:1 >made.json
}

setup() {
    cd "$BATS_TEST_TMPDIR" || exit
    export HOME=$BATS_TEST_TMPDIR
    stderr='' stderr_lines=()
    cp "$BATS_FILE_TMPDIR"/made.* .
}

# made.tar up to the end of the last file of this name: as a run that is killed there leaves it, in part.tar.
cut_behind() {
    python3 - "$1" <<'PYTHON'
import sys, tarfile
with tarfile.open("made.tar") as tar:
    at = [m for m in tar.getmembers() if m.name.endswith(sys.argv[1])][-1]
    end = at.offset_data + (at.size + 511) // 512 * 512
with open("made.tar", "rb") as whole, open("part.tar", "wb") as part:
    part.write(whole.read(end))
PYTHON
}

@test "verify --partial says how many finished cases are whole" {
    cut_behind tape.jsonl
    run --separate-stderr "$AJAR" verify --partial part.tar
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = "part.tar: not sealed; 8 finished cases are whole" ]
    [[ $output == *"run.json    there"* ]]
    [[ $output != *"not whole   "* ]]
    run --separate-stderr "$AJAR" verify part.tar
    [ "$status" -eq 1 ]
    [[ ${stderr_lines[0]} == "ajar verify: part.tar: the tar file is cut off behind "* ]]
    [ "${stderr_lines[1]}" = "ajar verify: part.tar: it was never sealed, or is a part of a bundle: \`ajar verify --partial\` says what is whole in it, \`ajar seal\` makes a bundle of that" ]
}

@test "a case that was being written is left out, and named" {
    cut_behind case.json
    id=$(tail -n 1 made.json | jq -r .case)
    run --separate-stderr "$AJAR" verify --partial part.tar
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = "part.tar: not sealed; 7 finished cases are whole" ]
    [[ $output == *"not whole   1; the first is $id: data/cases/$id/ has no tape.jsonl"* ]]
    run --separate-stderr "$AJAR" seal -k made.key -o new.tar part.tar
    [ "$status" -eq 0 ]
    [[ $stderr == *"sealed new.tar with 7 recovered cases"*"left out, as not whole: 1; the first is $id"* ]]
}

@test "a case with another tree than its own is left out by its name, and the others are sealed" {
    cut_behind tree.txt
    id=$(sed -n 3p made.json | jq -r .case)
    python3 - "$id" <<'PYTHON'
import sys, tarfile
with tarfile.open("part.tar") as tar:
    try:
        at = next(m for m in tar if m.name.endswith(sys.argv[1] + "/tree.txt"))
    except tarfile.ReadError:
        sys.exit("part.tar has no such tree")
with open("part.tar", "r+b") as part:
    part.seek(at.offset_data)
    text = bytearray(part.read(at.size))
    place = text.index(b"secret ") + 7
    text[place] = ord("0") if text[place] != ord("0") else ord("1")
    part.seek(at.offset_data)
    part.write(text)
PYTHON
    run --separate-stderr "$AJAR" verify --partial part.tar
    [ "${lines[0]}" = "part.tar: not sealed; 7 finished cases are whole" ]
    run --separate-stderr "$AJAR" seal -k made.key -o new.tar part.tar
    [ "$status" -eq 1 ]
    [[ ${stderr_lines[0]} == "ajar seal: sealed new.tar with 7 recovered cases; "* ]]
    [ "${stderr_lines[1]}" = "ajar seal: left out, as not whole: 1; the first is $id: tree.txt: its root is not that of the case's parts" ]
    run -0 --separate-stderr "$AJAR" verify -P made.pub new.tar
    [[ $output == *"  cases       7"* ]]
    [ "$(tar -xOf new.tar new/data/recovery.json | jq .left_out)" = 1 ]
}

@test "seal recovers each finished case word for word, and the bundle says that it was recovered" {
    cut_behind tape.jsonl
    sum=$(sha256sum part.tar)
    run --separate-stderr "$AJAR" seal -k made.key -o new.tar part.tar
    [ "$status" -eq 0 ]
    [[ ${stderr_lines[-1]} == "ajar seal: read up to byte $(stat -c %s part.tar) of $(stat -c %s part.tar): "* ]]
    [ "$sum" = "$(sha256sum part.tar)" ]
    run --separate-stderr "$AJAR" verify -P made.pub new.tar
    [ "$status" -eq 0 ]
    [[ $output == *"recovered   20"*"its run had been cut off"* ]]
    tar -xf new.tar
    [ "$(cat new/data/cases/*/case.json | sort)" = "$(sort made.json)" ]
    diff <(tar -xOf made.tar made/data/run.json) new/data/run.json
    grep -qx 'Recovered-After-Crash: 20.*Z' new/bag-info.txt
    [ "$(jq -r .from.sha256 new/data/recovery.json)" = "${sum%% *}" ]
    [ "$(jq -r .cases new/data/recovery.json)" = 8 ]
    run "$AJAR" replay -q new.tar
    [ "$output" = "8 derived again, 0 different" ]
}

@test "an extract of what was recovered says so, redacted as well, and can't be made to say something else" {
    cut_behind tape.jsonl
    id=$(head -n 1 made.json | jq -r .case)
    "$AJAR" seal -k made.key -o new.tar part.tar
    when=$(tar -xOf new.tar new/data/recovery.json | jq -r .recovered)
    "$AJAR" extract new.tar "$id" -o one.tar
    "$AJAR" redact new.tar "$id" -P made.pub --hide "$(head -n 1 made.json | jq -r .reason)" -o hidden.tar
    for file in one.tar hidden.tar; do
        run --separate-stderr "$AJAR" verify -P made.pub "$file"
        echo "$output"
        [ "$status" -eq 0 ]
        [[ $output == *"recovered   ${when:0:10} ${when:11:8} UTC, by the recoverer's clock: its run had been cut off"* ]]
    done
    sed "s/$when/2020-01-01T00:00:00.000000Z/" one.tar >bent.tar
    run --separate-stderr "$AJAR" verify -P made.pub bent.tar
    [ "$status" -eq 1 ]
    [[ $stderr == *"data/run.json and data/packs/ are not those that were sealed"* ]]
}

@test "an extract of what was recovered tells nothing of a case that was cut off" {
    cut_behind case.json
    left=$(tail -n 1 made.json | jq -r .case)
    "$AJAR" seal -k made.key -o new.tar part.tar
    "$AJAR" extract new.tar "$(head -n 1 made.json | jq -r .case)" -o one.tar 2>said
    [ ! -s said ]
    [ "$(grep -c "$left" one.tar)" = 0 ]
    tar -xOf one.tar one/data/recovery.json >told
    [ "$(jq -c 'keys, (.from | keys)' told | tr -d '\n')" = \
        '["ajar","cases","format","from","host","left_out","recovered"]["bundle","sha256"]' ]
}

@test "of a bundle that an early ajar has recovered, an extract is made with a warning: its recovery.json names another case" {
    cut_behind case.json
    id=$(head -n 1 made.json | jq -r .case)
    "$AJAR" seal -k made.key -o new.tar part.tar
    "$BATS_TEST_DIRNAME"/resealed.py new.tar old.tar made data/recovery.json '"left_out":1' \
        '"left_out":1,"first_left_out":{"case":"c-1","why":"cut off"}'
    for command in extract redact; do
        hide=()
        [ $command = extract ] || hide=(--lines 3)
        run --separate-stderr "$AJAR" $command old.tar "$id" "${hide[@]}" -o $command.tar
        [ "$status" -eq 0 ]
        [[ $stderr == "ajar $command: $command.tar has data/recovery.json, which tells of other cases: "* ]]
    done
    "$AJAR" verify -P made.pub extract.tar
}

@test "public tools accept what was recovered, as its VERIFY.txt says" {
    cut_behind tape.jsonl
    "$AJAR" seal -k made.key -o new.tar part.tar
    cp made.pub operator.pub
    tar -xOf new.tar new/VERIFY.txt | grep '^     [a-z]' >guide
    run bash -e guide
    [ "$status" -eq 0 ]
    [[ $output == *"Signature and comment signature verified"* ]]
    [[ $output != *FAILED* ]]
}

@test "each case's line names the digest of its tape" {
    tar -xf made.tar
    while read -r line; do
        case=$(jq -r .case <<<"$line")
        [ "$(jq -r .tape_sha256 <<<"$line")" = "$(sha256sum <"made/data/cases/$case/tape.jsonl" | cut -c 1-64)" ]
    done <made.json
}

@test "a sealed bundle with bytes behind it, or without its end, is not called one that was never sealed" {
    cp made.tar more.tar
    echo more >>more.tar
    head -c -512 made.tar >less.tar
    for file in more.tar less.tar; do
        run --separate-stderr "$AJAR" verify "$file"
        [ "$status" -eq 1 ]
        [ "$output" = "$file: NOT verified" ]
        [[ ${stderr_lines[0]} == "ajar verify: $file: "*"the archive"* || ${stderr_lines[0]} == *"is cut off behind"* ]]
        [ "${stderr_lines[1]}" = "ajar verify: $file: it was sealed, and is not as long as it was then: look for a copy that is; \`ajar verify --partial\` says what can be read of this one" ]
        run "$AJAR" verify --partial "$file"
        [[ ${lines[0]} == "$file: not as it was sealed; "*" finished cases are whole" ]]
    done
}

@test "a sealed bundle is not recovered" {
    run --separate-stderr "$AJAR" seal -k made.key -o new.tar made.tar
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar seal: made.tar is sealed: there is nothing to recover" ]
    [ ! -e new.tar ]
    run --separate-stderr "$AJAR" verify --partial made.tar
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar verify: made.tar is sealed: verify it without --partial" ]
}

@test "a bundle that a run still writes to is left to it" {
    python3 -c 'import socket, sys, time
s = socket.create_server(("127.0.0.1", 0))
print(s.getsockname()[1], flush=True)
time.sleep(20)' >port 3>&- &
    server=$!
    until [ -s port ]; do sleep 0.05; done
    "$AJAR" probe -k made.key -e run.tar -p relay/third-party "127.0.0.1:$(cat port)" 3>&- >/dev/null 2>&1 &
    probe=$!
    until "$AJAR" verify --partial run.tar >said 2>&1; do sleep 0.05; done
    run --separate-stderr "$AJAR" seal -k made.key -o new.tar run.tar
    kill "$server" "$probe"
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar seal: run.tar: a run still writes to it" ]
    [ ! -e new.tar ]
    grep -q 'at work     a run still writes to it' said
}

@test "what holds nothing is said to, with one sentence, and no bundle is left behind" {
    : >empty
    head -c 300 made.tar >short
    head -c 5000 /dev/urandom >noise
    for file in empty short noise missing .; do
        run --separate-stderr "$AJAR" seal -k made.key -o new.tar "$file"
        echo "$file: $status $stderr"
        [ "$status" -eq 1 ]
        [ -z "$output" ]
        [ "$(wc -l <<<"$stderr")" -eq 1 ]
        [ ! -e new.tar ]
        run --separate-stderr "$AJAR" verify --partial "$file"
        [ "$status" -eq 1 ]
    done
}

@test "two cases of one name, which no run writes, are not sealed" {
    cut_behind tape.jsonl
    size=$(stat -c %s part.tar)
    id=$(tail -n 1 made.json | jq -r .case)
    first=$(python3 -c 'import sys, tarfile
print([m.offset for m in tarfile.open("made.tar") if sys.argv[1] in m.name][0])' "$id")
    before=$(head -n 1 made.json | jq -r .case)
    start=$(python3 -c 'import sys, tarfile
print([m.offset for m in tarfile.open("made.tar") if sys.argv[1] in m.name][0])' "$before")
    { cat part.tar; tail -c "+$((start + 1))" part.tar | head -c $((first - start)); } >twice.tar
    [ "$(stat -c %s twice.tar)" -gt "$size" ]
    run --separate-stderr "$AJAR" seal -k made.key -o new.tar twice.tar
    [ "$status" -eq 1 ]
    [[ $stderr == *"what was recovered does not verify: new.tar: "*"is in the bundle twice" ]]
    [ ! -e new.tar ]
    [ "$(tail -n 1 made.chain | cut -d " " -f 1)" = abandoned ] # its place goes to the next
}

@test "wrong usage of seal ends with status 2, and evidence is never overwritten" {
    for words in "seal" "seal made.tar" "seal -o x a b" "seal --frob -o x made.tar" "verify --partial -P made.pub made.tar"; do
        # shellcheck disable=SC2086
        run --separate-stderr "$AJAR" $words
        echo "$words: $status $stderr"
        [ "$status" -eq 2 ]
        [ "$(wc -l <<<"$stderr")" -eq 1 ]
    done
    cut_behind tape.jsonl
    run --separate-stderr "$AJAR" seal -k made.key -o made.tar part.tar
    [ "$status" -eq 1 ]
    [ "$stderr" = "ajar seal: made.tar is there already; evidence is never overwritten" ]
    "$AJAR" verify made.tar
}
