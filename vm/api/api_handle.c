/* api_handle.c - handles: names that the host has for values; scopes, refs.  Layer 9.
 *
 * Handles are a stack of slots.  A scope is a height of it; closing one gives the slots above back, and their stamps with
 * them.  A host function has its own floor, which no scope that it closes goes below: its callers' handles are safe from it.
 */
#include <stdio.h>

#include "vm/api/api_impl.h"

enum { FIRST_SLOTS = 32 };

skein_status api_misuse(skein_vm *v, const char *what) {
  v->misuse = what;
  return SKEIN_ERR_MISUSE;
}

skein_status api_misusef(skein_vm *v, const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  vsnprintf(v->misuse_text, sizeof v->misuse_text, format, ap);
  va_end(ap);
  return api_misuse(v, v->misuse_text);
}

const char *skein_misuse(skein_vm *v) { return v->misuse ? v->misuse : ""; }

/* ---- slots ---- */

void handles_mark(SkMarker *m, skein_vm *v) {
  for (size_t i = 0; i < v->own.count; i++) {
    sk_mark(m, v->own.items[i].value);
    sk_mark(m, v->own.items[i].held);
  }
  sk_mark(m, v->own.pending);
  if (v->own.function) sk_mark_ptr(m, v->own.function);
}

void handles_free(void *place) {
  Handles *h = place;
  if (h->items) sk_mem_free(h->vm, h->items, h->room * sizeof *h->items);
  h->items = NULL;
  h->count = h->room = 0;
}

bool handles_grow(skein_vm *v, size_t more) {
  Handles *h = &v->own;
  size_t room = h->room ? h->room : FIRST_SLOTS;
  while (room - h->count < more || room == h->room) room *= 2;
  if (room > UINT32_MAX) return false;
  Slot *items = sk_mem_grow(core(v), h->items, h->room * sizeof *items, room * sizeof *items);
  if (!items) return false;
  h->vm = core(v);
  h->items = items;
  h->room = room;
  return true;
}

void handle_bad(skein_vm *v, skein_val h) { v->misuse = h.bits ? "a handle whose scope was closed, or of another VM" : "the absent handle"; }

const char *handle_text(skein_vm *v, skein_val of, SkStr *text) {
  SkVm *vm = core(v);
  SkValue value = sk_from_ptr(text);
  size_t at = (size_t)(uint32_t)of.bits - 1;
  const char *s = sk_str_terminated(vm, text);
  Slot *slot = &v->own.items[at];
  if (sk_is(slot->held, value) || sk_is(slot->value, value)) return s;
  if (sk_is_none(slot->held)) {
    slot->held = value;
  } else { /* earlier texts of the handle live as long */
    SkTuple *both = sk_tuple_pack(vm, 2, slot->held, value);
    v->own.items[at].held = sk_from_ptr(both);
  }
  return s;
}

SkValue *handle_values(skein_vm *v, const skein_val *items, size_t n, SkValue *small, size_t room, skein_status *status) {
  SkValue *values = small;
  if (n && !items) {
    *status = api_misuse(v, "an array of handles is NULL");
    return NULL;
  }
  if (n > room) values = n <= SIZE_MAX / sizeof *values / 2 ? sk_mem_grow(core(v), NULL, 0, n * sizeof *values) : NULL;
  *status = SKEIN_ERR_NOMEM;
  for (size_t i = 0; values && i < n; i++) {
    if (SK_LIKELY(handle_get(v, items[i], &values[i]))) continue;
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
  Handles *h = &v->own;
  size_t to = scope.mark > h->base ? scope.mark : h->base;
  if (to < h->count) h->count = to;
}

skein_val skein_scope_escape(skein_vm *v, skein_scope scope, skein_val h) {
  SkValue value = handle_value(v, h);
  skein_scope_close(v, scope);
  return handle_new(v, value);
}

/* ---- refs ---- */

struct skein_ref {
  skein_vm *vm;     /* to find foreign ones */
  skein_ref *next, **at; /* the VM's list; |at| NULL: ended by a reset */
  SkValue value;
};

skein_ref *skein_ref_new(skein_vm *v, skein_val h) {
  SkValue value;
  if (!handle_get(v, h, &value)) return NULL;
  skein_ref *r = sk_mem_new(core(v), sizeof *r);
  if (!r) return NULL;
  *r = (skein_ref){v, v->refs, &v->refs, value};
  if (r->next) r->next->at = &r->next;
  v->refs = r;
  v->ref_count++;
  return r;
}

skein_val skein_ref_get(skein_vm *v, const skein_ref *r) {
  if (r && r->vm == v && r->at) return handle_new(v, r->value);
  v->misuse = !r ? "the ref is NULL" : r->vm != v ? "a ref of another VM" : "a ref that a reset ended";
  return (skein_val){0};
}

static void unlink_ref(skein_vm *v, skein_ref *r) {
  *r->at = r->next;
  if (r->next) r->next->at = r->at;
  r->at = NULL;
  r->value = SK_NONE;
  v->ref_count--;
}

void skein_ref_free(skein_vm *v, skein_ref *r) {
  if (!r) return;
  if (r->vm != v) { /* its own VM still has it in a list */
    v->misuse = "a ref of another VM";
    return;
  }
  if (r->at) unlink_ref(v, r);
  sk_mem_free(core(v), r, sizeof *r);
}

void handles_mark_refs(SkMarker *m, skein_vm *v) {
  for (const skein_ref *r = v->refs; r; r = r->next) sk_mark(m, r->value);
}

void handles_end_refs(skein_vm *v, bool free_all) {
  while (v->refs) {
    skein_ref *r = v->refs;
    unlink_ref(v, r);
    if (free_all) sk_mem_free(core(v), r, sizeof *r);
  }
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

skein_status api_run_named(skein_vm *v, void (*fn)(SkVm *, void *), Op *op, skein_val *out) {
  if (out) *out = (skein_val){0};
  return op->s ? api_run(v, fn, op, out) : api_misuse(v, "a name is NULL");
}
