/* random.c - module _random: the Mersenne Twister MT19937.  Layer 8.
 *
 * The generator of Matsumoto and Nishimura (1998), seeded by array, so that a
 * seed gives the same stream as in CPython.  The distributions are in
 * random.py.
 */
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "vm/object/bigint.h"
#include "vm/object/exception.h"
#include "vm/object/func.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"
#include "vm/object/str.h"

enum { STATE_WORDS = 624, SHIFT = 397, LINE_WORDS = STATE_WORDS + 1 };

typedef struct Random {
  SkObject head;
  int next; /* word of the state to hand out; STATE_WORDS: make new ones first */
  uint32_t state[STATE_WORDS];
} Random;

static Random *as_random(SkValue v) { return sk_ptr(v); }

/* ---- the generator ---- */

static void twist(uint32_t *s) {
  for (int i = 0; i < STATE_WORDS; i++) {
    uint32_t y = (s[i] & 0x80000000u) | (s[(i + 1) % STATE_WORDS] & 0x7fffffffu);
    s[i] = s[(i + SHIFT) % STATE_WORDS] ^ y >> 1 ^ (y & 1 ? 0x9908b0dfu : 0);
  }
}

static uint32_t next_word(Random *r) {
  if (r->next >= STATE_WORDS) {
    twist(r->state);
    r->next = 0;
  }
  uint32_t y = r->state[r->next++];
  y ^= y >> 11;
  y ^= y << 7 & 0x9d2c5680u;
  y ^= y << 15 & 0xefc60000u;
  return y ^ y >> 18;
}

static void seed_with_word(Random *r, uint32_t word) {
  r->state[0] = word;
  for (uint32_t i = 1; i < STATE_WORDS; i++) {
    uint32_t before = r->state[i - 1];
    r->state[i] = 1812433253u * (before ^ before >> 30) + i;
  }
  r->next = STATE_WORDS;
}

static void seed_with_array(Random *r, const uint32_t *key, size_t count) {
  uint32_t *s = r->state;
  seed_with_word(r, 19650218u);
  size_t i = 1, j = 0;
  for (size_t k = count > STATE_WORDS ? count : STATE_WORDS; k > 0; k--) {
    s[i] = (s[i] ^ (s[i - 1] ^ s[i - 1] >> 30) * 1664525u) + key[j] + (uint32_t)j;
    if (++i >= STATE_WORDS) s[0] = s[STATE_WORDS - 1], i = 1;
    if (++j >= count) j = 0;
  }
  for (size_t k = STATE_WORDS - 1; k > 0; k--) {
    s[i] = (s[i] ^ (s[i - 1] ^ s[i - 1] >> 30) * 1566083941u) - (uint32_t)i;
    if (++i >= STATE_WORDS) s[0] = s[STATE_WORDS - 1], i = 1;
  }
  s[0] = 0x80000000u;
}

/* ---- seeding ---- */

/* Without the system's randomness every generator of a VM starts alike, and the same in every run. */
static void seed_from_system(SkVm *vm, Random *r) {
  uint32_t key[STATE_WORDS] = {0};
  if (!sk_may(vm, SK_CAP_RANDOM)) {
    seed_with_array(r, key, 1);
    return;
  }
  size_t got = 0;
  while (got < sizeof key) { /* at most 256 bytes at a time */
    size_t want = sizeof key - got < 256 ? sizeof key - got : 256;
    if (getentropy((char *)key + got, want) != 0) break;
    got += want;
  }
  if (got < sizeof key) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    key[0] = (uint32_t)now.tv_nsec;
    key[1] = (uint32_t)now.tv_sec;
    got = 8;
  }
  seed_with_array(r, key, got / 4);
}

static void seed_from_int(SkVm *vm, Random *r, SkValue n) {
  n = sk_int_abs(vm, n);
  size_t bytes = sk_int_bit_length(n) / 8 + 1, words = (sk_int_bit_length(n) + 31) / 32;
  size_t mark = sk_scratch_mark(vm);
  uint32_t *key = sk_scratch(vm, bytes + 8);
  memset(key, 0, bytes + 8);
  if (!words) words = 1;
  for (size_t i = 0; i < words; i++) {
    SkValue word = sk_int_rshift(vm, n, (int64_t)i * 32);
    int64_t low = 0;
    sk_int_get_i64(sk_int_mod(vm, word, sk_smallint((int64_t)1 << 32)), &low);
    key[i] = (uint32_t)low;
  }
  seed_with_array(r, key, words);
  sk_scratch_release(vm, mark);
}

static void seed(SkVm *vm, Random *r, SkValue n) {
  if (sk_is_none(n)) {
    seed_from_system(vm, r);
  } else if (sk_is_int(n)) {
    seed_from_int(vm, r, n);
  } else {
    seed_from_int(vm, r, sk_int_from_u64(vm, (uint64_t)sk_hash(vm, n)));
  }
}

/* Subclasses may take what they like; the first positional argument seeds. */
SK_NATIVE(random_new, "__new__(cls, *args, **kwargs)",
          "Random() -> create a random number generator with its own internal state.") {
  Random *r = sk_object_new(vm, sk_as_type(args[0]), 0);
  SkTuple *given = sk_as_tuple(args[1]);
  seed(vm, r, given->count ? given->items[0] : SK_NONE);
  return sk_from_ptr(r);
}

SK_NATIVE(random_init, "__init__(self, *args, **kwargs)", NULL) { return SK_NONE; }

SK_NATIVE(random_seed, "seed(self, n=None, /)",
          "Initialize internal state from n.\n\nDefaults to the current time.") {
  seed(vm, as_random(args[0]), args[1]);
  return SK_NONE;
}

/* ---- drawing ---- */

SK_NATIVE(random_random, "random(self, /)", "random() -> x in the interval [0, 1).") {
  Random *r = as_random(args[0]);
  uint32_t high = next_word(r) >> 5, low = next_word(r) >> 6; /* 27 and 26 bits */
  return sk_float_new(vm, (high * 67108864.0 + low) * (1.0 / 9007199254740992.0));
}

SK_NATIVE(random_getrandbits, "getrandbits(self, k, /)",
          "getrandbits(k) -> x.  Generates an int with k random bits.") {
  Random *r = as_random(args[0]);
  int64_t bits = sk_to_index(vm, args[1]);
  if (bits < 0) sk_raise_value(vm, "number of bits must be non-negative");
  if (bits == 0) return sk_smallint(0);
  if (bits <= 32) return sk_smallint(next_word(r) >> (32 - bits));
  size_t words = ((size_t)bits - 1) / 32 + 1, limbs = (words + 1) / 2;
  sk_heap_require(vm, limbs * sizeof(SkLimb));
  size_t mark = sk_scratch_mark(vm);
  uint8_t *bytes = sk_scratch(vm, limbs * 8);
  memset(bytes, 0, limbs * 8);
  for (size_t i = 0; i < words; i++, bits -= 32) {
    uint32_t word = next_word(r);
    if (bits < 32) word >>= 32 - bits;
    memcpy(bytes + 4 * i, &word, 4);
  }
  SkValue result = sk_int_from_magnitude(vm, (const uint64_t *)(void *)bytes, limbs, false);
  sk_scratch_release(vm, mark);
  return result;
}

/* ---- saving and restoring ---- */

SK_NATIVE(random_getstate, "getstate(self, /)",
          "getstate() -> tuple containing the current state.") {
  Random *r = as_random(args[0]);
  SkTuple *line = sk_tuple_new(vm, LINE_WORDS);
  for (size_t i = 0; i < STATE_WORDS; i++) line->items[i] = sk_smallint(r->state[i]);
  line->items[STATE_WORDS] = sk_smallint(r->next);
  return sk_from_ptr(line);
}

SK_NATIVE(random_setstate, "setstate(self, state, /)",
          "setstate(state) -> None.  Restores generator state.") {
  if (!sk_is_tuple(args[1])) sk_raise_type(vm, "state vector must be a tuple");
  SkTuple *line = sk_as_tuple(args[1]);
  if (line->count != LINE_WORDS) sk_raise_value(vm, "state vector is the wrong size");
  uint32_t state[STATE_WORDS];
  for (size_t i = 0; i < STATE_WORDS; i++) {
    SkValue item = line->items[i];
    int64_t word;
    if (!sk_is_int(item)) sk_raise_type(vm, "an integer is required");
    if (sk_int_sign(item) < 0) {
      sk_raisef(vm, SK_T_OverflowError, "can't convert negative value to unsigned int");
    }
    if (!sk_int_get_i64(item, &word)) {
      sk_raisef(vm, SK_T_OverflowError, "Python int too large to convert to C unsigned long");
    }
    state[i] = (uint32_t)word;
  }
  int64_t next = sk_to_index(vm, line->items[STATE_WORDS]);
  if (next < 0 || next > STATE_WORDS) sk_raise_value(vm, "invalid state");
  Random *r = as_random(args[0]);
  memcpy(r->state, state, sizeof state);
  r->next = (int)next;
  return SK_NONE;
}

/* ---- the module ---- */

static const SkAttrDef random_attrs[] = {
    SK_METHOD(random_seed),     SK_METHOD(random_random),   SK_METHOD(random_getrandbits),
    SK_METHOD(random_getstate), SK_METHOD(random_setstate), SK_ATTRS_END,
};

static const SkTypeDef random_type = {
    .name = "_random.Random",
    .doc = "Random() -> create a random number generator with its own internal state.",
    .base = SK_T_object,
    .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(Random),
    .attrs = random_attrs,
    .new_ = &random_new_def,
    .init_ = &random_init_def,
};

static void random_module_init(SkVm *vm, SkModule *m) {
  sk_module_add(vm, m, "Random", sk_from_ptr(sk_type_from_def(vm, &random_type)));
}

const SkModuleDef sk_random_module = {
    .name = "_random",
    .doc = "Module implements the Mersenne Twister random number generator.",
    .init = random_module_init,
};
