/* text.h - text that grows in an arena.                               Layer 4. */
#ifndef SK_COMPILE_TEXT_H
#define SK_COMPILE_TEXT_H

#include <string.h>

#include "vm/base/arena.h"

typedef struct Text {
  SkArena *arena;
  char *s;
  size_t n, room;
} Text;

static inline void text_add(Text *t, const char *s, size_t n) {
  if (t->n + n + 1 > t->room) {
    size_t more = (t->room + n + 1) * 2;
    t->s = sk_arena_grow(t->arena, t->s, t->room, more);
    t->room = more;
  }
  if (n) memcpy(t->s + t->n, s, n);
  t->n += n;
  t->s[t->n] = 0;
}
static inline void text_add_z(Text *t, const char *s) { text_add(t, s, strlen(s)); }
static inline void text_add_char(Text *t, char c) { text_add(t, &c, 1); }

#endif
