/* places.h - the source positions of a code one after the other, however it keeps them.   Layer 3. */
#ifndef SK_BYTECODE_PLACES_H
#define SK_BYTECODE_PLACES_H

#include "vm/base/buf.h"
#include "vm/bytecode/code.h"

SK_C_BEGIN

typedef struct SkPlaces {
  const SkCode *code;
  const uint8_t *s, *end;
  uint32_t left, at;
  int32_t line;
  bool bad; /* packed bytes that are none: only before code was verified */
} SkPlaces;

void sk_places_begin(SkPlaces *p, const SkCode *code);
bool sk_places_next(SkPlaces *p, SkPosition *out);
void sk_places_pack(const SkCode *code, SkBuf *out);

SK_C_END

#endif
