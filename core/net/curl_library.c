#include "net/curl_library.h"

#include "base/library.h"

/* The name of its interface, which has not changed since 2006. */
#define LIBRARY "libcurl.so.4"

bool curl_library_load(struct curl_library *out, struct fail *fail)
{
    void *library = library_open(LIBRARY);
    return (library && library_find(library, "curl_easy_init", &out->easy_init) &&
            library_find(library, "curl_easy_cleanup", &out->easy_cleanup) &&
            library_find(library, "curl_easy_perform", &out->easy_perform) &&
            library_find(library, "curl_easy_setopt", &out->easy_setopt) &&
            library_find(library, "curl_easy_getinfo", &out->easy_getinfo) &&
            library_find(library, "curl_easy_strerror", &out->easy_strerror) &&
            library_find(library, "curl_slist_append", &out->slist_append) &&
            library_find(library, "curl_slist_free_all", &out->slist_free_all)) ||
           fail_set(fail, "ENOSYS",
                    LIBRARY " can't be loaded: install libcurl (in Debian: libcurl4)");
}
