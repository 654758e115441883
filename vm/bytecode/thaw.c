/* thaw.c - bytes back to code.                                        Layer 3.
 *
 * Only what needs addresses is built: SkCode, constants, names, all of a unit in one block.  The rest is used where
 * it lies: in the program, or in a copy behind the tables when the bytes came from elsewhere.
 * Bytes from anywhere: the sections are fitted to the bytes before anything is allocated, so memory is bounded by a
 * small multiple of them; then thaw_check.c proves every reference, then verify.c every code.
 */
#include <stdlib.h>
#include <string.h>

#include "vm/bytecode/freeze.h"
#include "vm/bytecode/freeze_impl.h"

const char sk_thaw_no_memory[] = "out of memory";

static size_t round8(size_t n) { return (n + 7) & ~(size_t)7; }

/* Finds the sections of an image that lies at |bytes|; they must fill it exactly. */
static const char *find_sections(Image *m, const ImageHead *head, const void *bytes, size_t n) {
  const void *at[SEC_COUNT];
  uint64_t used = sizeof *head;
  for (int s = 0; s < SEC_COUNT; s++) {
    at[s] = (const char *)bytes + used;
    used += round8((size_t)head->count[s] * sk_image_size[s]);
    if (used > n) return "damaged code: cut off";
  }
  if (used != n) return "damaged code: wrong size";
  if (!head->count[SEC_CODES]) return "damaged code: empty";
  *m = (Image){head, (SkInsn *)(uintptr_t)at[SEC_WORDS], at[SEC_CONSTS], at[SEC_SECONDS], at[SEC_CODES], at[SEC_TEXTS], at[SEC_NAMES],
               at[SEC_ITEMS], at[SEC_HANDLERS], at[SEC_CELLS], at[SEC_PLACES], at[SEC_CHARS]};
  return NULL;
}

static const char *check_head(const ImageHead *head, const void *bytes, size_t n, SkThawTrust trust) {
  if (memcmp(head->magic, SK_FREEZE_MAGIC, sizeof head->magic)) return "no frozen code";
  if (head->bytes != n || head->reserved) return "damaged code: wrong size";
  if (trust == SK_THAW_OWN) return NULL;
  if (head->fingerprint != sk_freeze_fingerprint()) return "code frozen by another version";
  if (head->checksum != sk_freeze_checksum(bytes, n)) return "damaged code: wrong checksum";
  return NULL;
}

/* Where the next code's part of each section begins. */
typedef struct Cursor {
  const Image *m;
  SkCode *codes;
  SkCodeConst *consts;
  SkText *texts, *names;
  Image at;
} Cursor;

static void thaw_texts(const Image *m, SkText *out) {
  const char *s = m->chars;
  for (uint32_t i = 0; i < m->head->count[SEC_TEXTS]; i++) {
    out[i] = (SkText){s, m->texts[i]};
    s += (size_t)m->texts[i] + 1;
  }
}

static SkCodeConst thaw_const(Cursor *c, const ImageConst *in) {
  SkCodeConst k;
  memset(&k, 0, sizeof k);
  k.kind = (SkCodeConstKind)in->kind;
  switch (k.kind) {
    case SK_K_INT: k.i = (int64_t)in->x; break;
    case SK_K_COMPLEX: memcpy(&k.im, c->at.seconds++, sizeof k.im); /* fallthrough */
    case SK_K_FLOAT: memcpy(&k.d, &in->x, sizeof k.d); break;
    case SK_K_STR: case SK_K_BYTES: case SK_K_BIGINT:
      k.text = c->texts[in->x].s;
      k.length = c->texts[in->x].n;
      break;
    case SK_K_TUPLE: case SK_K_FROZENSET:
      k.items = c->at.items;
      k.count = in->count;
      c->at.items += in->count;
      break;
    case SK_K_CODE: k.code = &c->codes[in->x]; break;
    default: break;
  }
  return k;
}

/* The next |n| of the names, as texts. */
static const SkText *thaw_names(Cursor *c, size_t n) {
  SkText *out = c->names;
  for (size_t i = 0; i < n; i++) out[i] = c->texts[*c->at.names++];
  c->names += n;
  return out;
}

static void thaw_code(Cursor *c, const ImageCode *in, SkCode *out) {
  size_t nvars = (size_t)in->nlocals + in->nfree;
  *out = (SkCode){.unit = c->codes, .name = c->texts[in->name], .qualname = c->texts[in->qualname], .filename = c->texts[in->filename],
                  .first_line = in->first_line, .flags = in->flags, .argcount = in->argcount, .posonly = in->posonly,
                  .kwonly = in->kwonly, .nlocals = in->nlocals, .nfree = in->nfree, .nregs = in->nregs, .doc = in->doc,
                  .insns = c->at.words, .ninsns = in->ninsns, .consts = c->consts, .nconsts = in->nconsts,
                  .handlers = c->at.handlers, .nhandlers = in->nhandlers, .npositions = in->npositions,
                  .places = c->at.places, .nplaces = in->nplaces, .is_cell = c->at.cells};
  out->names = thaw_names(c, in->nnames);
  out->nnames = in->nnames;
  out->varnames = thaw_names(c, nvars);
  for (uint32_t i = 0; i < in->nconsts; i++) *c->consts++ = thaw_const(c, c->at.consts++);
  c->at.words += in->ninsns;
  c->at.handlers += in->nhandlers;
  c->at.places += in->nplaces;
  c->at.cells += nvars;
}

/* |codes| begins a block with room for all tables.  False: no memory. */
static bool thaw_all(const Image *m, SkCode *codes) {
  const uint32_t *count = m->head->count;
  Cursor c = {.m = m, .codes = codes, .consts = (SkCodeConst *)(codes + count[SEC_CODES]), .at = *m};
  c.names = (SkText *)(c.consts + count[SEC_CONSTS]);
  c.texts = malloc(((size_t)count[SEC_TEXTS] + 1) * sizeof *c.texts);
  if (!c.texts) return false;
  thaw_texts(m, c.texts);
  for (uint32_t i = 0; i < count[SEC_CODES]; i++) thaw_code(&c, &m->codes[i], &codes[i]);
  free(c.texts);
  codes->refs = 1;
  codes->block = codes;
  return true;
}

static const char *verify_all(const SkCode *codes, uint32_t n) {
  const char *why = NULL;
  uint32_t at;
  for (uint32_t i = 0; i < n && !why; i++) why = sk_code_verify(&codes[i], &at);
  return why;
}

/* The tables of an image and, unless it is our own, the image. */
static const char *thaw(const void *bytes, size_t n, SkThawTrust trust, SkCode **out) {
  ImageHead head;
  Image m;
  if (n < sizeof head) return "no frozen code";
  memcpy(&head, bytes, sizeof head);
  const char *why = check_head(&head, bytes, n, trust);
  if (!why) why = find_sections(&m, &head, bytes, n);
  if (why) return why;
  size_t tables = head.count[SEC_CODES] * sizeof(SkCode) + head.count[SEC_CONSTS] * sizeof(SkCodeConst) + head.count[SEC_NAMES] * sizeof(SkText);
  char *block = malloc(tables + (trust == SK_THAW_VERIFY ? n : 0));
  if (!block) return sk_thaw_no_memory;
  if (trust == SK_THAW_VERIFY) {
    memcpy(block + tables, bytes, n);
    find_sections(&m, &head, block + tables, n);
    why = sk_image_check(&m);
  }
  *out = (SkCode *)block;
  if (!why && !thaw_all(&m, *out)) why = sk_thaw_no_memory;
  if (!why && trust == SK_THAW_VERIFY) why = verify_all(*out, head.count[SEC_CODES]);
  if (why) free(block);
  return why;
}

SkCode *sk_code_thaw(const void *bytes, size_t n, SkThawTrust trust, const char **why) {
  SkCode *code;
  const char *wrong = thaw(bytes, n, trust, &code);
  if (why) *why = wrong;
  return wrong ? NULL : code;
}

void sk_freeze_repair(void *bytes, size_t n) {
  ImageHead head;
  if (n < sizeof head) return;
  memcpy(&head, bytes, sizeof head);
  memcpy(head.magic, SK_FREEZE_MAGIC, sizeof head.magic);
  head.fingerprint = sk_freeze_fingerprint();
  head.bytes = n;
  head.reserved = 0;
  head.checksum = sk_freeze_checksum(bytes, n);
  memcpy(bytes, &head, sizeof head);
}
