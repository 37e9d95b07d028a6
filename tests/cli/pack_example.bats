#!/usr/bin/env bats
# The packs that people read first: the example of the documents, and the one that the tutorial makes.
bats_require_minimum_version 1.5.0

setup() {
    ROOT=$(realpath "$BATS_TEST_DIRNAME/../..")
    AJAR=$(realpath "${AJAR:-$ROOT/build/ajar}")
    cd "$BATS_TEST_TMPDIR" || return 1
}

# The commands of a document: its blocks that are marked as sh.
commands() { awk '/^```sh$/ { on = 1; next } /^```/ { on = 0 } on' "$1"; }

# Its other blocks: what it says that they say.
shown() { awk '/^```$/ && !on { on = 1; next } /^```/ { on = on ? 0 : 2; next } on == 1' "$1"; }

@test "the example is whole: checked, tested on its servers, built and shown" {
    cp -r "$ROOT/doc/examples/greetings" .
    run --separate-stderr "$AJAR" pack check greetings
    [ "$status" -eq 0 ]
    [ -z "$output$stderr" ]
    run --separate-stderr "$AJAR" pack test --net 180 greetings
    echo "$output"
    [ "$status" -eq 0 ]
    [[ ${lines[-5]} == "6 scenarios, 2 probes: 12 verdicts, 0 not as expected, "* ]]
    [ "${lines[-4]}" = "greetings/tests/greetings.json: 4 runs, 0 not as expected" ]
    [ "${lines[-3]}" = "letters/reminder.lua: 6 letters written, 0 could not be" ]
    [ "${lines[-2]}" = "probes/localhost.lua    29 of 29 lines" ]
    [ "${lines[-1]}" = "probes/old-connect.lua  10 of 10 lines" ]
    for row in 'believes +relay/greetings-localhost +open' 'refuses +relay/greetings-localhost +closed' \
        'anyone +relay/greetings-localhost +inconclusive' 'old-open +proxy/greetings-old-connect +open' \
        'old-closed +proxy/greetings-old-connect +closed' 'old-says-yes +proxy/greetings-old-connect +inconclusive'; do
        grep -Eq "^greetings-$row +as expected$" <<<"$output"
    done
    "$AJAR" pack build greetings
    run "$AJAR" pack info greetings-1.0.0.tar
    [[ $output == *"pack          example/greetings"* ]]
}

@test "each command of the tutorial does what it says there" {
    mkdir bin
    ln -s "$AJAR" bin/ajar
    commands "$ROOT/doc/tutorial.md" >steps
    [ "$(wc -l <steps)" -gt 20 ]
    PATH=$PWD/bin:$PATH HOME=$PWD bash -e -m steps >said 2>err
    cat said err
    grep -q "there is no 'ajar.awiat'" said
    grep -q "tests/first.tar: 2 derived again, 0 different" said
    grep -q "signed        by key" said
    while IFS= read -r line; do
        grep -qF -- "$line" said
    done < <(shown "$ROOT/doc/tutorial.md")
}
