#!/usr/bin/env bats
# Packs: built, signed, checked. What is signed are the file's bytes, and what is shown and run is read from them.
bats_require_minimum_version 1.5.0

load servers
load packs

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
    stderr=''
    write_pack acme/envelopes 1.0.0
}

teardown() { stop_server; }

refused() { # WORDS COMMAND…
    local words=$1
    shift
    run --separate-stderr "$@"
    echo "$status: $stderr"
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    [[ $stderr == *"$words"* ]]
}

@test "the same files give the same bytes, whenever and by whomever they were made" {
    "$AJAR" pack build folder
    cp -r folder other
    touch -d 2001-01-01 other/probes/plain.lua
    chmod 600 other/pack.json
    (umask 077 && "$AJAR" pack build -o other.tar other)
    cmp envelopes-1.0.0.tar other.tar
}

@test "it is a plain tar, in one directory, and its digest is that of the file" {
    run "$AJAR" pack build folder
    [[ $output == *"$(sha256sum envelopes-1.0.0.tar | cut -d ' ' -f 1)" ]]
    [ "$(tar tf envelopes-1.0.0.tar | paste -sd ' ')" = "envelopes-1.0.0/pack.json envelopes-1.0.0/probes/plain.lua" ]
}

@test "what lies about in a folder that is worked in is left out, and links are refused" {
    "$AJAR" key new --no-password -o folder/my.key
    touch folder/.luarc.json folder/old.tar folder/old.tar.minisig
    "$AJAR" pack build folder
    [ "$(tar tf envelopes-1.0.0.tar | wc -l)" -eq 2 ]
    ln -s /etc/passwd folder/probes/evil.lua
    refused "folder/probes/evil.lua: neither a file nor a folder: a pack holds no links" "$AJAR" pack build -o x.tar folder
    [ ! -e x.tar ]
}

@test "nothing is overwritten" {
    "$AJAR" pack build folder
    refused "envelopes-1.0.0.tar: File exists" "$AJAR" pack build folder
    "$AJAR" key new --no-password -o k.key
    "$AJAR" pack sign -k k.key envelopes-1.0.0.tar
    refused "envelopes-1.0.0.tar.minisig: File exists" "$AJAR" pack sign -k k.key envelopes-1.0.0.tar
}

@test "a signature is minisign's, over the file as it is" {
    "$AJAR" pack build folder
    "$AJAR" key new --no-password -o k.key
    "$AJAR" pack sign -k k.key envelopes-1.0.0.tar
    minisign -V -q -p k.pub -m envelopes-1.0.0.tar
    "$AJAR" pack verify -P k.pub envelopes-1.0.0.tar
}

@test "another key, a changed byte, no signature: each has its sentence" {
    "$AJAR" pack build folder
    "$AJAR" key new --no-password -o k.key
    "$AJAR" key new --no-password -o other.key
    refused "it is not signed" "$AJAR" pack verify -P k.pub envelopes-1.0.0.tar
    "$AJAR" pack sign -k k.key envelopes-1.0.0.tar
    refused "which is none of yours" "$AJAR" pack verify -P other.pub envelopes-1.0.0.tar
    sed -i 's/One more/One worse/;s/"A <a@example.org>"/"A<a@example.org>"/' folder/pack.json
    "$AJAR" pack build -o changed.tar folder
    refused "the signature does not hold" "$AJAR" pack verify -P k.pub -x envelopes-1.0.0.tar.minisig changed.tar
}

@test "a signature of something else by the same key is none of the pack" {
    "$AJAR" pack build folder
    "$AJAR" key new --no-password -o k.key
    minisign -S -q -s k.key -m envelopes-1.0.0.tar -t 'my file'
    refused "the signature was not made for acme/envelopes" "$AJAR" pack verify -P k.pub envelopes-1.0.0.tar
}

@test "a key that was trusted until yesterday signs nothing" {
    "$AJAR" pack build folder
    "$AJAR" key new --no-password -o k.key
    "$AJAR" pack sign -k k.key envelopes-1.0.0.tar
    echo "$(tail -n 1 k.pub) - 2025-12-31 ACME" >trusted
    refused "2025-12-31" "$AJAR" pack verify -T trusted envelopes-1.0.0.tar
}

@test "what it may do and who signed it is said before anything of it runs" {
    "$AJAR" pack build folder
    "$AJAR" key new --no-password -o k.key
    "$AJAR" pack sign -k k.key envelopes-1.0.0.tar
    run "$AJAR" pack info -P k.pub envelopes-1.0.0.tar
    [[ $output == *"may           speak SMTP with a target, and send it mail for our own mailboxes"* ]]
    [[ $output == *"signed        by key $("$AJAR" key show k.pub | sed -n 's/key id *//p'), "* ]]
    run "$AJAR" pack info envelopes-1.0.0.tar
    [[ $output == *"not checked: --public-key says whose"* ]]
    [ "$("$AJAR" pack info -j -P k.pub envelopes-1.0.0.tar | jq -c '[.name, .capabilities, .signer]')" \
        = "[\"acme/envelopes\",[\"smtp\"],\"$(tail -n 1 k.pub)\"]" ]
}

@test "an archive that two programs could read differently is no pack" {
    "$AJAR" pack build folder
    mkdir envelopes-1.0.0
    cp -r folder/* envelopes-1.0.0/
    tar --format=posix --pax-option=exthdr.name=x -cf pax.tar envelopes-1.0.0
    refused "pax.tar" "$AJAR" pack info pax.tar
    tar --format=ustar -cf plain.tar envelopes-1.0.0 # made by another program, and as good
    "$AJAR" pack info plain.tar
    cat envelopes-1.0.0.tar envelopes-1.0.0.tar >two.tar
    refused "two.tar" "$AJAR" pack info two.tar
    head -c 700 envelopes-1.0.0.tar >cut.tar
    refused "cut.tar" "$AJAR" pack info cut.tar
}

@test "an archive of another name or version than its manifest says is refused" {
    mkdir other-9.9.9
    cp -r folder/* other-9.9.9/
    tar --format=ustar -cf x.tar other-9.9.9
    refused "its directory is other-9.9.9, and pack.json says envelopes-1.0.0" "$AJAR" pack info x.tar
}

@test "its probes run beside the built-in ones, by their file" {
    "$AJAR" pack build folder
    SINK=$(free_port)
    start_simulators 188 relay-open relay-closed
    "$AJAR" probe --json -p envelopes-1.0.0.tar -p relay/third-party --sink "127.0.0.1:$SINK" \
        "$(target relay-open)" "$(target relay-closed)" >out
    [ "$(jq -r 'select(.pack == "acme/envelopes@1.0.0") | .verdict' out | sort | xargs)" = "closed open" ]
    [ "$(jq -r 'select(.pack != "acme/envelopes@1.0.0") | .verdict' out | sort | xargs)" = "closed open" ]
}

@test "a bundle holds the pack's file as it was, and a replay runs what is in it" {
    "$AJAR" pack build folder
    "$AJAR" key new --no-password -o k.key
    SINK=$(free_port)
    start_simulators 188 relay-open
    "$AJAR" probe --json -k k.key -e e.tar -p envelopes-1.0.0.tar --sink "127.0.0.1:$SINK" "$(target relay-open)" >out
    tar xOf e.tar e/data/packs/acme/envelopes/envelopes-1.0.0.tar | cmp - envelopes-1.0.0.tar
    tar xOf e.tar e/data/run.json >run.json
    [ "$(jq -r '.packs[1] | .pack + " " + (.files | tostring)' run.json)" = "acme/envelopes@1.0.0 1" ]
    [ "$(jq -r '.options.probes[0]' run.json)" = data/packs/acme/envelopes/envelopes-1.0.0.tar ]
    "$AJAR" verify -P k.pub e.tar
    run "$AJAR" replay e.tar
    [[ $output == *"1 derived again, 0 different"* ]]
}

@test "a signature by a key that is not trusted is not in the bundle, which does not say that there was none" {
    export HOME=$PWD
    "$AJAR" pack build folder
    "$AJAR" key new --no-password -o k.key
    "$AJAR" pack sign -k k.key envelopes-1.0.0.tar
    "$AJAR" probe --json -k k.key -e e.tar -p envelopes-1.0.0.tar 127.0.0.1:1 >out
    run tar tf e.tar
    [[ $output != *envelopes-1.0.0.tar.minisig* ]]
    run "$AJAR" show --run e.tar
    [[ $output == *"acme/envelopes@1.0.0, 1 file, signed by nobody whom the operator trusted"* ]]
    "$AJAR" verify -P k.pub e.tar
}

@test "what a pack has not declared does not exist for its probes" {
    sed -i 's/"smtp"/"http"/' folder/pack.json
    "$AJAR" pack build folder
    SINK=$(free_port)
    start_simulators 188 relay-open
    "$AJAR" probe --json -p envelopes-1.0.0.tar --sink "127.0.0.1:$SINK" "$(target relay-open)" >out
    [ "$(jq -r .verdict out)" = error ]
    [[ "$(jq -r .reason out)" == *"'smtp' (a nil value)"* ]]
}

@test "two packs, or a pack and the program, may not have one probe" {
    sed -i 's#relay/acme-plain#relay/third-party#' folder/probes/plain.lua
    "$AJAR" pack build folder
    refused "probes/plain.lua of the pack acme/envelopes@1.0.0: the probe relay/third-party is already defined by scripts/relay/third-party.lua" \
        "$AJAR" probes envelopes-1.0.0.tar
}

@test "a pack that is given twice is said to be" {
    "$AJAR" pack build folder
    cp envelopes-1.0.0.tar again.tar
    run --separate-stderr "$AJAR" probes envelopes-1.0.0.tar again.tar
    [ "$status" -eq 2 ]
    [[ $stderr == *"again.tar: the pack acme/envelopes@1.0.0 is here already, from envelopes-1.0.0.tar"* ]]
}

# A ustar archive x.tar with the folder's manifest and probe, and more files of these names.
archive_with() { # NAME…
    python3 - "$@" <<'PYTHON'
import io, sys, tarfile
with tarfile.open("x.tar", "w", format=tarfile.USTAR_FORMAT) as tar:
    for name in ["pack.json", "probes/plain.lua", *sys.argv[1:]]:
        content = b"x" if name in sys.argv[1:] else open("folder/" + name, "rb").read()
        info = tarfile.TarInfo("envelopes-1.0.0/" + name)
        info.size = len(content)
        tar.addfile(info, io.BytesIO(content))
PYTHON
}

@test "what tar could not unpack, or another file system would mix up, is no pack" {
    archive_with README.md
    "$AJAR" pack info x.tar
    archive_with probes
    refused "probes: a file, and a folder too" "$AJAR" pack info x.tar
    archive_with readme.md README.md
    refused "a name that is there twice" "$AJAR" pack info x.tar
    archive_with a/b/c/d/e/f
    refused "a/b/c/d/e/f: too deep for a pack" "$AJAR" pack info x.tar
    archive_with ../evil
    refused "x.tar" "$AJAR" pack info x.tar
}

@test "a word that is no command of pack is told the nearest" {
    run --separate-stderr "$AJAR" pack bild
    [ "$status" -eq 2 ]
    [ "$stderr" = "ajar pack: unknown command 'bild'; did you mean 'ajar pack build'?" ]
    run --separate-stderr "$AJAR" pack
    [ "$status" -eq 2 ]
}
