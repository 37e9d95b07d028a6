#!/bin/sh
# Writes the manuals, ajar.1, ajar-COMMAND.1 and ajar-COMMAND-PART.1, and the completion for bash, zsh and fish, from what
# the program says of itself: tools/manuals.sh AJAR FOLDER. With --api in its place those of the scripts' API, ajar.3 and so on,
# from doc/api. They bear the date of the file VERSION.
set -eu

ajar=$1
folder=$2
here=$(dirname "$0")
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(date -r "$here/../VERSION" +%s)}
export SOURCE_DATE_EPOCH
mkdir -p "$folder"
if [ "$ajar" = --api ]; then
    exec "$("$here/lua.sh")" "$here/reference/main.lua" man "$here/../doc/api" "$folder" "$(cat "$here/../VERSION")" \
        "$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)"
fi
for command in $("$ajar" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
    "$ajar" help --man "$command" >"$folder/ajar-$command.1"
done
"$ajar" help --parts | while read -r words; do
    # shellcheck disable=SC2086 # two words
    "$ajar" help --man $words >"$folder/ajar-$(echo "$words" | tr ' ' -).1"
done
"$ajar" help --bash-completion >"$folder/ajar.bash"
"$ajar" help --zsh-completion >"$folder/_ajar"
"$ajar" help --fish-completion >"$folder/ajar.fish"
"$ajar" help --man >"$folder/ajar.1"
