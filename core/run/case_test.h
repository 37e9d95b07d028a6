/*
 * case_test: has another case of the bundle this case's test? Each test has tokens of its own (proto/token.h), which begin with
 * the number of its job. So one test under several names is known by them: of some 1.5 million cases (evidence/digests.h),
 * and of those on whose tape a token stands.
 */
#pragma once

#include "evidence/digests.h"
#include "world/difference.h"

/* False: a case before had it; *out says so. `seen` has the tests of the cases before, and gets this one's. */
bool case_test_is_its_own(struct digests *seen, struct bytes tape, struct difference *out);
