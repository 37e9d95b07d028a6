/*
 * edit_library: libedit, loaded when somebody is to type: editing a line, history, completion.
 *
 * Linked with the program it would be in every worker, which has no terminal. Not GNU readline, whose licence (GPL) would
 * be the whole program's.
 */
#pragma once

#include "base/fail.h"

#include <histedit.h>

/* What of it is used. */
struct edit_library {
    __typeof__(&el_init) init;
    __typeof__(&el_end) end;
    __typeof__(&el_set) set;
    __typeof__(&el_get) get;
    __typeof__(&el_gets) gets;
    __typeof__(&el_source) source;
    __typeof__(&el_line) line;
    __typeof__(&el_insertstr) insert;
    __typeof__(&history_init) history_new;
    __typeof__(&history_end) history_free;
    __typeof__(&history) history;
};

/* ENOSYS: it is not installed. Once loaded it stays until the process ends. */
bool edit_library_load(struct edit_library *out, struct fail *fail);
