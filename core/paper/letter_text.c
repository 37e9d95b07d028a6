#include "paper/letter_text.h"

#include "base/text.h"
#include "paper/paper.h"
#include "paper/table.h"

#include <string.h>

enum { TAG = 36 };

static bool check_text(const json_t *text, const char *what, struct fail *fail)
{
    struct bytes bytes = bytes_at(json_string_value(text), json_string_length(text));
    if (!json_is_string(text) || !text_is_isolated(bytes))
        return fail_set(fail, "EFORMAT", "a letter's %s is no line of text", what);
    return bytes.n <= PAPER_TEXT ||
           fail_set(fail, "ELIMIT", "a letter's %s has over %d bytes", what, PAPER_TEXT);
}

static bool check_lines(const json_t *letter, const char *name, struct fail *fail)
{
    const json_t *lines = json_object_get(letter, name);
    if (!json_is_array(lines) || json_array_size(lines) > LINES_MOST)
        return fail_set(fail, "EFORMAT", "a letter's %s is no list of at most %d lines", name,
                        LINES_MOST);
    for (size_t i = 0; i < json_array_size(lines); i++)
        if (!check_text(json_array_get(lines, i), name, fail))
            return false;
    return true;
}

static bool is_tag(const json_t *language)
{
    const char *text = json_string_value(language);
    return text && *text && strlen(text) < TAG &&
           text[strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-")] ==
               '\0';
}

static bool check_block(const json_t *block, struct fail *fail)
{
    const json_t *kind = json_object_get(block, "kind");
    const json_t *who = json_object_get(block, "who");
    if (!json_is_string(kind) || !look_of(bytes_of(json_string_value(kind))))
        return fail_set(fail, "EFORMAT", "a letter's block is of no known kind");
    if (!is_tag(json_object_get(block, "language")))
        return fail_set(fail, "EFORMAT", "a letter's block has no language");
    if (who && (!json_is_string(who) || (strcmp(json_string_value(who), "C") != 0 &&
                                         strcmp(json_string_value(who), "S") != 0)))
        return fail_set(fail, "EFORMAT", "a letter's line of dialogue is neither C's nor S's");
    bool table = strcmp(json_string_value(kind), "table") == 0;
    const json_t *cells = json_object_get(block, "cells");
    if ((table || cells) && !table_check(table ? cells : NULL, fail))
        return false;
    return check_text(json_object_get(block, "text"), "block", fail);
}

static bool check_blocks(const json_t *blocks, struct fail *fail)
{
    size_t n = json_array_size(blocks);
    if (n == 0 || n > PAPER_BLOCKS)
        return fail_set(fail, "ELIMIT", "a letter has between 1 and %d blocks, not %zu",
                        PAPER_BLOCKS, n);
    for (size_t i = 0; i < n; i++)
        if (!check_block(json_array_get(blocks, i), fail))
            return false;
    return true;
}

bool letter_text_check(const json_t *letter, struct fail *fail)
{
    static const char *const texts[] = {"title", "author", "created"};
    static const char *const lists[] = {"head", "to", "beside"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (!check_text(json_object_get(letter, texts[i]), texts[i], fail))
            return false;
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (!check_lines(letter, lists[i], fail))
            return false;
    if (!is_tag(json_object_get(letter, "language")))
        return fail_set(fail, "EFORMAT", "a letter has no language");
    return check_blocks(json_object_get(letter, "blocks"), fail);
}

const char *letter_text(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}
