#include "evidence/case_tree.h"
#include "temp.h"

static struct bytes text(const char *t)
{
    return bytes_of(t);
}

/* The parts of one file, with a "|" between them. */
static void assert_parts(const char *name, const char *content, const char *expected)
{
    char found[512] = "";
    struct part_file file = {name, text(content)};
    struct parts p = parts_begin(&file, 1);
    for (bool first = true; parts_next(&p); first = false)
        snprintf(found + strlen(found), sizeof found - strlen(found), "%s%.*s", first ? "" : "|",
                 (int)p.part.n, (const char *)p.part.p);
    assert_string_equal(found, expected);
}

static void files_are_cut_into_lines(void **state)
{
    (void)state;
    assert_parts("tape.jsonl", "{\"a\":1,\"b\":2}\n{}\n", "{\"a\":1,\"b\":2}\n|{}\n");
    assert_parts("receipts/r-0.eml", "a\r\n\r\nb", "a\r\n|\r\n|b");
    assert_parts("receipts/r-0.eml", "", "");
}

static void case_json_is_cut_into_its_members(void **state)
{
    (void)state;
    assert_parts("case.json", "{\"a\":1,\"b\":2}\n", "{\"a\":1|,\"b\":2}\n");
    assert_parts("case.json", "{\"a\":[1,2],\"b\":{\"c\":1,\"d\":2}}\n",
                 "{\"a\":[1,2]|,\"b\":{\"c\":1,\"d\":2}}\n");
    assert_parts("case.json", "{\"a\":\"x,}\\\",\",\"b\":2}\n", "{\"a\":\"x,}\\\",\"|,\"b\":2}\n");
    assert_parts("case.json", "{}\n", "{}\n");
}

static void case_json_of_another_form_is_cut_into_lines(void **state)
{
    (void)state;
    assert_parts("case.json", "{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2}");
    assert_parts("case.json", "{\"a\":1,\n\"b\":2}\n", "{\"a\":1,\n|\"b\":2}\n");
    assert_parts("case.json", "{\"a\":1},{\"b\":2}\n", "{\"a\":1},{\"b\":2}\n");
    assert_parts("case.json", "{\"a\":1,\"b}\n", "{\"a\":1,\"b}\n");
}

/* ---- a case ---- */

enum { FILES = 3 };

static void set_files(struct part_file files[FILES])
{
    files[0] = (struct part_file){"tape.jsonl", text("head\nRCPT\n250 Ok\n")};
    files[1] = (struct part_file){"case.json", text("{\"target\":\"192.0.2.1\",\"port\":25}\n")};
    files[2] = (struct part_file){"receipts/r-0.eml", text("To: x\r\n\r\nhello\r\n")};
}

static void make(struct part_file files[FILES], struct buf *out, struct case_tree *tree)
{
    struct fail fail = {0};
    struct random_lot lot = {0};
    set_files(files);
    *out = buf_new(4096);
    if (!case_tree_make(out, tree, files, FILES, &lot, &fail))
        fail_msg("%s", fail.text);
}

static void a_tree_fits_its_files_in_any_order(void **state)
{
    (void)state;
    struct fail fail;
    struct part_file files[FILES];
    struct buf made;
    struct case_tree tree;
    make(files, &made, &tree);
    assert_true(case_tree_parse(buf_view(&made), &tree, &fail));
    assert_int_equal(tree.parts, 8);
    struct part_file swapped[FILES] = {files[2], files[0], files[1]};
    assert_true(case_tree_check(&tree, swapped, FILES, &fail));
    buf_free(&made);
}

static void a_tree_fits_no_other_files(void **state)
{
    (void)state;
    struct fail fail;
    struct part_file files[FILES];
    struct buf made;
    struct case_tree tree;
    make(files, &made, &tree);
    for (size_t i = 0; i < FILES; i++) {
        set_files(files);
        files[i].content.n--;
        assert_false(case_tree_check(&tree, files, FILES, &fail));
        set_files(files);
        files[i].name = "receipts/other";
        assert_false(case_tree_check(&tree, files, FILES, &fail));
    }
    set_files(files);
    assert_false(case_tree_check(&tree, files, FILES - 1, &fail));
    buf_free(&made);
}

static void the_same_files_never_make_the_same_tree(void **state)
{
    (void)state;
    struct part_file files[FILES];
    struct buf made[2];
    struct case_tree tree[2];
    make(files, &made[0], &tree[0]);
    make(files, &made[1], &tree[1]);
    assert_memory_not_equal(tree[0].root, tree[1].root, SHA256_SIZE);
    buf_free(&made[0]);
    buf_free(&made[1]);
}

/* As many lines as parts, each of one byte. */
static struct buf lines_of(size_t n)
{
    struct buf text = buf_new(n);
    while (text.n < n)
        buf_put_byte(&text, '\n');
    return text;
}

/* What a reader refuses no writer makes. */
static void a_case_of_too_many_parts_is_neither_made_nor_read(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct random_lot lot = {0};
    struct case_tree tree;
    struct buf made = buf_new(4096);
    struct buf text = lines_of(PARTS_MOST + 1);
    struct part_file file = {"receipts/r-0.eml", buf_view(&text)};
    assert_false(case_tree_make(&made, &tree, &file, 1, &lot, &fail));
    assert_string_equal(fail.text, "a case of 4194305 parts, over 4194304");
    file.content.n = 1;
    assert_true(case_tree_make(&made, &tree, &file, 1, &lot, &fail));
    char other[512];
    const char *rest = strchr(buf_text(&made), '\n');
    snprintf(other, sizeof other, "ajar-case/2\nparts 4194305%s", strchr(rest + 1, '\n'));
    assert_false(case_tree_parse(bytes_of(other), &tree, &fail));
    assert_string_equal(fail.text,
                        "tree.txt: it has 4194305 parts, more than the 4194304 that bound a "
                        "reader's memory; early builds of ajar 0.1.0 sealed such cases: check all "
                        "but the tree as the bundle's VERIFY.txt says, or verify with the build "
                        "that sealed it");
    buf_free(&text);
    buf_free(&made);
}

/* ---- what is hidden ---- */

struct redacted {
    struct buf contents[FILES];
    struct buf text;
    struct case_tree tree;
    struct part_file files[FILES];
};

static bool is_part(void *arg, unsigned long part)
{
    return *(unsigned long *)arg >> part & 1;
}

/* Hides the parts whose bits are set. */
static void redact(struct redacted *r, const struct case_tree *tree, struct part_file *files,
                   unsigned long parts)
{
    struct fail fail = {0};
    unsigned long hidden;
    for (size_t i = 0; i < FILES; i++)
        r->contents[i] = buf_new(4096);
    r->text = buf_new(4096);
    if (!case_tree_redact(tree, files, FILES, is_part, &parts, r->contents, &r->text, &hidden,
                          &fail))
        fail_msg("%s", fail.text);
    if (!case_tree_parse(buf_view(&r->text), &r->tree, &fail))
        fail_msg("%s", fail.text);
    assert_int_equal(r->tree.hidden, hidden);
    for (size_t i = 0; i < FILES; i++)
        r->files[i] = (struct part_file){files[i].name, buf_view(&r->contents[i])};
}

static void free_redacted(struct redacted *r)
{
    for (size_t i = 0; i < FILES; i++)
        buf_free(&r->contents[i]);
    buf_free(&r->text);
}

static void whatever_is_hidden_the_rest_is_proven(void **state)
{
    (void)state;
    for (unsigned long parts = 1; parts < 256; parts++) {
        struct fail fail = {0};
        struct part_file files[FILES];
        struct buf made;
        struct case_tree tree;
        struct redacted r;
        make(files, &made, &tree);
        redact(&r, &tree, files, parts);
        assert_memory_equal(r.tree.root, tree.root, SHA256_SIZE);
        if (!case_tree_check(&r.tree, r.files, FILES, &fail))
            fail_msg("%lu: %s", parts, fail.text);
        free_redacted(&r);
        buf_free(&made);
    }
}

static void a_hidden_part_leaves_its_hash_and_neither_salt_nor_secret(void **state)
{
    (void)state;
    struct part_file files[FILES];
    struct buf made;
    struct case_tree tree;
    struct redacted r;
    make(files, &made, &tree);
    redact(&r, &tree, files, 1 << 0 | 1 << 2 | 1 << 6);
    assert_memory_equal(r.contents[0].p, "{\"hidden ", 9);
    assert_non_null(strstr(buf_text(&r.contents[0]), "\":null,\"port\":25}\n"));
    assert_memory_equal(r.contents[1].p, "[hidden ", 8);
    assert_non_null(strstr(buf_text(&r.contents[1]), "]\n\r\nhello\r\n"));
    assert_memory_equal(r.contents[2].p, "head\n{\"hidden\":\"", 16);
    assert_non_null(strstr(buf_text(&r.contents[2]), "\"}\n250 Ok\n"));
    assert_null(strstr(buf_text(&r.text), "secret"));
    free_redacted(&r);
    buf_free(&made);
}

static void a_redacted_case_can_be_redacted_further(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct part_file files[FILES];
    struct buf made;
    struct case_tree tree;
    struct redacted first;
    struct redacted second;
    make(files, &made, &tree);
    redact(&first, &tree, files, 1 << 1);
    redact(&second, &first.tree, first.files, 1 << 5);
    assert_int_equal(second.tree.hidden, 2);
    assert_true(case_tree_check(&second.tree, second.files, FILES, &fail));
    free_redacted(&first);
    free_redacted(&second);
    buf_free(&made);
}

static void what_is_shown_must_not_be_called_hidden(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct part_file files[FILES];
    struct buf made;
    struct case_tree tree;
    struct redacted r;
    make(files, &made, &tree);
    redact(&r, &tree, files, 1 << 1);
    r.files[0].content = text("{\"target\":\"192.0.2.1\",\"port\":25}\n");
    assert_false(case_tree_check(&r.tree, r.files, FILES, &fail));
    assert_string_equal(fail.text, "case.json: a part that tree.txt calls hidden does not stand "
                                   "there as hidden");
    free_redacted(&r);
    buf_free(&made);
}

/* A bundle's signer may have signed any tree.txt. */
static void files_that_are_not_the_trees_are_not_redacted(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct part_file files[FILES];
    struct buf made;
    struct case_tree tree;
    struct buf contents[FILES];
    struct buf out = buf_new(4096);
    unsigned long parts = 1;
    unsigned long hidden;
    make(files, &made, &tree);
    tree.parts = 1;
    for (size_t i = 0; i < FILES; i++)
        contents[i] = buf_new(4096);
    assert_false(
        case_tree_redact(&tree, files, FILES, is_part, &parts, contents, &out, &hidden, &fail));
    assert_string_equal(fail.text, "tree.txt: it has 1 parts, and the case's files have 8");
    for (size_t i = 0; i < FILES; i++)
        buf_free(&contents[i]);
    buf_free(&out);
    buf_free(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_cut_into_lines),
        cmocka_unit_test(case_json_is_cut_into_its_members),
        cmocka_unit_test(case_json_of_another_form_is_cut_into_lines),
        cmocka_unit_test(a_tree_fits_its_files_in_any_order),
        cmocka_unit_test(a_tree_fits_no_other_files),
        cmocka_unit_test(the_same_files_never_make_the_same_tree),
        cmocka_unit_test(a_case_of_too_many_parts_is_neither_made_nor_read),
        cmocka_unit_test(whatever_is_hidden_the_rest_is_proven),
        cmocka_unit_test(a_hidden_part_leaves_its_hash_and_neither_salt_nor_secret),
        cmocka_unit_test(a_redacted_case_can_be_redacted_further),
        cmocka_unit_test(what_is_shown_must_not_be_called_hidden),
        cmocka_unit_test(files_that_are_not_the_trees_are_not_redacted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
