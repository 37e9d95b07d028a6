/* VERIFY.txt: for somebody who has the bundle and has never heard of ajar. */
#include "evidence/closing.h"

static const char head[] =
    "HOW TO CHECK THIS BUNDLE WITH PUBLIC TOOLS\n"
    "\n"
    "This is a record of tests for open mail relays and open proxies. It was made by\n"
    "the program ajar, but you need neither ajar nor its authors to check that\n"
    "nothing in it was changed, added or removed since it was signed. You need tar,\n"
    "sha256sum and find (on every Linux system) and minisign (a package of that name\n"
    "in most systems; https://jedisct1.github.io/minisign/). The bundle is a BagIt\n"
    "bag (RFC 8493) in a tar file.\n"
    "\n"
    "You also need the public key of the people who made the record, from a place\n"
    "that you trust: their web site, a letter, a person. A copy lies in\n"
    "keys/operator.pub, but whoever forges a bundle can put another key there: take\n"
    "the trusted one.\n"
    "\n";

static const char steps[] =
    "1. Make an empty directory, put the bundle into it, and the trusted public key\n"
    "   as the file operator.pub; there:\n"
    "\n"
    "     tar -xf %s.tar && cd %s\n"
    "\n"
    "2. The signature over the list of lists. It must say \"Signature and comment\n"
    "   signature verified\", and the trusted comment must say \"bag:%s\":\n"
    "\n"
    "     minisign -V -p ../operator.pub -m tagmanifest-sha256.txt\n"
    "\n"
    "3. The files that describe the record; each line must end in \"OK\":\n"
    "\n"
    "     sha256sum -c --strict tagmanifest-sha256.txt\n"
    "\n"
    "4. The record itself; each line must end in \"OK\":\n"
    "\n"
    "     sha256sum -c --strict manifest-sha256.txt\n"
    "\n"
    "5. Nothing was added. sha256sum does not see a file that is on no list: count.\n"
    "\n"
    "     find data -type f | wc -l       # must print %llu\n"
    "     find . ! -type f ! -type d      # must print nothing\n"
    "     find . -type f | grep -v -e ^./data/ -e ^./tagmanifest | wc -l   # must print 5\n"
    "     ls -d tagmanifest*              # must print nothing but what is named below\n"
    "\n"
    "   The five are those that tagmanifest-sha256.txt names. Beside it stand its\n"
    "   .minisig and what step 6 is about. The number of files under data/ also stands\n"
    "   in bag-info.txt, in Payload-Oxum behind the dot; before it the sum of their\n"
    "   sizes, %llu bytes.\n"
    "\n"
    "6. Further people may have signed later: for each there is a file named\n"
    "   tagmanifest-sha256.txt.NUMBER.minisig, NUMBER being that of the key. With the\n"
    "   trusted public key of such a person as the file other.pub:\n"
    "\n"
    "       minisign -V -p ../other.pub -m tagmanifest-sha256.txt \\\n"
    "           -x tagmanifest-sha256.txt.NUMBER.minisig\n"
    "       sha256sum tagmanifest-sha256.txt.minisig\n"
    "\n"
    "   The trusted comment must say \"signature:\" and what sha256sum prints.\n"
    "\n";

static const char tail[] =
    "WHAT IS IN IT\n"
    "\n"
    "  data/run.json               who tested, when, on what authority, with what\n"
    "  data/packs/                 the test scripts that ran\n"
    "  data/cases/CASE/case.json   one test of one address: the verdict, and why\n"
    "  data/cases/CASE/tape.jsonl  every byte sent and received, in order, with times\n"
    "  data/cases/CASE/receipts/   what came back through the tested server\n"
    "\n"
    "All are plain text. The format is described in doc/evidence.md of ajar's source.\n"
    "With ajar, \"ajar verify\" does steps 2 to 6 at once, and \"ajar show\" prints\n"
    "the dialogues for a reader.\n";

bool closing_put_guide(struct buf *out, const struct closing *c)
{
    return buf_put_text(out, head) &&
           buf_printf(out, steps, c->top, c->top, c->top, c->files, c->octets) &&
           buf_put_text(out, tail);
}
