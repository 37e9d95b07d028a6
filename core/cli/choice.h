/*
 * choice: which probes one --probe means.
 *
 * "relay" and "proxy" are the safe probes of that kind; "safe", "thorough" and "intrusive" all of that
 * category; a text that ends in ".lua" the script of that path, one in ".tar" the probes of the pack in that file; else an
 * id, or a glob over ids ("proxy/socks*", "*connect*"). A "!" before it leaves those out.
 */
#pragma once

#include "script/probes.h"

bool choice_is_path(const char *choice);
/* Of the two paths, is it a pack's? */
bool choice_is_pack(const char *choice);
/* Does it leave out? *rest is then what follows the "!", else the choice. */
bool choice_leaves_out(const char *choice, const char **rest);
/* Does a choice without "!", and no pack's path, mean this probe? */
bool choice_means(const char *choice, const struct probe_info *info);
