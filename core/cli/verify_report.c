#include "cli/verify_report.h"

#include "base/time.h"
#include "cli/tree_words.h"
#include "net/loop.h"

#include <stdio.h>
#include <string.h>

static const char *signer_words(const struct bundle_signature *s, bool first)
{
    switch (s->signer) {
    case BUNDLE_OWN:
        return first ? "the key in the bundle itself" : "whose key is in the bundle itself";
    case BUNDLE_TRUSTED:
        return s->name[0] ? s->name : "the key that you gave";
    case BUNDLE_EXPIRED:
        return s->name[0] ? s->name : "a key that you trusted at other times";
    default:
        return "which you don't name among those that you trust";
    }
}

static void print_signature(const struct bundle_signature *s, bool first)
{
    char id[KEY_ID_TEXT];
    char text[PUBLIC_KEY_TEXT];
    printf("  %s key %s, %s\n", first ? "signed by  " : "co-signed  ", key_id_text(&s->key, id),
           signer_words(s, first));
    if (s->signer == BUNDLE_OWN || s->signer == BUNDLE_UNKNOWN)
        printf("              %s\n", public_key_text(&s->key, text));
    if (s->signer == BUNDLE_EXPIRED)
        printf("              not counted: %s\n", s->why.text);
}

static void print_time(const char *what, const char *at, const char *by)
{
    instant when;
    char text[TIME_TEXT];
    if (time_parse(bytes_of(at), &when))
        printf("  %-11s %s, by %s\n", what, time_reader_text(when, text), by);
}

/* No reader's clock decides whether a bundle verifies, but he should know. */
static void print_future(const char *at)
{
    instant when;
    if (time_parse(bytes_of(at), &when) && when > loop_now() + BUNDLE_CLOCKS)
        printf("              which is still to come by this machine's clock: one of the two is "
               "wrong\n");
}

void verify_report_signatures(const struct bundle_report *r)
{
    for (unsigned i = 0; i < r->signature_count; i++) {
        print_signature(&r->signatures[i], i == 0);
        print_time(i == 0 ? "sealed" : "", r->signatures[i].at, "the signer's clock");
        print_future(r->signatures[i].at);
    }
}

/* Of a service that the reader trusts this would be the end of it. */
static void print_before(const struct bundle_report *r, const struct stamp *s)
{
    instant sealed;
    if (time_parse(bytes_of(r->sealed), &sealed) && s->at + BUNDLE_CLOCKS < sealed)
        printf("              which is before it was sealed by the signer's clock: one of the two "
               "is false\n");
}

/* Only the reader can say whom he believes; without that it is what the stamp says of itself. */
static void print_stamps(const struct bundle_trust *trust, const struct bundle_report *r)
{
    char text[TIME_TEXT];
    for (unsigned i = 0; i < r->stamp_count; i++) {
        const struct stamp *s = &r->stamps[i];
        printf("  time-stamp  %s, by %s\n", time_reader_text(s->at, text), s->service);
        if (s->trusted)
            printf("              a service that the certificates you gave vouch for\n");
        else if (trust->services)
            printf("              not counted: %s\n", s->why.text);
        else
            printf("              it holds; whether to trust that service is for you to say "
                   "(--tsa-ca)\n");
        print_before(r, s);
    }
}

static bool has_signed(const struct bundle_report *r, const struct public_key *key)
{
    for (unsigned i = 0; i < r->signature_count; i++)
        if (memcmp(r->signatures[i].key.id, key->id, sizeof key->id) == 0)
            return true;
    return false;
}

/* Who was given and is not there. */
static void print_absent(const struct trust *t, const struct bundle_report *r)
{
    char id[KEY_ID_TEXT];
    for (unsigned i = 0; i < t->count; i++)
        if (!has_signed(r, &t->keys[i].key))
            printf("  not signed  by key %s%s%s\n", key_id_text(&t->keys[i].key, id),
                   t->keys[i].name[0] ? ", " : "", t->keys[i].name);
}

static void print_operator(const struct bundle_report *r)
{
    char id[KEY_ID_TEXT];
    char line[PUBLIC_KEY_TEXT];
    if (r->operator_is_other)
        printf("  NOT signed  by the key that its data/run.json says was to sign, %s\n"
               "              %s\n",
               key_id_text(&r->operator_key, id), public_key_text(&r->operator_key, line));
}

void verify_report_print(const struct bundle_trust *trust, const struct bundle_report *r)
{
    verify_report_signatures(r);
    print_stamps(trust, r);
    if (trust->threshold > 0) {
        print_absent(trust->keys, r);
        printf("  trusted     %u of these signatures; %u asked for\n", r->trusted_count,
               trust->threshold);
    }
    print_time("recovered", r->recovered, "the recoverer's clock: its run had been cut off");
    print_operator(r);
    printf("  bundle      %s\n", r->name);
    if (r->builtin != BUILTIN_NONE)
        printf("  scripts     %s\n", builtin_words(r->builtin));
    if (!r->packs_told && r->cases > 0)
        puts(
            "  not checked that the scripts are those that the run names: its data/run.json names\n"
            "              none, as those of the first builds of ajar 0.1.0 do not");
    if (r->case_id[0] != '\0') {
        tree_words_extract(r);
    } else {
        printf("  cases       %lu\n", r->cases);
        printf("  files       %lu, %llu bytes: each as sealed, none missing, none added\n",
               r->files, r->octets);
    }
    tree_words_print(r);
}

void verify_report_hint(void)
{
    fprintf(stderr, "ajar verify: who holds that key is for you to find out; with the operator's "
                    "published key, give it by --public-key\n");
}
