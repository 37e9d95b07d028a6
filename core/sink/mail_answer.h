/*
 * mail_answer: is a mail an answer, by its subject?
 */
#pragma once

#include "base/bytes.h"

/* Has its subject "Re:" before it, or what stands there in another language ("AW:", "Sv:", "Re[2]:", "回复：")? What filters
 * put there ("[SPAM]", "EXT:") is none of these. */
bool mail_has_answers_subject(struct bytes message);
