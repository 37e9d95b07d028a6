#include "net/curl_library.h"

#include <dlfcn.h>

/* The name of its interface, which has not changed since 2006. */
#define LIBRARY "libcurl.so.4"

/* POSIX: what dlsym gives can be a function. False: there is none of that name. */
static bool find(void *library, const char *name, void *function)
{
    void *found = dlsym(library, name);
    memcpy(function, &found, sizeof found);
    return found != NULL;
}

bool curl_library_load(struct curl_library *out, struct fail *fail)
{
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    return (library && find(library, "curl_easy_init", &out->easy_init) &&
            find(library, "curl_easy_cleanup", &out->easy_cleanup) &&
            find(library, "curl_easy_perform", &out->easy_perform) &&
            find(library, "curl_easy_setopt", &out->easy_setopt) &&
            find(library, "curl_easy_getinfo", &out->easy_getinfo) &&
            find(library, "curl_easy_strerror", &out->easy_strerror) &&
            find(library, "curl_slist_append", &out->slist_append) &&
            find(library, "curl_slist_free_all", &out->slist_free_all)) ||
           fail_set(fail, "ENOSYS",
                    LIBRARY " can't be loaded: install libcurl (in Debian: libcurl4)");
}
