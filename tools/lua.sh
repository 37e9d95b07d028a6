#!/bin/sh
# Names the Lua that this machine has, for what is written in it beside the program itself.
for lua in luajit lua5.1; do
    command -v "$lua" && exit
done
echo "no Lua here: run 'make deps' first" >&2
exit 1
