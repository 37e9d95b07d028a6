/*
 * dns_server: a resolver on loopback, in a child process, that answers as a test wants it to.
 */
#pragma once

#include "net_test.h"

#include "net/sockaddr.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>

/* Writes the answer to `query` into out (512 bytes) and returns its length; 0: none. */
typedef size_t (*dns_answerer)(const unsigned char *query, size_t size, unsigned char *out);

struct dns_server {
    pid_t pid;
    struct addr at;
};

static inline void dns_serve(int fd, dns_answerer answer)
{
    for (;;) {
        unsigned char query[512];
        unsigned char out[512];
        struct sockaddr_storage from;
        socklen_t length = sizeof from;
        ssize_t n = recvfrom(fd, query, sizeof query, 0, (struct sockaddr *)&from, &length);
        size_t size = n > 12 ? answer(query, (size_t)n, out) : 0;
        if (size > 0)
            sendto(fd, out, size, 0, (struct sockaddr *)&from, length);
    }
}

static inline struct dns_server dns_server_start(dns_answerer answer)
{
    struct dns_server server;
    struct sockaddr_storage at;
    assert_true(addr_parse(bytes_of("127.0.0.1"), &server.at));
    socklen_t length = sockaddr_of(&server.at, &at);
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, length), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &length), 0);
    assert_true(sockaddr_read(&at, &server.at));
    server.pid = fork();
    assert_true(server.pid >= 0);
    if (server.pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that fails does not stop it */
        dns_serve(fd, answer);
        _exit(0);
    }
    close(fd);
    return server;
}

static inline void dns_server_stop(const struct dns_server *server)
{
    kill(server->pid, SIGKILL);
    waitpid(server->pid, NULL, 0);
}

/* The question's length: name, type and class. */
static inline size_t dns_question_size(const unsigned char *query)
{
    size_t at = 12;
    while (query[at] != 0)
        at += query[at] + 1u;
    return at + 5 - 12;
}

/* The type asked for. */
static inline unsigned dns_question_type(const unsigned char *query)
{
    size_t end = 12 + dns_question_size(query);
    return (unsigned)(query[end - 4] << 8 | query[end - 3]);
}

/* Header and question of an answer with this code and number of records; its length so far. */
static inline size_t dns_begin(const unsigned char *query, unsigned code, unsigned records,
                               unsigned char *out)
{
    size_t n = 12 + dns_question_size(query);
    for (size_t i = 0; i < n; i++)
        out[i] = query[i];
    out[2] = 0x85;
    out[3] = (unsigned char)(0x80 | code);
    out[6] = 0;
    out[7] = (unsigned char)records;
    for (size_t i = 8; i < 12; i++)
        out[i] = 0;
    return n;
}

/* A record of the name asked for; returns the new length. */
static inline size_t dns_record(unsigned char *out, size_t n, unsigned type, const void *data,
                                size_t size)
{
    const unsigned char head[] = {0xc0, 12, 0, (unsigned char)type, 0, 1, 0, 0,
                                  0,    60, 0, (unsigned char)size};
    memcpy(out + n, head, sizeof head);
    memcpy(out + n + sizeof head, data, size);
    return n + sizeof head + size;
}
