/* freeze_impl.h - the layout of frozen code; seen by freeze.c, thaw.c and thaw_check.c.   Layer 3.
 *
 *   head | words | consts | seconds | codes | texts | names | items | handlers | cells | places | chars
 *
 * Each section begins at a multiple of 8 and is an array that can be used where it lies: a library in the
 * program's read-only data costs no memory for its instructions, texts and positions.  Codes stand in pre-order (an
 * outer one before those it holds) and own consecutive parts of every other section, in their order: a part
 * has a length but no offset, so that parts can't overlap.
 *
 *   words     instructions, as in SkCode; words that are only caches are 0
 *   consts    ImageConst; seconds: imaginary parts of the complex ones; items: members of the tuples
 *   texts     length of each text in chars, where a NUL stands behind it; elsewhere a text is its number
 *   names     names of each code, then its variables
 *   places    packed source positions (places.c)
 */
#ifndef SK_BYTECODE_FREEZE_IMPL_H
#define SK_BYTECODE_FREEZE_IMPL_H

#include "vm/bytecode/code.h"

#define SK_FREEZE_MAGIC "SKC2"

enum {
  SEC_WORDS, SEC_CONSTS, SEC_SECONDS, SEC_CODES, SEC_TEXTS, SEC_NAMES, SEC_ITEMS, SEC_HANDLERS, SEC_CELLS, SEC_PLACES, SEC_CHARS, SEC_COUNT
};

typedef struct ImageHead {
  char magic[4];
  uint32_t reserved;
  uint64_t fingerprint; /* sk_freeze_fingerprint of the build that wrote it */
  uint64_t bytes;       /* of the whole image */
  uint64_t checksum;    /* of what follows it */
  uint32_t count[SEC_COUNT + 1]; /* elements of each section; one more to fill up */
} ImageHead;

typedef struct ImageCode {
  uint32_t name, qualname, filename;
  int32_t first_line;
  uint32_t flags;
  uint16_t argcount, posonly, kwonly, nlocals, nfree, nregs;
  int32_t doc;
  uint32_t ninsns, nconsts, nnames, nhandlers, npositions, nplaces; /* nplaces: bytes */
} ImageCode;

typedef struct ImageConst {
  uint32_t kind, count; /* count: members of a tuple or frozenset */
  uint64_t x;           /* bits of the number; number of the text, or of the code */
} ImageConst;

static_assert(sizeof(ImageHead) % 8 == 0 && sizeof(ImageConst) == 16 && sizeof(SkHandler) == 16 && sizeof(SkInsn) == 8, "no holes");

extern const uint8_t sk_image_size[SEC_COUNT]; /* of an element */

/* Changes whenever an instruction, the layout or the byte order does. */
uint64_t sk_freeze_fingerprint(void);
uint64_t sk_freeze_checksum(const void *image, size_t n);

/* A frozen image with its sections found: every pointer is inside, but nothing in them has been looked at. */
typedef struct Image {
  const ImageHead *head;
  SkInsn *words;
  const ImageConst *consts;
  const uint64_t *seconds;
  const ImageCode *codes;
  const uint32_t *texts, *names, *items;
  const SkHandler *handlers;
  const uint8_t *cells, *places;
  const char *chars;
} Image;

/* Where the words of an instruction are that hold more than a cache: bits of the second word that stay. */
uint64_t sk_insn_kept(unsigned op);

/* thaw_check.c: what the codes may then be made of.  NULL, or what is wrong.  Empties the cache words. */
const char *sk_image_check(const Image *image);

#endif
