/* mutate.c - mutations that know the layout of frozen code, so that most of them get past the first checks. */
#include <string.h>

#include "tests/fuzz/loader.h"
#include "vm/bytecode/freeze.h"
#include "vm/bytecode/freeze_impl.h"

uint64_t random_next(Random *r) {
  r->state ^= r->state >> 12;
  r->state ^= r->state << 25;
  r->state ^= r->state >> 27;
  return r->state * 0x2545F4914F6CDD1Du;
}

uint32_t random_below(Random *r, uint32_t n) { return n ? (uint32_t)((random_next(r) >> 32) * n >> 32) : 0; }

static size_t round8(size_t n) { return (n + 7) & ~(size_t)7; }

typedef struct Sections { uint8_t *at[SEC_COUNT]; uint32_t count[SEC_COUNT]; } Sections;

static bool find(uint8_t *image, size_t n, Sections *out) {
  ImageHead head;
  if (n < sizeof head) return false;
  memcpy(&head, image, sizeof head);
  uint64_t used = sizeof head;
  for (int s = 0; s < SEC_COUNT; s++) {
    out->at[s] = image + used;
    out->count[s] = head.count[s];
    used += round8((size_t)head.count[s] * sk_image_size[s]);
    if (used > n) return false;
  }
  return true;
}

/* A number near |x|, small, or one of those where things break. */
static uint32_t odd_number(Random *r, uint32_t x, uint32_t limit) {
  static const uint32_t edges[] = {0, 1, 2, 127, 128, 255, 256, 32767, 32768, 65534, 65535, 65536, 0x7fffffff, 0x80000000, 0xffffffff};
  switch (random_below(r, 8)) {
    case 0: return x + 1;
    case 1: return x - 1;
    case 2: return edges[random_below(r, sizeof edges / sizeof *edges)];
    case 3: return x ^ (1u << random_below(r, 32));
    case 4: return random_below(r, 20);
    default: return random_below(r, limit + 1);
  }
}

static void mutate_u16(Random *r, uint8_t *p, uint32_t limit) {
  uint16_t x;
  memcpy(&x, p, sizeof x);
  x = (uint16_t)odd_number(r, x, limit);
  memcpy(p, &x, sizeof x);
}

static void mutate_u32(Random *r, uint8_t *p, uint32_t limit) {
  uint32_t x;
  memcpy(&x, p, sizeof x);
  x = odd_number(r, x, limit);
  memcpy(p, &x, sizeof x);
}

static void mutate_word(Random *r, const Sections *s) {
  uint32_t n = s->count[SEC_WORDS], at = random_below(r, n);
  uint8_t *p = s->at[SEC_WORDS] + (size_t)at * 8;
  switch (random_below(r, 7)) {
    case 0: mutate_u16(r, p, SK_OP_COUNT); break;
    case 1: mutate_u16(r, p + 2, 24); break;
    case 2: mutate_u16(r, p + 4, 24); break;
    case 3: mutate_u16(r, p + 6, 24); break;
    case 4: memcpy(p, s->at[SEC_WORDS] + (size_t)random_below(r, n) * 8, 8); break;
    case 5: memset(p, 0, 8); break;
    default: { /* two instructions change places, or a stretch is repeated */
      uint32_t other = random_below(r, n), length = 1 + random_below(r, 6);
      if (at + length <= n && other + length <= n) memmove(p, s->at[SEC_WORDS] + (size_t)other * 8, (size_t)length * 8);
    }
  }
}

static void mutate_code(Random *r, const Sections *s) {
  uint8_t *p = s->at[SEC_CODES] + (size_t)random_below(r, s->count[SEC_CODES]) * sizeof(ImageCode);
  switch (random_below(r, 4)) {
    case 0: mutate_u32(r, p + offsetof(ImageCode, flags), UINT32_MAX - 1); break;
    case 1: p[offsetof(ImageCode, flags) + random_below(r, 4)] ^= (uint8_t)(1u << random_below(r, 8)); break;
    case 2: mutate_u16(r, p + offsetof(ImageCode, argcount) + 2 * random_below(r, 6), 12); break;
    default: mutate_u32(r, p + 4 * random_below(r, sizeof(ImageCode) / 4), 40);
  }
}

static void mutate_const(Random *r, const Sections *s) {
  uint8_t *p = s->at[SEC_CONSTS] + (size_t)random_below(r, s->count[SEC_CONSTS]) * sizeof(ImageConst);
  switch (random_below(r, 3)) {
    case 0: mutate_u32(r, p, SK_K_CODE); break;
    case 1: mutate_u32(r, p + 4, 8); break;
    default: mutate_u32(r, p + 8 + 4 * random_below(r, 2), 40);
  }
}

static void mutate_bytes(Random *r, const Sections *s, int section) {
  size_t bytes = (size_t)s->count[section] * sk_image_size[section];
  uint8_t *p = s->at[section] + random_below(r, (uint32_t)bytes);
  if (random_below(r, 2)) *p ^= (uint8_t)(1u << random_below(r, 8));
  else *p = (uint8_t)random_next(r);
}

static void mutate_section(Random *r, const Sections *s, int section) {
  if (!s->count[section]) return;
  switch (section) {
    case SEC_WORDS: mutate_word(r, s); return;
    case SEC_CODES: mutate_code(r, s); return;
    case SEC_CONSTS: mutate_const(r, s); return;
    case SEC_TEXTS: case SEC_NAMES: case SEC_ITEMS: case SEC_HANDLERS:
      mutate_u32(r, s->at[section] + (size_t)random_below(r, s->count[section] * sk_image_size[section] / 4) * 4, 40);
      return;
    default: mutate_bytes(r, s, section);
  }
}

/* A section gains or loses an element: everything behind it moves. */
static size_t resize_section(Random *r, uint8_t *image, size_t n, size_t room, const Sections *s) {
  int section = (int)random_below(r, SEC_COUNT);
  ImageHead head;
  memcpy(&head, image, sizeof head);
  size_t old = round8((size_t)head.count[section] * sk_image_size[section]);
  uint32_t count = random_below(r, 2) ? head.count[section] + 1 + random_below(r, 3) : head.count[section] - (head.count[section] != 0);
  size_t now = round8((size_t)count * sk_image_size[section]), behind = (size_t)(image + n - s->at[section]) - old;
  if (n - old + now > room) return n;
  memmove(s->at[section] + now, s->at[section] + old, behind);
  if (now > old) memset(s->at[section] + old, 0, now - old);
  head.count[section] = count;
  memcpy(image, &head, sizeof head);
  return n - old + now;
}

size_t image_mutate(uint8_t *image, size_t n, size_t room, Random *random) {
  static const uint8_t favoured[] = {SEC_WORDS, SEC_WORDS, SEC_WORDS, SEC_WORDS, SEC_WORDS, SEC_WORDS, SEC_CODES, SEC_CONSTS, SEC_HANDLERS, SEC_ITEMS};
  Sections s;
  for (uint32_t times = 1 + random_below(random, 3); times-- > 0;) {
    if (!find(image, n, &s)) {
      if (n) image[random_below(random, (uint32_t)n)] ^= (uint8_t)(1u << random_below(random, 8));
    } else if (random_below(random, 40) == 0) {
      n = resize_section(random, image, n, room, &s);
    } else if (random_below(random, 3)) {
      mutate_section(random, &s, favoured[random_below(random, sizeof favoured)]);
    } else {
      mutate_section(random, &s, (int)random_below(random, SEC_COUNT));
    }
  }
  sk_freeze_repair(image, n);
  return n;
}
