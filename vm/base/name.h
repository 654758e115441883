/* name.h - interned identifiers.                                     Layer 0.
 *
 * Within one SkNames table equal texts are equal pointers, and |id| counts
 * 0, 1, 2... in order of first appearance, so an array indexed by id is a
 * map from names.
 */
#ifndef SK_BASE_NAME_H
#define SK_BASE_NAME_H

#include <stdint.h>

#include "vm/base/arena.h"

SK_C_BEGIN

typedef struct SkName {
  uint32_t id;
  uint32_t hash;
  size_t length;
  char text[]; /* UTF-8, NUL after it */
} SkName;

typedef struct SkNames {
  SkArena *arena;
  SkName **table; /* open addressing, power of two, at most half full */
  uint32_t room;
  uint32_t count;
} SkNames;

void sk_names_init(SkNames *names, SkArena *arena);
SkName *sk_name_intern(SkNames *names, const char *text, size_t length);
SkName *sk_name_intern_z(SkNames *names, const char *text);
static inline uint32_t sk_names_count(const SkNames *names) { return names->count; }

SK_C_END

#endif
