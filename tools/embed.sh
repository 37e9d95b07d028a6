#!/bin/sh
# Writes C that holds each file named, byte for byte: see core/base/embedded.h. FILE=NAME: under another name.
set -eu
echo '#include "base/embedded.h"'
n=0
for file in "$@"; do
    n=$((n + 1))
    cat <<C
__asm__(".section .rodata\n"
        ".hidden embedded_${n}\n.hidden embedded_${n}_end\n"
        ".global embedded_${n}\nembedded_${n}:\n.incbin \"${file%%=*}\"\n"
        ".global embedded_${n}_end\nembedded_${n}_end:\n.byte 0\n"
        ".previous\n");
extern const unsigned char embedded_${n}[], embedded_${n}_end[];
C
done
echo 'static struct embedded files['"$((n + 1))"'];'
echo 'size_t embedded_list(const struct embedded **out)'
echo '{'
i=0
for file in "$@"; do
    i=$((i + 1))
    echo "    files[$((i - 1))] = (struct embedded){\"${file#*=}\", {embedded_${i}, (size_t)(embedded_${i}_end - embedded_${i})}};"
done
echo '    *out = files;'
echo "    return ${n};"
echo '}'
