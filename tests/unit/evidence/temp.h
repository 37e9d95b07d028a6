/* temp: a directory of its own for each test, and commands run in it. */
#pragma once

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* For setup and teardown: makes it, goes into it; leaves it, removes it. */
__attribute__((unused)) static int temp_enter(void **state)
{
    char *directory = strdup("/tmp/ajar-test-XXXXXX");
    *state = directory;
    umask(022);
    return directory && mkdtemp(directory) && chdir(directory) == 0 ? 0 : -1;
}

__attribute__((unused)) static int temp_leave(void **state)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", (char *)*state);
    free(*state);
    return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

/* Runs a shell command, its output put away in the file "output"; returns its exit status. */
__attribute__((unused)) static int run(const char *command)
{
    char whole[2048];
    snprintf(whole, sizeof whole, "{ %s ; } > output 2>&1 < /dev/null", command);
    int status = system(whole);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

__attribute__((unused)) static void assert_runs(const char *command)
{
    if (run(command) != 0)
        fail_msg("this failed: %s", command);
}

__attribute__((unused)) static void write_file(const char *path, const void *p, size_t n)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(p, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

/* Overwrites one byte of a file. */
__attribute__((unused)) static void poke(const char *path, size_t at, unsigned char byte)
{
    int fd = open(path, O_WRONLY);
    assert_int_equal(pwrite(fd, &byte, 1, (off_t)at), 1);
    close(fd);
}

__attribute__((unused)) static size_t read_file(const char *path, void *p, size_t most)
{
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    size_t n = fread(p, 1, most, f);
    fclose(f);
    return n;
}
