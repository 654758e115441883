/* context_map.c - the persistent map of a context: look-up, changed copies, walking.  Layer 7b.
 *
 * A changed copy shares all nodes but those on the way to the change.  A node below the root holds at least two pairs:
 * deleting keeps that true by lifting a single pair into the node above.
 */
#include "vm/task/context.h"

enum { BITS = 5, LEVELS = 13 /* 65 bits */ };

static uint32_t bit_at(uint64_t number, unsigned level) { return (uint32_t)1 << (number >> level * BITS & 31); }
static size_t pairs(const SkContextMap *m) { return (size_t)__builtin_popcount(m->values); }
static size_t children(const SkContextMap *m) { return (size_t)__builtin_popcount(m->nodes); }
static size_t pair_at(const SkContextMap *m, uint32_t bit) { return 2 * (size_t)__builtin_popcount(m->values & (bit - 1)); }
static size_t node_at(const SkContextMap *m, uint32_t bit) {
  return 2 * pairs(m) + (size_t)__builtin_popcount(m->nodes & (bit - 1));
}
static SkContextMap *as_node(SkValue v) { return sk_ptr(v); }

static void map_trace(SkMarker *k, SkObject *o) {
  const SkContextMap *m = (const SkContextMap *)o;
  sk_mark_span(k, m->items, 2 * pairs(m) + children(m));
}

const SkTypeDef sk_context_map_type = {
    .name = "_contextvars.map",
    .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(SkContextMap),
    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .trace = map_trace,
};

/* Its items are the int 0: fill them before the next allocation. */
static SkContextMap *node_new(SkVm *vm, uint32_t values, uint32_t nodes) {
  size_t n = 2 * (size_t)__builtin_popcount(values) + (size_t)__builtin_popcount(nodes);
  SkContextMap *m = sk_object_new(vm, sk_library_type(vm, &sk_context_map_type), n * sizeof(SkValue));
  m->values = values;
  m->nodes = nodes;
  return m;
}

SkValue sk_context_map_get(const SkContextMap *m, const SkContextVar *var) {
  for (unsigned level = 0; m; level++) {
    sk_assert(level < LEVELS);
    uint32_t bit = bit_at(var->number, level);
    if (m->values & bit) {
      const SkValue *pair = m->items + pair_at(m, bit);
      return sk_is(pair[0], sk_from_ptr(var)) ? pair[1] : SK_UNSET;
    }
    m = m->nodes & bit ? as_node(m->items[node_at(m, bit)]) : NULL;
  }
  return SK_UNSET;
}

/* ---- copies with one change ---- */

/* |m| without what lies at |bit|, and with |value| (a pair, var first) or |node| there. */
static SkContextMap *node_with(SkVm *vm, const SkContextMap *m, uint32_t bit, const SkValue *pair, SkContextMap *node) {
  uint32_t values = (m->values & ~bit) | (pair ? bit : 0), nodes = (m->nodes & ~bit) | (node ? bit : 0);
  SkContextMap *out = node_new(vm, values, nodes);
  for (uint32_t rest = values & ~bit; rest; rest &= rest - 1) {
    uint32_t b = rest & -rest;
    memcpy(out->items + pair_at(out, b), m->items + pair_at(m, b), 2 * sizeof(SkValue));
  }
  for (uint32_t rest = nodes & ~bit; rest; rest &= rest - 1) {
    uint32_t b = rest & -rest;
    out->items[node_at(out, b)] = m->items[node_at(m, b)];
  }
  if (pair) memcpy(out->items + pair_at(out, bit), pair, 2 * sizeof *pair);
  if (node) out->items[node_at(out, bit)] = sk_from_ptr(node);
  return out;
}

static uint64_t number_of(const SkValue *pair) { return ((const SkContextVar *)sk_ptr(pair[0]))->number; }

/* A node for two pairs whose numbers are equal above |level|. */
static SkContextMap *node_of_two(SkVm *vm, const SkValue *a, const SkValue *b, unsigned level) {
  sk_assert(level < LEVELS); /* numbers differ */
  uint32_t bit_a = bit_at(number_of(a), level), bit_b = bit_at(number_of(b), level);
  if (bit_a == bit_b) {
    SkContextMap *below = node_of_two(vm, a, b, level + 1);
    SkContextMap *m = node_new(vm, 0, bit_a);
    m->items[0] = sk_from_ptr(below);
    return m;
  }
  SkContextMap *m = node_new(vm, bit_a | bit_b, 0);
  memcpy(m->items + pair_at(m, bit_a), a, 2 * sizeof *a);
  memcpy(m->items + pair_at(m, bit_b), b, 2 * sizeof *b);
  return m;
}

static SkContextMap *node_set(SkVm *vm, const SkContextMap *m, const SkValue *pair, unsigned level, bool *added) {
  uint32_t bit = bit_at(number_of(pair), level);
  if (m->nodes & bit) {
    SkContextMap *below = node_set(vm, as_node(m->items[node_at(m, bit)]), pair, level + 1, added);
    return node_with(vm, m, bit, NULL, below);
  }
  if (m->values & bit) {
    const SkValue *there = m->items + pair_at(m, bit);
    if (sk_is(there[0], pair[0])) return node_with(vm, m, bit, pair, NULL);
    *added = true;
    return node_with(vm, m, bit, NULL, node_of_two(vm, there, pair, level + 1));
  }
  *added = true;
  return node_with(vm, m, bit, pair, NULL);
}

static bool is_single_pair(const SkContextMap *m) { return m->nodes == 0 && (m->values & (m->values - 1)) == 0; }

static SkContextMap *node_delete(SkVm *vm, const SkContextMap *m, const SkContextVar *var, unsigned level) {
  uint32_t bit = bit_at(var->number, level);
  if (m->values & bit) {
    sk_assert(sk_is(m->items[pair_at(m, bit)], sk_from_ptr(var)));
    return node_with(vm, m, bit, NULL, NULL);
  }
  sk_assert(m->nodes & bit);
  SkContextMap *below = node_delete(vm, as_node(m->items[node_at(m, bit)]), var, level + 1);
  return is_single_pair(below) ? node_with(vm, m, bit, below->items, NULL) : node_with(vm, m, bit, NULL, below);
}

static SkContextMap *as_root(SkVm *vm, SkContextMap *m) {
  m->id = ++vm->context_ids;
  return m;
}

SkContextMap *sk_context_map_set(SkVm *vm, SkContextMap *m, SkContextVar *var, SkValue v, bool *added) {
  SkValue pair[] = {sk_from_ptr(var), v};
  *added = false;
  if (m) return as_root(vm, node_set(vm, m, pair, 0, added));
  *added = true;
  m = node_new(vm, bit_at(var->number, 0), 0);
  memcpy(m->items, pair, sizeof pair);
  return as_root(vm, m);
}

SkContextMap *sk_context_map_delete(SkVm *vm, SkContextMap *m, SkContextVar *var) {
  m = node_delete(vm, m, var, 0);
  return m->values || m->nodes ? as_root(vm, m) : NULL;
}

/* ---- walking ---- */

bool sk_context_map_each(SkVm *vm, const SkContextMap *m, bool (*fn)(SkVm *vm, SkValue var, SkValue value, void *arg), void *arg) {
  for (uint32_t rest = m ? m->values | m->nodes : 0; rest; rest &= rest - 1) {
    uint32_t bit = rest & -rest;
    if (m->nodes & bit) {
      if (!sk_context_map_each(vm, as_node(m->items[node_at(m, bit)]), fn, arg)) return false;
    } else {
      const SkValue *pair = m->items + pair_at(m, bit);
      if (!fn(vm, pair[0], pair[1], arg)) return false;
    }
  }
  return true;
}
