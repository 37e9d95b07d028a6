#!/usr/bin/env bats
# shellcheck disable=SC2154
bats_require_minimum_version 1.5.0
# ajar notify --pdf: letters on paper.

setup() {
    AJAR=${AJAR:-build/ajar}
    D=$BATS_TEST_TMPDIR
}

bundle() { python3 tests/cli/notify_bundle.py "$D" "$@"; }

# A PDF's text, in the order of reading.
text_of() { pdftotext -layout "$1" -; }

@test "each letter becomes a PDF, named by its case" {
    bundle c-1:relay/third-party:open c-2:proxy/socks5:open
    run --separate-stderr "$AJAR" notify "$D/evidence.tar" --each --pdf "$D/out"
    [ "$status" -eq 0 ]
    [ "$output" = "$D/out/c-1.pdf"$'\n'"$D/out/c-2.pdf" ]
    [ "$stderr" = "2 letters written" ]
}

@test "it has the letter's words, its recipient, the date and the case" {
    bundle c-1:relay/third-party:open
    "$AJAR" notify "$D/evidence.tar" --each --pdf "$D/out" --lang nb --to owner@example.org
    run text_of "$D/out/c-1.pdf"
    [[ $output == *"owner@example.org"* ]]
    [[ $output == *"Gjør deres server sikker: åpen e-postserver på 192.0.2.1, port 25"* ]]
    [[ $output == *"S: 220 mail.example.org ESMTP Postfix"* ]]
    [[ $output == *"c-1"* ]]
    [[ $output == *"$(date -u +%Y)"* ]]
    [[ $output == *"To those in charge of the server 192.0.2.1"* ]]
}

@test "no character of a Chinese, Japanese or Korean letter is missing from the paper" {
    bundle c-1:relay/third-party:open
    for language in zh ja ko; do
        "$AJAR" notify "$D/evidence.tar" --each --pdf "$D/$language" --lang "$language" 2>>"$D/said"
        [ "$(sort -u "$D/said")" = "1 letter written" ]
        run python3 tests/cli/pdf_words.py blank "$D/$language/c-1.pdf"
        [ "$status" -eq 0 ]
        [ "$output" = "" ]
    done
}

# Left edge, on the first page, of the first word that is this one.
left_of() { # PDF WORD
    python3 tests/cli/pdf_words.py places "$1" | awk -v word="$2" '$1 == 1 && $4 == word && !n++ { print $2 }'
}

@test "subject and date of an Arabic letter run from right to left, what it has in English alone from left to right" {
    bundle c-1:relay/third-party:open
    sed 's/^  ar = {/  xx = {/' lang/profiles/secure-your-server.lua >"$D/profile.lua"
    "$AJAR" notify "$D/evidence.tar" --each --pdf "$D/out" --lang ar --profile "$D/profile.lua"
    [ "$(left_of "$D/out/c-1.pdf" "$(date -u +%-d)")" -gt "$(left_of "$D/out/c-1.pdf" "$(date -u +%Y)")" ]
    [ "$(left_of "$D/out/c-1.pdf" EXAMPLE:)" -lt 80 ]
    # The first word of the subject, which is English, stands at the right.
    sed 's/^  ar = {/  xx = {/; s/"Secure Your Server"/"Xyz"/' lang/profiles/secure-your-server.lua >"$D/profile.lua"
    "$AJAR" notify "$D/evidence.tar" --each --pdf "$D/more" --lang ar --profile "$D/profile.lua"
    [ "$(left_of "$D/more/c-1.pdf" Xyz)" -gt 400 ]
}

@test "it comes beside the message" {
    bundle c-1:relay/third-party:open
    run --separate-stderr "$AJAR" notify "$D/evidence.tar" --each --pdf "$D/out" --out "$D/out"
    [ "$status" -eq 0 ]
    [ -s "$D/out/c-1.eml" ]
    [ -s "$D/out/c-1.pdf" ]
}

@test "the profile's letterhead stands on top" {
    bundle c-1:relay/third-party:open
    # shellcheck disable=SC2016
    sed 's/^  from = /  letterhead = { en = { "Ministry of Doors", "1 Hinge Street" } },\n&/' \
        lang/profiles/secure-your-server.lua >"$D/profile.lua"
    "$AJAR" notify "$D/evidence.tar" --each --pdf "$D/out" --profile "$D/profile.lua"
    run text_of "$D/out/c-1.pdf"
    [[ ${lines[0]} == *"Ministry of Doors"* ]]
    [[ ${lines[1]} == *"1 Hinge Street"* ]]
}

@test "letters with characters that no font has are counted" {
    bundle c-1:relay/third-party:open
    sed "s/Secure Your Server/Secure $(printf '\363\260\204\243')/" \
        lang/profiles/secure-your-server.lua >"$D/profile.lua"
    run --separate-stderr "$AJAR" notify "$D/evidence.tar" --pdf "$D/out" --profile "$D/profile.lua"
    [ "$status" -eq 0 ]
    [ "$stderr" = "1 letter written; 1 printed with boxes for characters that no font here has" ]
}

@test "what a hostile server said stands in it as escaped text" {
    bundle c-1:relay/third-party:open:hostile
    "$AJAR" notify "$D/evidence.tar" --each --pdf "$D/out"
    run text_of "$D/out/c-1.pdf"
    [[ $output == *'\x1b[2J'* ]]
    [[ $output != *$'\x1b'* ]]
    [[ $output != *$'\u202e'* ]]
}

@test "nothing is overwritten" {
    bundle c-1:relay/third-party:open
    mkdir "$D/out"
    echo mine >"$D/out/c-1.pdf"
    run --separate-stderr "$AJAR" notify "$D/evidence.tar" --each --pdf "$D/out"
    [ "$status" -eq 1 ]
    [[ $stderr == *"c-1.pdf is there already; letters are never overwritten"* ]]
    [ "$(cat "$D/out/c-1.pdf")" = mine ]
}

@test "without the program that prints, nothing is written" {
    bundle c-1:relay/third-party:open
    mkdir "$D/bin"
    cp "$AJAR" "$D/bin/ajar"
    run --separate-stderr "$D/bin/ajar" notify "$D/evidence.tar" --pdf "$D/out"
    [ "$status" -eq 1 ]
    [[ $stderr == *"ajar-paper, which prints letters, is neither beside ajar nor in ../libexec/ajar"* ]]
    [ ! -e "$D/out/c-1.pdf" ]
}

@test "a program that prints and dies is named" {
    bundle c-1:relay/third-party:open
    mkdir "$D/bin"
    cp "$AJAR" "$D/bin/ajar"
    printf '#!/bin/sh\nexit 1\n' >"$D/bin/ajar-paper"
    chmod +x "$D/bin/ajar-paper"
    run --separate-stderr "$D/bin/ajar" notify "$D/evidence.tar" --pdf "$D/out"
    [ "$status" -eq 1 ]
    [[ $stderr == *"case c-1: ajar-paper died of a letter"* ]]
    [ ! -e "$D/out/c-1.pdf" ]
}

@test "the program that prints is nobody's to start by hand" {
    run --separate-stderr "$(dirname "$AJAR")/ajar-paper" </dev/null 3>&- 4>&-
    [ "$status" -eq 2 ]
    [[ $stderr == *"ajar notify --pdf"* ]]
}
