/* VERIFY.txt: for somebody who has the bundle and has never heard of ajar. */
#include "evidence/closing.h"

static const char head[] =
    "HOW TO CHECK THIS BUNDLE WITH PUBLIC TOOLS\n"
    "\n"
    "This is a record of tests for open mail relays and open proxies. It was made by\n"
    "the program ajar, but you need neither ajar nor its authors to check that nothing\n"
    "in it was changed, added or removed since it was signed. You need tar, sha256sum\n"
    "and find (on every Linux system) and minisign (a package of that name in most\n"
    "systems; https://jedisct1.github.io/minisign/). The bundle is a BagIt bag\n"
    "(RFC 8493) in a tar file.\n"
    "\n"
    "You also need the public key of the people who made the record, from a place that\n"
    "you trust: their web site, a letter, a person. A copy lies in keys/operator.pub,\n"
    "but whoever forges a bundle can put another key there: compare the two.\n"
    "\n";

static const char steps[] =
    "1. Unpack into an empty directory, and go to where this file lies:\n"
    "\n"
    "     tar -xf %s.tar && cd %s\n"
    "\n"
    "2. The signature over the list of lists. It must say \"Signature and comment\n"
    "   signature verified\", and the trusted comment must name this bundle:\n"
    "\n"
    "     minisign -V -P %s -m tagmanifest-sha256.txt\n"
    "\n"
    "   (or -p FILE with the file of the public key that you trust)\n"
    "\n"
    "3. The files that describe the record; each line must end in \"OK\":\n"
    "\n"
    "     sha256sum -c --strict tagmanifest-sha256.txt\n"
    "\n"
    "4. The record itself; each line must end in \"OK\":\n"
    "\n"
    "     sha256sum -c --strict --quiet manifest-sha256.txt && echo all OK\n"
    "\n"
    "5. Nothing was added. sha256sum does not see a file that is on no list, so count:\n"
    "\n"
    "     find data -type f | wc -l          must print %llu\n"
    "     find data ! -type f ! -type d      must print nothing\n"
    "     find . -type f ! -path './data/*'  must print the files that\n"
    "                                        tagmanifest-sha256.txt names, itself and\n"
    "                                        its .minisig, and nothing else\n"
    "\n"
    "   The first number is also the one behind the dot of Payload-Oxum in\n"
    "   bag-info.txt; the one before the dot is the sum of the sizes in bytes, %llu:\n"
    "\n"
    "     find data -type f -printf '%%s\\n' | awk '{n += $1} END {printf \"%%.0f\\n\", n}'\n"
    "\n";

static const char tail[] =
    "WHAT IS IN IT\n"
    "\n"
    "  data/run.json               who tested, when, on what authority, with what\n"
    "  data/packs/                 the test scripts that ran\n"
    "  data/cases/CASE/case.json   one test of one address: what was concluded, and why\n"
    "  data/cases/CASE/tape.jsonl  every byte sent and received, in order, with times\n"
    "  data/cases/CASE/receipts/   what came back through the tested server\n"
    "\n"
    "All are plain text. The format is described in doc/evidence.md of ajar's source.\n"
    "With ajar, \"ajar verify\" does steps 2 to 5 at once, and \"ajar show\" prints the\n"
    "dialogues for a reader.\n";

bool closing_put_guide(struct buf *out, const struct closing *c, const struct public_key *key)
{
    char text[PUBLIC_KEY_TEXT];
    public_key_text(key, text);
    return buf_put_text(out, head) &&
           buf_printf(out, steps, c->top, c->top, text, c->files, c->octets) &&
           buf_put_text(out, tail);
}
