/* code.c - lifetime of code and lookups in its tables.                Layer 3.
 *
 * A code is one malloc block, shared between VMs and threads: only |refs| ever
 * changes, atomically.  It holds a reference to each code among its constants,
 * or, thawed, shares one block and one count with them.
 */
#include "vm/bytecode/code.h"

#include <stdlib.h>
#include <string.h>

#include "vm/bytecode/places.h"

SkCode *sk_code_alloc(size_t bytes) {
  SkCode *code = calloc(1, sizeof(SkCode) + bytes);
  if (!code) return NULL;
  code->refs = 1;
  code->doc = -1;
  code->block = code + 1;
  return code;
}

/* Codes of one image live and die together. */
static SkCode *counted(SkCode *code) { return code->unit ? code->unit : code; }

SkCode *sk_code_retain(SkCode *code) {
  __atomic_fetch_add(&counted(code)->refs, 1, __ATOMIC_RELAXED);
  return code;
}

void sk_code_release(SkCode *code) {
  if (!code) return;
  code = counted(code);
  if (__atomic_sub_fetch(&code->refs, 1, __ATOMIC_ACQ_REL) > 0) return;
  for (uint32_t i = 0; i < code->nconsts && !code->unit; i++)
    if (code->consts[i].kind == SK_K_CODE) sk_code_release(code->consts[i].code);
  free(code);
}

static SkPosition packed_position(const SkCode *code, uint32_t at) {
  SkPosition found = {at, 0, 0, -1, -1}, p;
  SkPlaces all;
  for (sk_places_begin(&all, code); sk_places_next(&all, &p) && p.at <= at;) found = p;
  return found;
}

SkPosition sk_code_position(const SkCode *code, uint32_t at) {
  if (!code->positions) return packed_position(code, at);
  uint32_t low = 0, high = code->npositions;
  while (low < high) { /* the first entry past |at| */
    uint32_t mid = (low + high) / 2;
    if (code->positions[mid].at <= at) low = mid + 1;
    else high = mid;
  }
  if (low == 0) return (SkPosition){at, 0, 0, -1, -1};
  return code->positions[low - 1];
}

const SkHandler *sk_code_handler(const SkCode *code, uint32_t at) {
  for (uint32_t i = 0; i < code->nhandlers; i++)
    if (at >= code->handlers[i].start && at < code->handlers[i].end) return &code->handlers[i];
  return NULL;
}

uint32_t sk_code_params(const SkCode *code) {
  if (code->flags & (SK_CODE_CLASS_BODY | SK_CODE_MODULE_BODY)) return 1;
  return code->argcount + code->kwonly + ((code->flags & SK_CODE_VARARGS) != 0) +
         ((code->flags & SK_CODE_VARKEYWORDS) != 0);
}
