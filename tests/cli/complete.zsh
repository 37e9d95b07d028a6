#!/usr/bin/env zsh
# What zsh makes of a line when Tab is pressed: complete.zsh FOLDER LINE, where FOLDER holds _ajar. Prints the line.
# A second zsh does it, at a terminal of its own, as Tab means nothing elsewhere.
zmodload zsh/zpty
zpty -b shell zsh -fi
typeset said
tell() { zpty -w shell "$1"; }
tell "PS1= PS2= RPS1=; unsetopt zle_bracketed_paste prompt_cr prompt_sp; unset zle_bracketed_paste; setopt no_beep"
tell "cd ${(q)PWD}; fpath=(${(q)1} \$fpath); autoload -Uz compinit; compinit -D -u"
tell "report() { print -r -- \"<<\$BUFFER>>\" >line; zle kill-buffer }; zle -N report"
tell "bindkey '^I' complete-word; bindkey '^X^R' report; : > ready"
for _ in {1..200}; do
    [[ -e ready ]] && break
    sleep 0.05
done
zpty -n -w shell "$2"$'\t'$'\x18\x12'
for _ in {1..200}; do
    [[ -s line ]] && break
    sleep 0.05
done
zpty -r -t shell said
zpty -d shell
said=$(<line) || exit 1
print -r -- ${${said#<<}%>>}
