#include "view/page.h"

#include "view/sheet.h"

#include <errno.h>
#include <sys/stat.h>

enum { OUT_LIMIT = 64 * 1024 * 1024, CASES_MOST = 16 * 1024 * 1024 };

static bool put_all(struct sheet *s)
{
    size_t of_verdict[SHEET_VERDICTS] = {0};
    if (!sheet_count(s, of_verdict))
        return false;
    sheet_head(s);
    sheet_summary(s, of_verdict);
    sheet_custody(s);
    if (!sheet_table(s) || (!s->facts->choice.summary && !sheet_cases(s)))
        return false;
    sheet_checking(s);
    if (!sheet_files(s))
        return false;
    sheet_end(s);
    return sheet_flush(s, true);
}

static bool check_size(const char *path, const struct page_choice *choice, struct fail *fail)
{
    struct stat st;
    if (choice->summary || choice->verdicts != 0)
        return true;
    if (stat(path, &st) != 0)
        return fail_errno(fail, errno, path);
    return (unsigned long long)st.st_size <= PAGE_MOST ||
           fail_set(
               fail, "ELIMIT",
               "%s: %lld MiB are too much for a page, which holds at most %llu: " SHEET_SMALLER,
               path, (long long)st.st_size >> 20, PAGE_MOST >> 20);
}

bool page_create(const char *out, const struct page_facts *facts, struct fail *fail)
{
    struct replace file;
    struct sheet s = {.facts = facts,
                      .out = buf_new(OUT_LIMIT),
                      .chosen = buf_new(CASES_MOST),
                      .file = &file,
                      .fail = fail};
    if (!check_size(facts->path, &facts->choice, fail) || !replace_begin_new(&file, out, fail))
        return false;
    bool made = put_all(&s);
    bool ok = replace_end(&file, made, fail) || (made && fail_prefix(fail, "%s", out));
    buf_free(&s.out);
    buf_free(&s.chosen);
    return ok;
}
