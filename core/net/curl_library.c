#include "net/curl_library.h"

#include "base/library.h"

/* The name of its interface, which has not changed since 2006. */
#define LIBRARY "libcurl.so.4"

static bool not_there(struct fail *fail)
{
    return fail_set(fail, "ENOSYS",
                    LIBRARY " can't be loaded: install libcurl (in Debian: libcurl4)");
}

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
           not_there(fail);
}

bool curl_multi_load(struct curl_multi_library *out, struct fail *fail)
{
    void *library = library_open(LIBRARY);
    return (library && library_find(library, "curl_multi_init", &out->init) &&
            library_find(library, "curl_multi_cleanup", &out->cleanup) &&
            library_find(library, "curl_multi_setopt", &out->setopt) &&
            library_find(library, "curl_multi_assign", &out->assign) &&
            library_find(library, "curl_multi_add_handle", &out->add_handle) &&
            library_find(library, "curl_multi_remove_handle", &out->remove_handle) &&
            library_find(library, "curl_multi_socket_action", &out->socket_action) &&
            library_find(library, "curl_multi_info_read", &out->info_read)) ||
           not_there(fail);
}
