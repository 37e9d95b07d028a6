#include "cli/edit_library.h"

#include "base/library.h"

#define LIBRARY "libedit.so.2"

bool edit_library_load(struct edit_library *out, struct fail *fail)
{
    void *library = library_open(LIBRARY);
    return (library && library_find(library, "el_init", &out->init) &&
            library_find(library, "el_end", &out->end) &&
            library_find(library, "el_set", &out->set) &&
            library_find(library, "el_get", &out->get) &&
            library_find(library, "el_gets", &out->gets) &&
            library_find(library, "el_source", &out->source) &&
            library_find(library, "el_line", &out->line) &&
            library_find(library, "el_insertstr", &out->insert) &&
            library_find(library, "history_init", &out->history_new) &&
            library_find(library, "history_end", &out->history_free) &&
            library_find(library, "history", &out->history)) ||
           fail_set(fail, "ENOSYS",
                    LIBRARY " can't be loaded: install libedit (in Debian: libedit2)");
}
