#include "cli/trust_options.h"

#include "base/file.h"

enum { SERVICES_LIMIT = 1024 * 1024 };

static void append(struct args *a, const char **list, const char *option)
{
    for (size_t i = 0; i < TRUST_KEYS; i++)
        if (!list[i]) {
            list[i] = a->value;
            return;
        }
    args_wrong(a, "at most %d times --%s", TRUST_KEYS, option);
}

void trust_take_key(struct args *a, struct trust_options *o)
{
    append(a, o->keys, "public-key");
}

void trust_take_file(struct args *a, struct trust_options *o)
{
    append(a, o->files, "trusted");
}

bool trust_take(struct args *a, int which, int from, struct trust_options *o)
{
    switch (which - from) {
    case 0:
        trust_take_key(a, o);
        return true;
    case 1:
        trust_take_file(a, o);
        return true;
    case 2:
        args_number(a, 1, TRUST_KEYS, &o->threshold);
        return true;
    case 3:
        o->services = a->value;
        return true;
    default:
        return false;
    }
}

int trust_check(struct args *a, const struct trust_options *o)
{
    long keys = 0;
    while (o->keys[keys])
        keys++;
    if (o->threshold > 0 && keys == 0 && !o->files[0])
        return args_wrong(a, "--threshold counts the keys of --public-key and --trusted: there is "
                             "none");
    if (o->threshold > keys && !o->files[0])
        return args_wrong(a, "--threshold %ld can't be reached with %ld keys", o->threshold, keys);
    return ARGS_GO_ON;
}

static bool read_file(struct trust *t, const char *path, struct fail *fail)
{
    struct buf text = buf_new(TRUST_FILE_LIMIT);
    bool ok = file_read(path, &text, fail) &&
              (trust_parse(t, buf_view(&text), fail) || fail_prefix(fail, "%s", path));
    buf_free(&text);
    return ok || fail_prefix(fail, "--trusted");
}

static bool read_services(struct trust_options *o, struct fail *fail)
{
    struct buf text = buf_new(SERVICES_LIMIT);
    if (file_read(o->services, &text, fail)) {
        o->vouching = stamp_trust_parse(buf_view(&text), fail);
        if (!o->vouching)
            fail_prefix(fail, "%s", o->services);
    }
    buf_free(&text);
    return o->vouching || fail_prefix(fail, "--tsa-ca");
}

void trust_free(struct trust_options *o)
{
    stamp_trust_free(o->vouching);
}

bool trust_read(struct trust_options *o, struct bundle_trust *out, struct fail *fail)
{
    for (size_t i = 0; o->keys[i]; i++)
        if (!trust_add(&o->trust, o->keys[i], fail))
            return fail_prefix(fail, "--public-key");
    for (size_t i = 0; o->files[i]; i++)
        if (!read_file(&o->trust, o->files[i], fail))
            return false;
    if (o->files[0] && o->trust.count == 0)
        return fail_set(fail, "ETRUST", "--trusted: %s: there is no key in it", o->files[0]);
    if ((unsigned long)o->threshold > o->trust.count)
        return fail_set(fail, "ETRUST", "--threshold %ld can't be reached with %u keys",
                        o->threshold, o->trust.count);
    if (o->services && !read_services(o, fail))
        return false;
    *out = (struct bundle_trust){
        .keys = &o->trust, .threshold = (unsigned)o->threshold, .services = o->vouching};
    return true;
}
