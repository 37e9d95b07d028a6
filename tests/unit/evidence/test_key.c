#include "evidence/key.h"
#include "evidence/sign.h"
#include "temp.h"

#include <errno.h>
#include <sys/wait.h>

/* Cheap on purpose: minisign's own cost needs 1 GiB for each key. */
static const struct key_cost cheap = {32768, 16 * 1024 * 1024};

static struct secret_key *loaded(const char *path, const char *password)
{
    struct fail fail = {0};
    bool needs_password;
    struct secret_key *key = secret_key_load(path, password, &needs_password, &fail);
    if (!key)
        fail_msg("%s", fail.text);
    return key;
}

static void assert_not_loaded(const char *path, const char *password, const char *because)
{
    struct fail fail = {0};
    bool needs_password;
    assert_null(secret_key_load(path, password, &needs_password, &fail));
    if (!strstr(fail.text, because))
        fail_msg("refused because \"%s\", not because \"%s\"", fail.text, because);
    assert_non_null(strstr(fail.text, path));
}

static struct public_key saved(const char *password)
{
    struct fail fail = {0};
    struct secret_key *key = secret_key_new(&fail);
    assert_non_null(key);
    struct public_key public = secret_key_public(key);
    assert_true(secret_key_save_at(key, password, cheap, "a.key", "a.pub", &fail));
    secret_key_free(key);
    return public;
}

static void assert_same(struct public_key a, struct public_key b)
{
    assert_memory_equal(a.id, b.id, sizeof a.id);
    assert_memory_equal(a.ed25519, b.ed25519, sizeof a.ed25519);
}

static void a_key_in_the_clear_comes_back(void **state)
{
    (void)state;
    struct public_key public = saved(NULL);
    struct secret_key *key = loaded("a.key", NULL);
    assert_same(secret_key_public(key), public);
    secret_key_free(key);
}

static void an_encrypted_key_comes_back_with_its_password(void **state)
{
    (void)state;
    struct public_key public = saved("correct horse");
    struct secret_key *key = loaded("a.key", "correct horse");
    assert_same(secret_key_public(key), public);
    secret_key_free(key);
}

static void an_encrypted_key_asks_for_its_password(void **state)
{
    (void)state;
    saved("correct horse");
    struct fail fail = {0};
    bool needs_password = false;
    assert_null(secret_key_load("a.key", NULL, &needs_password, &fail));
    assert_true(needs_password);
}

static void a_wrong_password_is_said_to_be_one(void **state)
{
    (void)state;
    saved("correct horse");
    struct fail fail = {0};
    bool needs_password = true;
    assert_null(secret_key_load("a.key", "wrong horse", &needs_password, &fail));
    assert_false(needs_password);
    assert_string_equal(fail.code, "EPASSWORD");
    assert_string_equal(fail.text, "a.key: the password is wrong");
}

/* Ends with status 0 when it finds nothing but zeros. */
static int look_in_a_fork(const unsigned char *p, size_t n)
{
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        unsigned char all = 0;
        for (size_t i = 0; i < n; i++)
            all |= p[i];
        _exit(all != 0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void a_forked_process_finds_neither_key_nor_password(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct secret_key *key = secret_key_new(&fail);
    char *password = key_password_new(&fail);
    memset(password, 'p', KEY_PASSWORD_SIZE);
    assert_int_equal(look_in_a_fork((const unsigned char *)key, 72), 0);
    assert_int_equal(look_in_a_fork((const unsigned char *)password, KEY_PASSWORD_SIZE), 0);
    assert_int_equal(password[KEY_PASSWORD_LIMIT], 'p');
    key_password_free(password);
    secret_key_free(key);
}

static void the_default_cost_is_that_of_minisign(void **state)
{
    (void)state;
    assert_int_equal(key_cost_default().operations, 33554432);
    assert_int_equal(key_cost_default().memory, 1024 * 1024 * 1024);
}

static void the_secret_file_is_for_its_owner_alone(void **state)
{
    (void)state;
    saved(NULL);
    struct stat st;
    assert_int_equal(stat("a.key", &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

static void a_secret_file_that_others_can_read_is_refused(void **state)
{
    (void)state;
    saved(NULL);
    assert_int_equal(chmod("a.key", 0640), 0);
    assert_not_loaded("a.key", NULL, "others can read");
    assert_int_equal(chmod("a.key", 0602), 0);
    assert_not_loaded("a.key", NULL, "others can read or change");
}

static void a_file_is_never_overwritten(void **state)
{
    (void)state;
    struct fail fail = {0};
    saved(NULL);
    struct secret_key *other = secret_key_new(&fail);
    assert_false(secret_key_save(other, NULL, "a.key", "b.pub", &fail));
    assert_string_equal(fail.code, "EEXIST");
    assert_int_equal(access("b.pub", F_OK), -1); /* no half of a pair is left */
    assert_false(secret_key_save(other, NULL, "b.key", "a.pub", &fail));
    assert_string_equal(fail.code, "EEXIST");
    assert_int_equal(access("b.key", F_OK), -1);
    secret_key_free(other);
}

static void what_is_no_key_is_refused(void **state)
{
    (void)state;
    struct fail fail = {0};
    bool needs_password;
    static const char text[] = "hello\n";
    write_file("x", text, sizeof text - 1);
    assert_int_equal(chmod("x", 0600), 0);
    assert_not_loaded("x", NULL, "not a secret key");
    write_file("x", "", 0);
    assert_not_loaded("x", NULL, "not a secret key");
    assert_null(secret_key_load("missing", NULL, &needs_password, &fail));
    assert_string_equal(fail.code, "ENOENT");
    assert_not_loaded("/dev/null", NULL, "not a regular file");
}

/* Changes one character of the base64 line. */
static void bend(const char *path, size_t at, char to)
{
    char text[1024];
    size_t n = read_file(path, text, sizeof text);
    char *line = memchr(text, '\n', n);
    assert_non_null(line);
    line[1 + at] = to;
    write_file(path, text, n);
}

static void a_damaged_key_in_the_clear_is_refused(void **state)
{
    (void)state;
    saved(NULL);
    bend("a.key", 150, '+'); /* in the public half: signing with it would give the secret away */
    bend("a.key", 151, '+');
    assert_not_loaded("a.key", NULL, "is damaged");
}

static void limits_above_those_of_minisign_are_refused(void **state)
{
    (void)state;
    saved("p");
    bend("a.key", 71, 'E'); /* bytes 53 to 55: the end of the memory limit */
    bend("a.key", 70, 'E');
    assert_not_loaded("a.key", "p", "more memory");
}

static void minisign_signs_with_our_key(void **state)
{
    (void)state;
    saved(NULL);
    assert_runs("echo hello > f && minisign -S -s a.key -m f && minisign -V -p a.pub -m f");
}

static void minisign_reads_our_encrypted_key(void **state)
{
    (void)state;
    saved("correct horse");
    assert_runs("echo hello > f && echo 'correct horse' > password && "
                "{ minisign -S -s a.key -m f < password; } && minisign -V -p a.pub -m f");
}

static void assert_pair_of_minisign(const char *password)
{
    struct fail fail = {0};
    struct public_key public;
    struct secret_key *key = loaded("m.key", password);
    assert_true(public_key_load("m.pub", &public, &fail));
    assert_same(secret_key_public(key), public);
    secret_key_free(key);
}

static void a_clear_key_of_minisign_loads(void **state)
{
    (void)state;
    assert_runs("minisign -G -W -p m.pub -s m.key");
    assert_pair_of_minisign(NULL);
}

static void an_encrypted_key_of_minisign_loads(void **state)
{
    (void)state;
    assert_runs("printf 'tea\\ntea\\n' > password; minisign -G -p m.pub -s m.key < password");
    assert_pair_of_minisign("tea");
}

static const char line[] = "RWTEfG3Sabwf27fV5AWz0qoVx3BfKi8oGmM1q0nO1K9E5VzXMlBT3oYz";

static void a_public_key_is_read_from_its_line(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct public_key key;
    char text[PUBLIC_KEY_TEXT];
    char id[KEY_ID_TEXT];
    assert_true(public_key_load(line, &key, &fail));
    assert_string_equal(public_key_text(&key, text), line);
    assert_string_equal(key_id_text(&key, id), "DB1FBC69D26D7CC4");
}

static void a_public_key_is_read_from_its_file(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct public_key key;
    struct public_key again;
    struct buf text = buf_new(1000);
    assert_true(public_key_load(line, &key, &fail));
    assert_true(public_key_put(&text, &key));
    assert_true(public_key_parse(buf_view(&text), &again, &fail));
    assert_same(again, key);
    buf_free(&text);
}

static void line_ends_of_windows_do_no_harm(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct public_key key;
    char text[200];
    snprintf(text, sizeof text, "untrusted comment: x\r\n%s\r\n", line);
    assert_true(public_key_parse(bytes_of(text), &key, &fail));
}

static void bent_public_keys_are_refused(void **state)
{
    (void)state;
    static const char *const bent[] = {
        "",
        "untrusted comment: minisign public key\n",
        "RWTEfG3Sabwf27fV5AWz0qoVx3BfKi8oGmM1q0nO1K9E5VzXMlBT3oY",
        "RWTEfG3Sabwf27fV5AWz0qoVx3BfKi8oGmM1q0nO1K9E5VzXMlBT3oYzAAAA",
        "RWTEfG3Sabwf27fV5AWz0qoVx3BfKi8oGmM1q0nO1K9E5VzXMlBT3oY*",
        "SWTEfG3Sabwf27fV5AWz0qoVx3BfKi8oGmM1q0nO1K9E5VzXMlBT3oYz",
        "RWTEfG3Sabwf27fV5AWz0qoVx3BfKi8oGmM1q0nO1K9E5VzXMlBT3oYz\nmore\n",
        "RWTEfG3Sabwf27fV5AWz0qoVx3BfKi8oGmM1q0nO1K9E5VzXMlBT3o\xab\xaf",
    };
    for (size_t i = 0; i < sizeof bent / sizeof bent[0]; i++) {
        struct fail fail = {0};
        struct public_key key;
        assert_false(public_key_parse(bytes_of(bent[i]), &key, &fail));
        assert_string_equal(fail.code, "EFORMAT");
    }
}

#define IN_TEMP(test) cmocka_unit_test_setup_teardown(test, temp_enter, temp_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TEMP(a_key_in_the_clear_comes_back),
        IN_TEMP(an_encrypted_key_comes_back_with_its_password),
        IN_TEMP(an_encrypted_key_asks_for_its_password),
        IN_TEMP(a_wrong_password_is_said_to_be_one),
        IN_TEMP(a_forked_process_finds_neither_key_nor_password),
        IN_TEMP(the_default_cost_is_that_of_minisign),
        IN_TEMP(the_secret_file_is_for_its_owner_alone),
        IN_TEMP(a_secret_file_that_others_can_read_is_refused),
        IN_TEMP(a_file_is_never_overwritten),
        IN_TEMP(what_is_no_key_is_refused),
        IN_TEMP(a_damaged_key_in_the_clear_is_refused),
        IN_TEMP(limits_above_those_of_minisign_are_refused),
        IN_TEMP(minisign_signs_with_our_key),
        IN_TEMP(minisign_reads_our_encrypted_key),
        IN_TEMP(a_clear_key_of_minisign_loads),
        IN_TEMP(an_encrypted_key_of_minisign_loads),
        IN_TEMP(a_public_key_is_read_from_its_line),
        IN_TEMP(a_public_key_is_read_from_its_file),
        IN_TEMP(line_ends_of_windows_do_no_harm),
        IN_TEMP(bent_public_keys_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
