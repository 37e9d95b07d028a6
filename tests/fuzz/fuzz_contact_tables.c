/* The tables that contacts come from, a security.txt, a TXT record, and what the process that reads says of them. */
#include "cli/contact_reader.h"
#include "cli/contacts_file.h"
#include "contact/guess.h"
#include "contact/own_list.h"
#include "contact/rdap.h"
#include "contact/security_txt.h"
#include "contact_claim.h"

static const struct addr about = {.family = ADDR_IPV4, .ip = {192, 0, 2, 10}};

static void try_bootstrap(struct bytes input)
{
    struct fail fail = {0};
    struct bootstrap *b = bootstrap_new();
    require(b && (bootstrap_add(b, input, &fail) || fail.code));
    const char *url = bootstrap_find(b, &about);
    require(!url || (url[strlen(url) - 1] == '/' && text_is_printable(bytes_of(url))));
    bootstrap_free(b);
}

static void try_own_list(struct bytes input)
{
    struct fail fail = {0};
    struct contact_answer answer;
    const char *scope;
    struct own_list *l = own_list_new();
    for (size_t end; l && input.n > 0; input = bytes_slice(input, end + 1, input.n)) {
        end = bytes_index(input, '\n', 0);
        end = end == BYTES_NOT_FOUND ? input.n : end;
        require(own_list_line(l, bytes_slice(input, 0, end), &fail) || fail.code);
    }
    own_list_ready(l);
    if (own_list_find(l, &about, bytes_of("mail.example.org"), &answer, &scope))
        require(answer.opted_out || answer.count > 0);
    claim_answer(&answer);
    own_list_free(l);
}

static void try_certs(struct bytes input)
{
    struct fail fail = {0};
    struct contact_answer answer;
    struct cert_entry entry;
    struct certs *c = certs_read(input, &fail);
    require(c || fail.code);
    bool found = c && certs_find(c, "NO", &answer, &entry);
    if (found)
        require(answer.count == 1);
    if (c && entry.name)
        require(text_is_printable(bytes_of(entry.name)) && text_is_printable(bytes_of(entry.web)) &&
                (found || entry.web[0]));
    certs_free(c);
}

/* A file of an operator's, which may be a stranger's: what it names goes into the To field. */
static void try_contacts_file(struct bytes input)
{
    struct fail fail = {0};
    struct contact_answer check = {0};
    struct contacts_file *c = contacts_file_new();
    require(c && (contacts_file_line(c, input, 0, &fail) || fail.code));
    const struct known_contact *k = contacts_file_find(c, &about);
    if (k && k->to[0])
        require(answer_add(&check, bytes_of(k->to), CONTACT_ABUSE));
    require(!k || text_is_printable(bytes_of(k->languages)));
    contacts_file_free(c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes input = bytes_at(data, size);
    struct contact_answer answer;
    struct fail fail = {0};
    try_bootstrap(input);
    try_own_list(input);
    try_certs(input);
    try_contacts_file(input);
    require(security_txt_read(input, 0, &answer, &fail) || fail.code);
    claim_answer(&answer);
    txt_read(input, &answer);
    claim_answer(&answer);
    guess_mailboxes(input, &answer);
    claim_answer(&answer);
    require(answer_get(input, &answer, &fail) || fail.code);
    claim_answer(&answer);
    require(contact_reader_take(input, &answer, &fail) || text_is_printable(bytes_of(fail.text)));
    claim_answer(&answer);
    return 0;
}
