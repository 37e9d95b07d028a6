/*
 * lang_letters: the letters that a language makes, as they are laid out.
 */
#pragma once

#include "cli/lang_file.h"

typedef void (*lang_letters_tell)(void *arg, const char *words);

/* Makes a letter of each tone that it has, about each kind of finding, and tells of those that can't be made and of lines that are too
 * wide. Fails where nothing can be made at all. */
bool lang_letters_look(const struct lang_file *f, lang_letters_tell tell, void *arg,
                       struct fail *fail);
