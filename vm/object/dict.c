/* dict.c - the table behind dict: probing, inserting, deleting, rebuilding.  Layer 6.
 *
 * Comparing keys may run script code that changes the very dict being probed.  A probe therefore
 * holds no pointer across a comparison except the table cell's address; when the cell or the entry's key
 * is another one afterwards, it starts again.  (The old cell stays allocated while the probe's frame
 * still refers to it, so the addresses of two cells never coincide.)
 */
#include "vm/object/charge.h"
#include "vm/object/dict.h"

#include "vm/object/exception.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"

enum { DICT_MIN_INDEX = SK_TINY ? 4 : 8 };
static const uint32_t no_index[1] = {0};

/* Entries that an index of |size| slots may serve: two thirds. */
static uint32_t room_of_index(uint64_t size) { return (uint32_t)(size - size / 3 - (size % 3 != 0)); }

/* ---- tables ------------------------------------------------------------------------------------------ */

void sk_dict_trace(SkMarker *m, SkObject *o) {
  SkDict *d = (SkDict *)o;
  if (d->table) {
    sk_mark_cell(m, d->table);
    for (uint32_t i = d->first; i < d->used; i++) {
      sk_mark(m, d->entries[i].key);
      sk_mark(m, d->entries[i].value);
    }
  }
  const SkTypeDef *def = sk_shape_of(sk_marker_vm(m), sk_from_ptr(o))->def;
  if (def && def->trace) def->trace(m, o); /* a native subclass with fields of its own */
  sk_trace_attributes(m, o);
}

/* Makes a dict empty; also what a new one needs before anybody may look at it. */
static void dict_reset(SkDict *d) {
  d->keys_version = 0;
  d->mask = 0;
  d->index = (uint32_t *)(uintptr_t)no_index; /* never written: the table is NULL */
  d->entries = NULL;
  d->live = d->used = d->room = d->filled = d->first = 0;
  d->table = NULL;
}

void sk_dict_init(SkDict *d) { dict_reset(d); }

SkDict *sk_dict_new(SkVm *vm) {
  SkDict *d = sk_object_new_id(vm, SK_T_dict, 0);
  dict_reset(d);
  return d;
}

static size_t index_size_for(SkVm *vm, size_t entries) {
  uint64_t size = DICT_MIN_INDEX;
  if (entries > (UINT32_C(1) << 30)) sk_raise_nomem(vm);
  while (room_of_index(size) < entries) size *= 2;
  return size;
}

/* Puts entry number |e| with |hash| into the first empty slot of its probe sequence. */
SK_INLINE void index_add(uint32_t *index, uint32_t mask, int64_t hash, uint32_t e) {
  uint64_t perturb = (uint64_t)hash, i = perturb & mask;
  while (index[i]) {
    perturb >>= 5;
    i = (i * 5 + perturb + 1) & mask;
  }
  index[i] = e + 1;
}

/* The same for tables of any keys: many of one hash cost a probe for each pair. */
SK_INLINE void index_add_charged(SkVm *vm, uint32_t *index, uint32_t mask, int64_t hash, uint32_t e) {
  uint64_t perturb = (uint64_t)hash, i = perturb & mask;
  for (size_t turns = 0; index[i];) {
    SK_TURN(vm, turns);
    perturb >>= 5;
    i = (i * 5 + perturb + 1) & mask;
  }
  index[i] = e + 1;
}

/* Gives |d| a new table for at least |entries| live ones, holding those of |from| (|d| itself or another)
 * behind |gap| dead ones.  No script code runs; the cell is filled before the dict points to it. */
static void dict_rebuild(SkVm *vm, SkDict *d, const SkDict *from, size_t entries, uint32_t gap) {
  size_t size = index_size_for(vm, entries + gap);
  uint32_t room = room_of_index(size), mask = (uint32_t)(size - 1), n = gap;
  SkRaw *table = sk_raw_new(vm, room * sizeof(SkDictEntry) + size * sizeof(uint32_t));
  SkDictEntry *to = (SkDictEntry *)table->data;
  uint32_t *index = (uint32_t *)(to + room);
  size_t turns = 0;
  for (uint32_t i = 0; i < gap; i++) to[i].key = SK_UNSET;
  for (uint32_t i = from->first; i < from->used; i++) {
    if (sk_is_unset(from->entries[i].key)) continue;
    to[n] = from->entries[i];
    SK_TURN(vm, turns);
    index_add_charged(vm, index, mask, to[n].hash, n);
    n++;
  }
  sk_assert(n == from->live + gap);
  sk_barrier(vm, d);
  d->keys_version = 0;
  d->mask = mask;
  d->index = index;
  d->entries = to;
  d->live = d->filled = n - gap;
  d->used = n;
  d->room = room;
  d->first = gap;
  d->table = table;
}

SkDict *sk_dict_new_sized(SkVm *vm, size_t n) {
  SkDict *d = sk_dict_new(vm);
  if (n) dict_rebuild(vm, d, d, n, 0);
  return d;
}

void sk_dict_clear(SkVm *vm, SkDict *d) {
  (void)vm;
  dict_reset(d);
}

/* ---- probing ------------------------------------------------------------------------------------------- */

/* The dict's hash of a key: that of the built-in types without a call. */
SK_INLINE int64_t hash_of(SkVm *vm, SkValue key) {
  if (sk_is_smallint(key)) return sk_smallint_hash(key);
  if (sk_has_kind(key, SK_KIND_STR)) {
    SkStr *s = sk_as_str(key);
    if (SK_LIKELY(s->hash && (s->head.aux & SK_STR_INTERNED))) return s->hash;
  }
  return sk_hash(vm, key);
}

/* Entry number of |key| or -1.  |plain| says that |key| is a small int or an exact str: then entries
 * with keys of the same sort are compared here, and only others need a call. */
static int64_t dict_find_slow(SkVm *vm, SkDict *d, SkValue key, int64_t hash) {
restart:;
  SkRaw *table = d->table;
  uint32_t mask = d->mask;
  uint64_t perturb = (uint64_t)hash, i = perturb & mask;
  for (uint32_t slot; (slot = d->index[i]) != 0;) {
    SkDictEntry *e = &d->entries[slot - 1];
    SkValue found = e->key;
    if (e->hash == hash && !sk_is_unset(found)) {
      if (sk_is(found, key)) return slot - 1;
      sk_charge(vm, 1);
      bool same = sk_equal(vm, found, key);
      if (d->table != table || !sk_is(d->entries[slot - 1].key, found)) goto restart;
      if (same) return slot - 1;
    }
    perturb >>= 5;
    i = (i * 5 + perturb + 1) & mask;
  }
  sk_keep(table);
  return -1;
}

/* Strings against strings need no call; the first other key with the same hash hands over. */
static int64_t dict_find_str(SkVm *vm, SkDict *d, SkStr *key, int64_t hash) {
  uint32_t mask = d->mask;
  const uint32_t *index = d->index;
  const SkDictEntry *entries = d->entries;
  uint64_t perturb = (uint64_t)hash, i = perturb & mask;
  SkValue k = sk_from_ptr(key);
  for (uint32_t slot; (slot = index[i]) != 0;) {
    const SkDictEntry *e = &entries[slot - 1];
    if (sk_is(e->key, k)) return slot - 1;
    if (e->hash == hash && !sk_is_unset(e->key)) {
      if (!sk_is_exactly(vm, e->key, SK_T_str)) return dict_find_slow(vm, d, k, hash);
      if (sk_str_same(vm, sk_as_str(e->key), key)) return slot - 1;
    }
    perturb >>= 5;
    i = (i * 5 + perturb + 1) & mask;
  }
  return -1;
}

static int64_t dict_find_int(SkVm *vm, SkDict *d, SkValue key, int64_t hash) {
  uint32_t mask = d->mask;
  const uint32_t *index = d->index;
  const SkDictEntry *entries = d->entries;
  uint64_t perturb = (uint64_t)hash, i = perturb & mask;
  for (uint32_t slot; (slot = index[i]) != 0;) {
    const SkDictEntry *e = &entries[slot - 1];
    if (sk_is(e->key, key)) return slot - 1;
    if (SK_UNLIKELY(e->hash == hash && !sk_is_unset(e->key) && !sk_is_smallint(e->key))) {
      return dict_find_slow(vm, d, key, hash);
    }
    perturb >>= 5;
    i = (i * 5 + perturb + 1) & mask;
  }
  return -1;
}

SK_INLINE int64_t dict_find(SkVm *vm, SkDict *d, SkValue key, int64_t hash) {
  if (sk_is_smallint(key)) return dict_find_int(vm, d, key, hash);
  if (sk_is_exactly(vm, key, SK_T_str)) return dict_find_str(vm, d, sk_as_str(key), hash);
  return dict_find_slow(vm, d, key, hash);
}

/* ---- reading ------------------------------------------------------------------------------------------- */

int64_t sk_dict_find(SkVm *vm, SkDict *d, SkValue key) { return dict_find(vm, d, key, hash_of(vm, key)); }

SkValue sk_dict_get(SkVm *vm, SkDict *d, SkValue key) {
  int64_t e = dict_find(vm, d, key, hash_of(vm, key));
  return e < 0 ? SK_UNSET : d->entries[e].value;
}

SkValue sk_dict_get_hashed(SkVm *vm, SkDict *d, SkValue key, int64_t hash) {
  int64_t e = dict_find(vm, d, key, hash);
  return e < 0 ? SK_UNSET : d->entries[e].value;
}

int64_t sk_dict_find_str(SkVm *vm, SkDict *d, SkStr *key) {
  return dict_find_str(vm, d, key, key->hash ? key->hash : sk_str_hash(vm, key));
}

SkValue sk_dict_get_str(SkVm *vm, SkDict *d, SkStr *key) {
  int64_t e = sk_dict_find_str(vm, d, key);
  return e < 0 ? SK_UNSET : d->entries[e].value;
}

SkValue sk_dict_get_cstr(SkVm *vm, SkDict *d, const char *key) {
  return sk_dict_get_str(vm, d, sk_intern(vm, key));
}

bool sk_dict_next(const SkDict *d, size_t *i, SkValue *key, SkValue *value) {
  size_t at = *i < d->first ? d->first : *i;
  while (at < d->used && sk_is_unset(d->entries[at].key)) at++;
  *i = at + 1;
  if (at >= d->used) return false;
  if (key) *key = d->entries[at].key;
  if (value) *value = d->entries[at].value;
  return true;
}

uint32_t sk_dict_version(SkVm *vm, SkDict *d) {
  if (d->keys_version == 0 && vm->keys_version != UINT32_MAX) d->keys_version = ++vm->keys_version;
  return d->keys_version;
}

/* ---- writing ------------------------------------------------------------------------------------------- */

/* Appends an entry for a key that is certainly absent. */
static void dict_insert(SkVm *vm, SkDict *d, SkValue key, int64_t hash, SkValue v) {
  if (SK_UNLIKELY(d->used == d->room || d->filled == d->room)) {
    dict_rebuild(vm, d, d, d->live + d->live / 2 + 1 + (d->live >= 4), 0);
  }
  sk_barrier(vm, d);
  index_add(d->index, d->mask, hash, d->used);
  d->entries[d->used++] = (SkDictEntry){hash, key, v};
  d->filled++;
  d->live++;
  d->keys_version = 0;
}

void sk_dict_set_hashed(SkVm *vm, SkDict *d, SkValue key, int64_t hash, SkValue v) {
  int64_t e = dict_find(vm, d, key, hash);
  if (e >= 0) {
    sk_write(vm, d, &d->entries[e].value, v);
  } else {
    dict_insert(vm, d, key, hash, v);
  }
}

void sk_dict_set(SkVm *vm, SkDict *d, SkValue key, SkValue v) {
  sk_dict_set_hashed(vm, d, key, hash_of(vm, key), v);
}

void sk_dict_set_str(SkVm *vm, SkDict *d, SkStr *key, SkValue v) {
  sk_dict_set_hashed(vm, d, sk_from_ptr(key), key->hash ? key->hash : sk_str_hash(vm, key), v);
}

void sk_dict_set_cstr(SkVm *vm, SkDict *d, const char *key, SkValue v) {
  sk_dict_set_str(vm, d, sk_intern(vm, key), v);
}

SkValue sk_dict_setdefault(SkVm *vm, SkDict *d, SkValue key, SkValue v) {
  int64_t hash = hash_of(vm, key), e = dict_find(vm, d, key, hash);
  if (e >= 0) return d->entries[e].value;
  dict_insert(vm, d, key, hash, v);
  return v;
}

/* Kills entry |e|.  Its index slot stays in use. */
void sk_dict_kill(SkDict *d, uint32_t e) {
  d->entries[e] = (SkDictEntry){0, SK_UNSET, SK_UNSET};
  d->keys_version = 0;
  if (--d->live == 0) {
    d->first = d->used;
    return;
  }
  if (e == d->first) {
    while (sk_is_unset(d->entries[d->first].key)) d->first++;
  }
}

SkValue sk_dict_pop_hashed(SkVm *vm, SkDict *d, SkValue key, int64_t hash) {
  int64_t e = dict_find(vm, d, key, hash);
  if (e < 0) return SK_UNSET;
  SkValue v = d->entries[e].value;
  sk_dict_kill(d, (uint32_t)e);
  return v;
}

SkValue sk_dict_pop(SkVm *vm, SkDict *d, SkValue key) {
  return sk_dict_pop_hashed(vm, d, key, hash_of(vm, key));
}

bool sk_dict_delete(SkVm *vm, SkDict *d, SkValue key) { return !sk_is_unset(sk_dict_pop(vm, d, key)); }

/* The last live entry, taken out; its number may be used again. */
bool sk_dict_popitem(SkDict *d, SkValue *key, SkValue *value) {
  if (d->live == 0) return false;
  while (sk_is_unset(d->entries[d->used - 1].key)) d->used--;
  SkDictEntry *e = &d->entries[d->used - 1];
  *key = e->key;
  *value = e->value;
  sk_dict_kill(d, d->used - 1);
  if (d->live) d->used--;
  return true;
}

/* Moves an entry to the end, or to the front, where room is kept for as many again. */
void sk_dict_move_to(SkVm *vm, SkDict *d, uint32_t e, bool last) {
  SkDictEntry entry = d->entries[e];
  if (last ? e == d->used - 1 : e == d->first) return;
  sk_dict_kill(d, e);
  if (last) {
    dict_insert(vm, d, entry.key, entry.hash, entry.value);
    return;
  }
  if (d->first == 0 || d->filled == d->room) {
    dict_rebuild(vm, d, d, d->live + d->live / 2 + 2, d->live / 2 + 1);
  }
  sk_barrier(vm, d);
  index_add(d->index, d->mask, entry.hash, --d->first);
  d->entries[d->first] = entry;
  d->filled++;
  d->live++;
  d->keys_version = 0;
}

/* |to| is empty.  A table with few dead entries is copied as it is. */
void sk_dict_copy_into(SkVm *vm, SkDict *to, const SkDict *from) {
  sk_assert(to->live == 0);
  if (from->live == 0) return;
  if (from->live < from->filled - from->filled / 4) {
    dict_rebuild(vm, to, from, from->live, 0);
    return;
  }
  SkRaw *table = sk_raw_new(vm, from->table->bytes);
  memcpy(table->data, from->table->data, from->table->bytes);
  sk_barrier(vm, to);
  to->keys_version = 0;
  to->mask = from->mask;
  to->entries = (SkDictEntry *)table->data;
  to->index = (uint32_t *)(to->entries + from->room);
  to->live = from->live;
  to->used = from->used;
  to->room = from->room;
  to->filled = from->filled;
  to->first = from->first;
  to->table = table;
}

SkDict *sk_dict_copy(SkVm *vm, SkDict *d) {
  SkDict *copy = sk_dict_new(vm);
  sk_dict_copy_into(vm, copy, d);
  return copy;
}
