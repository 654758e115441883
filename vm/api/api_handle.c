/* api_handle.c - handles: names that the host has for values.  Layer 9.
 *
 * A stack of slots.  A scope is a height of it; closing one gives the slots above back, and their stamps with them.
 */
#include "vm/api/api_impl.h"

enum { FIRST_SLOTS = 32 };

skein_status api_misuse(skein_vm *v, const char *what) {
  v->misuse = what;
  return SKEIN_ERR_MISUSE;
}

const char *skein_misuse(skein_vm *v) { return v->misuse ? v->misuse : ""; }

void handles_mark(SkMarker *m, skein_vm *v) {
  for (size_t i = 0; i < v->own.count; i++) sk_mark(m, v->own.items[i].value);
  sk_mark(m, v->own.pending);
}

void handles_free(void *place) {
  skein_vm *v = (skein_vm *)((char *)place - offsetof(skein_vm, own));
  sk_mem_free(core(v), v->own.items, v->own.room * sizeof *v->own.items);
}

static bool grow(skein_vm *v, Handles *h) {
  size_t room = h->room ? h->room * 2 : FIRST_SLOTS;
  Slot *more = room <= UINT32_MAX ? sk_mem_grow(core(v), h->items, h->room * sizeof *more, room * sizeof *more) : NULL;
  if (!more) return false;
  h->items = more;
  h->room = room;
  return true;
}

skein_val handle_new(skein_vm *v, SkValue value) {
  Handles *h = &v->own;
  if (sk_is_unset(value) || (h->count == h->room && !grow(v, h))) return (skein_val){0};
  if (!++v->stamp) v->stamp = 1;
  h->items[h->count] = (Slot){value, v->stamp};
  return (skein_val){(uint64_t)v->stamp << 32 | ++h->count};
}

bool handle_get(skein_vm *v, skein_val handle, SkValue *out) {
  size_t at = (uint32_t)handle.bits;
  const Handles *h = &v->own;
  if (at && at <= h->count && h->items[at - 1].stamp == handle.bits >> 32) {
    *out = h->items[at - 1].value;
    return true;
  }
  v->misuse = handle.bits ? "a handle whose scope was closed, or of another VM" : "the absent handle";
  return false;
}

SkValue handle_value(skein_vm *v, skein_val h) {
  SkValue x;
  return handle_get(v, h, &x) ? x : SK_UNSET;
}

SkValue *handle_values(skein_vm *v, const skein_val *items, size_t n, SkValue *small, size_t room, skein_status *status) {
  SkValue *values = n <= room ? small : sk_mem_new(core(v), n * sizeof *values);
  *status = SKEIN_ERR_NOMEM;
  for (size_t i = 0; values && i < n; i++) {
    if (handle_get(v, items[i], &values[i])) continue;
    *status = SKEIN_ERR_MISUSE;
    handle_values_free(v, values, n, small);
    return NULL;
  }
  return values;
}

void handle_values_free(skein_vm *v, SkValue *values, size_t n, SkValue *small) {
  if (values != small) sk_mem_free(core(v), values, n * sizeof *values);
}

/* ---- scopes ---- */

skein_scope skein_scope_open(skein_vm *v) { return (skein_scope){v->own.count}; }

void skein_scope_close(skein_vm *v, skein_scope scope) {
  if (scope.mark < v->own.count) v->own.count = scope.mark;
}

skein_val skein_scope_escape(skein_vm *v, skein_scope scope, skein_val h) {
  SkValue value = handle_value(v, h);
  skein_scope_close(v, scope);
  return handle_new(v, value);
}

/* ---- the border, for most functions ---- */

skein_status api_run(skein_vm *v, void (*fn)(SkVm *, void *), Op *op, skein_val *out) {
  if (out) *out = (skein_val){0};
  if (sk_is_unset(op->a) || sk_is_unset(op->b) || sk_is_unset(op->c)) return SKEIN_ERR_MISUSE; /* handle_value() found it */
  op->result = SK_NONE;
  skein_status s = api_enter(v, fn, op);
  if (s != SKEIN_OK || !out) return s;
  *out = handle_new(v, op->result);
  return out->bits ? SKEIN_OK : SKEIN_ERR_NOMEM;
}
