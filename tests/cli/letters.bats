#!/usr/bin/env bats
# Letters by others: which one is used, and that none can do what a letter must not.
# shellcheck disable=SC2154
bats_require_minimum_version 1.5.0

load packs

setup() {
    AJAR=$(realpath "${AJAR:-build/ajar}")
    ROOT=$PWD
    cd "$BATS_TEST_TMPDIR" || return 1
    export HOME=$PWD
    python3 "$ROOT/tests/cli/notify_bundle.py" . c-1:relay/third-party:open c-2:proxy/socks5:open
}

# A letter in the file NAME.lua: fields, and messages behind them.
letter() { # NAME FIELDS [MESSAGES]
    printf 'return { code = "en", builds_on = "en", summary = "x", %s\n messages = { %s } }\n' "$2" "${3:-}" >"$1.lua"
}

subject() { printf 'subject = { open = { relay = "%s", proxy = "%s" } }' "$1" "$1"; } # TEXT

notify() { run --separate-stderr "$AJAR" notify evidence.tar --each "$@"; }

# The letter goes nowhere: nothing is printed or written, and one line says why.
refused() { # STATUS WORDS ARGUMENT...
    local status_wanted=$1 words=$2
    shift 2
    notify --out letters "$@"
    echo "$status: $stderr"
    [ "$status" -eq "$status_wanted" ]
    [ -z "$output" ]
    [[ $stderr == "ajar notify: "*"$words"* ]]
    [ ! -e letters/c-1.eml ]
}

# Which one ------------------------------------------------------------------------------------------------

@test "a letter says what it has, and leaves the rest to the language that it builds on" {
    letter kind 'tone = "kind",' 'greeting = "Hello, {address}", regards = "Bye"'
    notify --print --letter kind.lua
    [ "$status" -eq 0 ]
    [[ $output == *"Hello, 192.0.2.1"*"This letter is about the server mail.example.org"*"Bye"* ]]
    [[ $output != *"Yours faithfully"* ]]
}

@test "a letter of the first tone stands beside the built-in languages, and is the English that comes second" {
    letter plain '' 'regards = "Bye"'
    notify --print --letter plain.lua --lang nb
    [ "$status" -eq 0 ]
    [[ $output == *"Med vennlig hilsen"*"=== English ==="*"Bye"* ]]
}

@test "a whole language of a pack's own comes first by itself, with English second" {
    sed 's/code = "nb"/code = "se-NO", summary = "x"/; s/Med vennlig hilsen/Dearvvuođat/; s/aliases = .*/aliases = { "sme" },/;
        s/name = "norsk bokmål"/name = "davvisámegiella"/; s/english = "Norwegian Bokmål"/english = "Northern Sami"/' \
        "$ROOT/lang/nb.lua" >sami.lua
    for lang in '' '--lang=se-NO-x-y' '--lang=sme'; do
        notify --print --letter sami.lua ${lang:+"$lang"}
        [ "$status" -eq 0 ]
        [[ ${output//$'\n'/ } == *"Northern Sami (davvisámegiella) and, further down, in English"*"Dearvvuođat"*"Yours faithfully"* ]]
    done
    notify --out letters --letter sami.lua
    grep -q '^Content-Language: se-NO, en' letters/c-1.eml
}

@test "a letter from right to left has its addresses in isolates, and no other mark of direction" {
    letter arabic 'direction = "rtl",' 'greeting = "إلى المسؤول عن الخادم {address}"'
    notify --out letters --letter arabic.lua
    [ "$status" -eq 0 ]
    python3 - <<'PYTHON'
import email, email.policy
with open("letters/c-1.eml", "rb") as file:
    message = email.message_from_binary_file(file, policy=email.policy.default)
text = (message.get_body() or message).get_content()
assert "إلى المسؤول عن الخادم \u2066192.0.2.1\u2069\r\n".replace("\r\n", "\n") in text.replace("\r\n", "\n"), text
assert text.count("\u2066") == text.count("\u2069") == 1  # a line of Latin letters needs none
assert not set(text) & set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2067\u2068")
PYTHON
}

@test "several tones are chosen from by --tone, and a language that the tone has not is told" {
    letter kind 'tone = "kind",' 'regards = "Kind"'
    letter stern 'tone = "stern",' 'regards = "Stern"'
    refused 2 "letters in several tones: choose one by --tone: kind, stern" --letter kind.lua --letter stern.lua
    notify --print --letter kind.lua --letter stern.lua --tone stern
    [[ $output == *"Stern"* ]]
    refused 2 "no letter in the tone 'soft'; there is: all-clear, first, kind, provider, reminder" --letter kind.lua --tone soft
    notify --print --letter kind.lua --lang nb
    [ "$status" -eq 0 ]
    [[ $stderr == "ajar notify: no letter is in the language 'nb'; the letters are in 'en', the closest that there is"* ]]
    sed 's/"en"/"nb"/g' kind.lua >snill.lua
    refused 2 "no letter in the language 'sv' and the tone 'kind'; there is: nb" --letter snill.lua --lang sv
    refused 2 "kind.lua and kind.lua are both in the language en and the tone kind" --letter kind.lua --letter kind.lua
}

@test "a letter that says a server is closed is used for none that is open" {
    letter clear 'tone = "all-clear",' 'regards = "All is well"'
    notify --out letters --letter clear.lua
    [ "$status" -eq 1 ]
    [[ $stderr == *"case c-1: no letter is written: the letter is in the tone 'all-clear', and the server was not found closed"* ]]
    [ -z "$(ls letters)" ]
}

@test "a letter overrides a tone that is built in, and takes from it what it does not say" {
    letter again 'tone = "reminder",' 'still = "Open it is, once more."'
    notify --print --letter again.lua
    [[ $output == *"Subject: Secure Your Server: reminder about the open mail server at 192.0.2.1, port 25"* ]]
    [[ $output == *"Open it is, once more."* ]]
    letter both '' 'regards = "Bye", tones = { reminder = { still = "Still ajar." } }'
    notify --print --letter both.lua --tone reminder
    [[ $output == *"Still ajar."*"Bye"* ]]
    notify --print --letter both.lua
    [[ $output != *"Still ajar."* && $output == *"Bye"* ]]
}

@test "a pack brings letters: by its file, and installed by its name" {
    write_pack acme/letters 1.0.0
    sed -i 's#^  "probes".*#  "letters": ["letters/kind.lua", "letters/stern.lua"]#; s/"smtp"//' folder/pack.json
    rm -r folder/probes
    mkdir folder/letters
    letter folder/letters/kind 'tone = "kind",' 'regards = "Kind"'
    letter folder/letters/stern 'tone = "stern",' 'regards = "Stern"'
    "$AJAR" pack build folder
    notify --print --letter letters-1.0.0.tar --tone kind
    [[ $output == *"Kind"* ]]
    refused 2 "no pack 'acme/letters' is installed" --letter acme/letters/kind
    "$AJAR" pack install --yes --untrusted letters-1.0.0.tar
    notify --print --letter acme/letters/stern
    [[ $output == *"Stern"* ]]
    refused 2 "the pack acme/letters has no letter letters/soft.lua" --letter acme/letters/soft
    chmod u+w .local/share/ajar/packs/*.tar
    sed -i 's/Kind/Vile/' .local/share/ajar/packs/*.tar
    refused 1 "" --letter acme/letters/kind
}

@test "a pack of a key that is trusted no longer gives no letters" {
    "$AJAR" key new --no-password -o k.key
    write_pack acme/letters 1.0.0
    sed -i 's#^  "probes".*#  "letters": ["letters/kind.lua"]#; s/"smtp"//' folder/pack.json
    rm -r folder/probes
    mkdir folder/letters
    letter folder/letters/kind '' 'regards = "Kind"'
    "$AJAR" pack build folder
    "$AJAR" pack sign -k k.key letters-1.0.0.tar
    "$AJAR" pack trust add --yes --packs acme/ --capabilities none k.pub
    "$AJAR" pack install --yes letters-1.0.0.tar
    notify --print --letter acme/letters
    [[ $output == *"Kind"* ]]
    : >.config/ajar/packs.trust
    refused 1 "the pack acme/letters@1.0.0 can't be used any more" --letter acme/letters
}

@test "a cause of a pack's own probe has the words that its letter brings" {
    letter own '' 'causes = { ["of-mine"] = { what = "It trusts a name.", close = "Trust none." } }'
    notify --print --letter own.lua
    [ "$status" -eq 0 ]
}

# What is wrong with one ----------------------------------------------------------------------------------------

@test "a letter that can't be used is told by file and field" {
    letter bad '' 'greeting = "{adress}"'
    refused 1 "bad.lua: messages.greeting: there is no {adress} for this message" --letter bad.lua
    letter bad '' 'greeting = { "x" }'
    refused 1 "bad.lua: messages.greeting: a text is expected" --letter bad.lua
    letter bad 'date = 7,'
    refused 1 "bad.lua: date: a function is expected" --letter bad.lua
    echo 'return 7' >bad.lua
    refused 1 "bad.lua: a letter returns a table" --letter bad.lua
    echo 'return {' >bad.lua
    refused 1 "bad.lua:2: unexpected symbol" --letter bad.lua
    echo 'return { code = "en_", messages = {} }' >bad.lua
    refused 1 "bad.lua: code: the language is missing" --letter bad.lua
    refused 1 "none.lua: No such file" --letter none.lua
}

# What it must not do ----------------------------------------------------------------------------------------------

@test "a letter that loops for ever ends within its budget, when it is loaded, asked and used" {
    echo 'while true do end' >loop.lua
    refused 1 "loop.lua:1: instruction budget spent" --letter loop.lua
    letter loop 'plural = function() while true do end end,'
    refused 1 "loop.lua:1: instruction budget spent" --letter loop.lua
    letter loop 'date = function(t) while t.hour == 2 do end return "x" end,'
    refused 1 "case c-1: no letter is written: loop.lua:1: instruction budget spent" --letter loop.lua
    [[ $stderr == *"0 letters written; 2 could not be worded" ]]
}

@test "a letter that takes a gigabyte gets none" {
    echo 'local t = {} for i = 1, 1e9 do t[i] = { i } end return t' >big.lua
    refused 1 "memory" --letter big.lua
    echo 'return string.rep("x", 2^30)' >big.lua
    refused 1 "string.rep: the result would have over" --letter big.lua
    letter big 'date = function() local s = "x" for i = 1, 40 do s = s .. s end return s end,'
    refused 1 "memory" --letter big.lua
}

@test "a letter of a hundred megabytes is not written, and the others are" {
    letter long 'date = function(t) return t.hour == 2 and string.rep("x ", 500000) or "x" end,'
    refused 1 "no letter is written: the wording gives over 1048576 bytes" --letter long.lua
    letter long 'time = function(t) if t.hour ~= 2 then return "x" end local all = {}
        for i = 1, 100 do all[i] = string.rep("x ", 500000) end return table.concat(all) end,'
    refused 1 "no letter is written: not enough memory" --letter long.lua
    letter long 'date = function(t) return t.hour == 2 and string.rep("x ", 100000) or "x" end,'
    refused 1 "a letter would have over 262144 bytes" --letter long.lua
}

@test "one case's letter that can't be worded keeps no other one back" {
    letter some '' 'returned = { relay = "{token} {date} {time} {peer}" }'
    sed -i 's/messages =/list = function(items) return table.concat(items) end, date = function(t) if t.year > 2026 then error("no") end return "x" end, messages =/' some.lua
    letter some 'number = function(n) return "x" end, plural = function(n) return "one" end,' \
        'subject = { open = { relay = "{project}: {address} {port}\194\133", proxy = "{project}: {address} {port}\194\133" } }'
    notify --out letters --letter some.lua
    echo "$stderr"
    [ "$status" -eq 1 ]
    letter some '' 'subject = { open = { relay = "{project} {address} {port} x\226\128\174y" } }'
    notify --out letters --letter some.lua
    [ "$status" -eq 1 ]
    [ "$output" = letters/c-2.eml ]
    [[ $stderr == *"case c-1: no letter is written: the wording's subject"*"1 letter written; 1 could not be worded" ]]
}

@test "line ends, control characters and marks of direction get into no letter" {
    local bad
    for bad in '\r\nBcc: a@b.example' '\n' '\0' '\27[2J'; do
        letter bad '' "$(subject "{project} {address} {port}$bad")"
        refused 1 "bad.lua: messages.subject.open.proxy: a text is expected" --letter bad.lua
    done
    for bad in '\226\128\174' '\226\129\166' '\194\155' '\255' '\226\128\168' '\237\160\128'; do
        letter bad '' "$(subject "{project} {address} {port}$bad")"
        refused 1 "no letter is written: " --letter bad.lua
        letter bad '' "regards = \"$bad\""
        refused 1 "no letter is written: " --letter bad.lua
        letter bad "date = function() return \"$bad\" end,"
        refused 1 "no letter is written: " --letter bad.lua
    done
    letter bad '' "$(subject "{project} {address} {port}$(printf 'x%.0s' {1..500})")"
    refused 1 "the wording's subject is no text, is over 400 bytes" --letter bad.lua
}

@test "there is no os, io, require, debug, or ajar for a letter, nor for a profile" {
    local name
    for name in 'os.execute("touch owned")' 'io.open("owned", "w")' 'require("ffi")' 'debug.getregistry()' 'ajar.token()' \
        'load("x")' 'string.dump(print)' 'collectgarbage()' 'getfenv()'; do
        echo "return $name" >bad.lua
        refused 1 "bad.lua:1: attempt to " --letter bad.lua
        refused 1 "bad.lua:1: attempt to " --profile bad.lua
    done
    [ ! -e owned ]
}

@test "a letter knows nothing of another owner's" {
    cat >keep.lua <<'LUA'
local seen = {}
return { code = "en", builds_on = "en", summary = "x", messages = {},
  time = function(t)
    seen[#seen + 1] = t.hour == 2 and "x" or nil
    seen_before = (seen_before or 0) + (t.hour == 2 and 1 or 0)
    return "seen " .. #seen .. " " .. seen_before
  end }
LUA
    notify --out letters --letter keep.lua
    [ "$status" -eq 0 ]
    [ "$(grep -c 'seen 1 1' letters/c-1.eml letters/c-2.eml | tr '\n' ' ')" = "letters/c-1.eml:1 letters/c-2.eml:1 " ]
}

@test "what the server said, and who writes, is not the wording's to say" {
    letter fake '' 'more_lines = { one = "250 yes {n}", other = "250 yes {n}" }'
    notify --out letters --letter fake.lua
    [ "$status" -eq 1 ]
    [ "$output" = letters/c-2.eml ]
    [[ $stderr == *"case c-1: "*'words for lines that are left out, which don'"'"'t begin with "…"'* ]]
    rm -r letters
    letter fake 'from = "x@y.example",'
    notify --out letters --letter fake.lua
    [ "$status" -eq 0 ]
    grep -q '<project@secure-your-server.example>' letters/c-1.eml
    run ! grep -q 'y\.example' <(sed 's/[a-z]*@secure-your-server.example//g' letters/c-1.eml)
}

@test "a thing that the sandbox is left by ends its process, and the command goes on to the end" {
    local nested
    nested=$(printf '{%.0s' {1..20000})
    echo "return $nested" >deep.lua
    refused 1 "deep.lua:1: " --letter deep.lua
}

@test "what no budget counts is ended by the clock, letter for letter" {
    python3 "$ROOT/tests/cli/notify_bundle.py" . c-1:relay/third-party:open
    letter bomb 'time = function(t) for _ = 1, t.hour == 2 and 1000 or 0 do
        string.find(string.rep("a", 4000), ".-.-.-.-b") end return "x" end,'
    refused 1 "case c-1: no letter is written: the script ran over 10 seconds" --letter bomb.lua
}

# Profiles ---------------------------------------------------------------------------------------------------------

profile() { sed "$1" "$ROOT/lang/profiles/secure-your-server.lua" >profile.lua; }

@test "a profile that loops, or takes a gigabyte, ends as a letter does" {
    echo 'while true do end' >bad.lua
    refused 1 "bad.lua:1: instruction budget spent" --profile bad.lua
    echo 'local t = {} for i = 1, 1e9 do t[i] = { i } end return t' >bad.lua
    refused 1 "memory" --profile bad.lua
}

@test "a profile is data: what it computes it computes once" {
    profile 's/^  contact = .*/  contact = setmetatable({}, { __tostring = function() return "x" end }),/'
    refused 1 "profile.lua: the key 'contact' must be a text of one line" --profile profile.lua
    profile 's/^  links = {/  links = function() end, _ = {/'
    refused 1 "profile.lua: the key 'links' must be a list" --profile profile.lua
}

@test "line ends and marks of direction get from a profile into no letter" {
    profile 's/writer = "The project /writer = "The\\r\\nBcc: a@b.example project /'
    refused 1 "profile.lua: the key 'writer' must be a table of texts by language, each of one line" --profile profile.lua
    profile 's/writer = "The project /writer = "The \\226\\128\\174project /'
    refused 1 "case c-1: no letter is written: the wording's writer" --profile profile.lua
    profile 's/^  retest = .*/  retest = "a\\226\\129\\166b",/'
    refused 1 "case c-1: no letter is written: " --profile profile.lua
}
