/*
 * mail_sort: what sort of mail came: the test message, a report about it, or something that somebody has written.
 *
 * A server that takes the test message without passing it on may write to its mailboxes all the same: a report of
 * non-delivery (RFC 3464; or in words, as many do), one of a delay, an automatic answer (RFC 3834), a ticket desk's mail
 * to everybody whom it finds in the header. Such a mail has a header of its own, and can hold whatever stands in the
 * message: its subject, its mailboxes and so its token, its text. A relay delivers the message itself, whose header it
 * may have written anew. So the test message is
 *
 *   what has its Message-ID, "<TOKEN@DOMAIN>";
 *   what has another, is no answer or report, and holds the message's text: as its beginning, or anywhere unquoted where
 *   From is the message's too (who warns writes above what he passes on); up to its mark, behind which the token stands,
 *   there or in X-Ajar-Token. An excerpt is not enough: who writes of a message may quote its beginning. Lines that are
 *   wrapped anew, base64, quoted-printable and parts of a multipart are the text still. (A web form writes what it likes around the text that it was given, so that of relay/web-form may stand anywhere.)
 *
 * Who reports or answers begins in words of his own. Fields alone tell nothing: a ticket desk copies those that begin
 * with X-, and makes its Message-ID of another. Who sends the whole text, and nothing before it, to a stranger has passed
 * on a stranger's mail, whatever he calls it.
 *
 * An answer is what names the message that it answers (In-Reply-To, References), calls itself one (Auto-Submitted,
 * Precedence, X-Autoreply, X-Autorespond), or has "Re:" before its subject, or what other languages write there. What
 * can't be told is called MAIL_OTHER.
 */
#pragma once

#include "base/bytes.h"
#include "proto/token.h"

enum mail_sort {
    MAIL_TEST,    /* the test message of this token */
    MAIL_FAILURE, /* a report that a mail could not be delivered */
    MAIL_DELAY,   /* a report that it is not delivered yet, and still tried */
    MAIL_OTHER,
};

/* `domain` is that of the run's mailboxes; NULL: it is not known, and a Message-ID may have any. `sender` is the
 * reverse-path, empty for the null one; `message` as it arrived. */
enum mail_sort mail_sort_of(const struct token_family *ours, const char *domain,
                            struct bytes sender, struct bytes message, const struct token *token);
/* The token in the message's own header (Message-ID, X-Ajar-Token), or else the first anywhere. */
bool mail_own_token(const struct token_family *ours, struct bytes message, struct token *out);
