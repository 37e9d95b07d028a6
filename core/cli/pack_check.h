/*
 * pack_check: what is wrong with a pack's folder, a line for each fault as editors and CI want it: "file:line:column: words".
 *
 * Nothing of the pack runs in this process: scripts are loaded, which runs their top level, in a confined child
 * (run/inspect.h), and are looked through token by token (script/free_names.h).
 */
#pragma once

#include "cli/scripts.h"
#include "script/known_names.h"

enum { LETTER_MARK = 80 };

/* What is checked against what. */
struct pack_check {
    const char *folder;
    const struct scripts *builtin;
    const struct known_names *probe_names;
    const struct known_names *scenario_names;
    struct bytes annotations; /* of the API: script/annotations.h */
    const struct known_names *letter_names;
    struct manifest manifest;
    unsigned used;         /* capabilities of which a member is named: bits */
    bool used_else;        /* `ajar` is handed on as a whole: what of it is used can't be told */
    char (*ids)[PROBE_ID]; /* of its probes so far; MANIFEST_PROBES of them */
    unsigned id_count;
    char (*letter_marks)
        [LETTER_MARK]; /* languages and tones of its letters so far; MANIFEST_LETTERS of them */
    unsigned letter_count;
    struct buf scenarios;  /* the ids of its scenarios so far, a NUL behind each */
    bool scenarios_hidden; /* of some it is not known: their script does not load */
    bool probes_hidden;    /* nor of some probes */
    unsigned faults;
};

/* Prints the faults on stdout and counts them. False: it could not be checked, for want of memory, a process, or the folder
 * itself. */
bool pack_check_folder(struct pack_check *c, struct fail *fail);

/* For its parts. A fault in a file of the folder; line and column from 1 on. */
void pack_check_fault(struct pack_check *c, const char *file, unsigned line, unsigned column,
                      const char *format, ...) __attribute__((format(printf, 5, 6)));
/* The same for what is no fault yet: it is told, and not counted. */
void pack_check_warning(const struct pack_check *c, const char *file, unsigned line,
                        unsigned column, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* Looks through the names in a script's text. */
void pack_check_names(struct pack_check *c, const char *file, struct bytes text,
                      const struct known_names *names);
/* Looks through one of its probes, of its scenarios' scripts, or of its letters (cli/pack_check_script.c). */
bool pack_check_probe(struct pack_check *c, const char *file, struct fail *fail);
bool pack_check_scenarios(struct pack_check *c, const char *file, struct fail *fail);
bool pack_check_letter(struct pack_check *c, const char *file, struct fail *fail);
/* Looks through one of its tests, once its probes and scenarios are known (cli/pack_check_test.c). */
bool pack_check_test(struct pack_check *c, const char *file, struct fail *fail);
/* The text of a file of the folder, appended. */
bool pack_check_read(const struct pack_check *c, const char *file, struct buf *text,
                     struct fail *fail);
