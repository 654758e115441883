/* str_intern.c - one object per interned text.  Layer 6.
 *
 * The table is weak: strings that nobody uses any more leave it at the end of marking.
 */
#include <string.h>

#include "vm/object/exception.h"
#include "vm/object/str_impl.h"

struct SkInternTable {
  SkStr **slots; /* NULL empty, GONE deleted */
  size_t size, used;
};
#define GONE ((SkStr *)1)

static void drop_dead(SkVm *vm, void *arg) {
  struct SkInternTable *t = arg;
  (void)vm;
  for (size_t i = 0; i < t->size; i++)
    if (t->slots[i] && t->slots[i] != GONE && !sk_gc_is_live(t->slots[i])) t->slots[i] = GONE;
}

static bool table_rebuild(SkVm *vm, struct SkInternTable *t, size_t size) {
  SkStr **slots = sk_mem_new(vm, size * sizeof *slots);
  if (!slots) return false;
  size_t used = 0;
  for (size_t i = 0; i < t->size; i++) {
    SkStr *s = t->slots[i];
    if (!s || s == GONE) continue;
    size_t at = (size_t)s->hash & (size - 1);
    while (slots[at]) at = (at + 1) & (size - 1);
    slots[at] = s;
    used++;
  }
  sk_mem_free(vm, t->slots, t->size * sizeof *t->slots);
  *t = (struct SkInternTable){slots, size, used};
  return true;
}

static struct SkInternTable *table_of(SkVm *vm) {
  if (vm->interned) return vm->interned;
  struct SkInternTable *t = sk_mem_new(vm, sizeof *t);
  if (!t || !table_rebuild(vm, t, 1024)) {
    sk_mem_free(vm, t, sizeof *t);
    sk_raise_nomem(vm);
  }
  vm->interned = t;
  sk_gc_after_mark(vm, drop_dead, t);
  return t;
}

void sk_intern_free(SkVm *vm) {
  struct SkInternTable *t = vm->interned;
  if (!t) return;
  sk_mem_free(vm, t->slots, t->size * sizeof *t->slots);
  sk_mem_free(vm, t, sizeof *t);
  vm->interned = NULL;
}

static SkStr **find(struct SkInternTable *t, const char *s, size_t n, int64_t hash) {
  size_t at = (size_t)hash & (t->size - 1);
  for (;; at = (at + 1) & (t->size - 1)) {
    SkStr *c = t->slots[at];
    if (!c || (c != GONE && c->hash == hash && c->bytes == n && memcmp(c->data, s, n) == 0)) return &t->slots[at];
  }
}

static SkStr *add(SkVm *vm, struct SkInternTable *t, SkStr *s) {
  if ((t->used + 1) * 3 > t->size * 2 && !table_rebuild(vm, t, t->size * 2)) sk_raise_nomem(vm);
  *find(t, s->data, s->bytes, s->hash) = s;
  t->used++;
  s->head.aux |= SK_STR_INTERNED;
  return s;
}

SkStr *sk_intern(SkVm *vm, const char *text) {
  size_t n = strlen(text);
  struct SkInternTable *t = table_of(vm);
  int64_t hash = str_hash_bytes(vm, text, n);
  SkStr *s = *find(t, text, n, hash);
  if (s) return s;
  s = sk_str_new(vm, text, n);
  s->hash = hash;
  return add(vm, t, s);
}

SkStr *sk_str_intern(SkVm *vm, SkStr *s) {
  if (s->head.aux & SK_STR_INTERNED) return s;
  struct SkInternTable *t = table_of(vm);
  int64_t hash = sk_str_hash(vm, s);
  SkStr *known = *find(t, s->data, s->bytes, hash);
  if (known) return known;
  if (!sk_is_exactly(vm, sk_from_ptr(s), SK_T_str)) s = sk_str_new(vm, s->data, s->bytes);
  s->hash = hash;
  return add(vm, t, s);
}
