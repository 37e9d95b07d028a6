/*
 * arguments: what a probe can be told by the operator: declared by its script, checked before the run.
 *
 *     args = { limit = { type = "integer", default = 6, min = 1, max = 40, help = "forms a session" } }
 *
 * A value comes as text from the command line (argument_parse), travels as a JSON object (on the tape's
 * head too), and is checked again where it is read (arguments_values), as a tape may be anybody's.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

enum { ARGUMENTS_MOST = 8, ARGUMENT_NAME = 25, ARGUMENT_TEXT = 65, ARGUMENT_HELP = 121 };

enum argument_type { ARGUMENT_BOOLEAN, ARGUMENT_INTEGER, ARGUMENT_NUMBER, ARGUMENT_STRING };

struct argument_value {
    bool truth;               /* a boolean's */
    double number;            /* an integer's or a number's; finite */
    char text[ARGUMENT_TEXT]; /* a string's; printable */
};

struct argument {
    char name[ARGUMENT_NAME]; /* a-z, 0-9, _ */
    enum argument_type type;
    struct argument_value preset; /* the default */
    double least;                 /* of a number, or of a string's length in bytes */
    double most;
    char help[ARGUMENT_HELP]; /* printable, one line */
};

/* In the order of their names. */
struct arguments {
    struct argument list[ARGUMENTS_MOST];
    unsigned count;
};

const char *argument_type_name(enum argument_type type);
bool argument_type_parse(struct bytes name, enum argument_type *out);
/* The bounds that a type has when none are declared: whole numbers that a double keeps, finite numbers,
 * strings of 0 to 64 bytes. */
void argument_bounds(enum argument_type type, double *least, double *most);
/* Within the type and its bounds? */
bool argument_accepts(const struct argument *a, const struct argument_value *value);

/* The declared argument of this name, or NULL. */
const struct argument *arguments_find(const struct arguments *all, struct bytes name);
/* A value from text: true or false, a number, a string as it stands. EARGUMENT: a sentence that says what
 * is expected. */
bool argument_parse(const struct argument *a, struct bytes text, struct argument_value *out,
                    struct fail *fail);
/* What a value may be: "true or false", "a whole number from 1 to 40". Appends. */
void argument_put_range(struct buf *out, const struct argument *a);
/* The value as JSON, a number as short as it can be read back. Appends. */
bool argument_put_value(struct buf *out, enum argument_type type, const struct argument_value *v);

/* The values of all declared arguments, in their order: from a JSON object, the default where it has none;
 * an empty text is {}. EARGUMENT: it is no object, names what is not declared, or a value does not fit. */
bool arguments_values(const struct arguments *declared, struct bytes json,
                      struct argument_value out[ARGUMENTS_MOST], struct fail *fail);
