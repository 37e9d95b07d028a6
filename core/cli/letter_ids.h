/*
 * letter_ids: which letters are there already, by their Message-IDs. The same letter has the same one, however often it is
 * made (notify_profile.h). GMime is needed: notice/message.h's message_begin comes before.
 */
#pragma once

#include "base/bytes.h"
#include "base/fail.h"

struct letter_ids;

/* Of all messages in its new/ and cur/; what has none is passed over. */
struct letter_ids *letter_ids_of_maildir(const char *folder, struct fail *fail);
void letter_ids_free(struct letter_ids *ids);
/* Is this message's among them? */
bool letter_ids_has(const struct letter_ids *ids, struct bytes message);
/* Does the file hold this letter? */
bool letter_ids_is_file(const char *path, struct bytes message);
