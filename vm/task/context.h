/* context.h - the structs behind contexts; seen by the context files only.  Layer 7b.
 *
 * A context holds a persistent map: a trie of nodes that are never changed, five bits of the variable's number per
 * level.  Numbers are given in order of creation and never twice, so two variables always part at some level, and a
 * program with up to 32 variables has one flat node.
 *
 *   node   values: bit set = a pair lies here      nodes: bit set = a node further down
 *          items   [var value] [var value] ... [node] [node] ...        each part in order of its bits
 *
 * Every map that a context ever held has an id of its own; a variable remembers its value together with that id.
 */
#ifndef SK_TASK_CONTEXT_H
#define SK_TASK_CONTEXT_H

#include "vm/task/task_impl.h"

typedef struct SkContextMap {
  SkObject head;
  uint32_t values, nodes;
  uint64_t id;            /* of roots; 0 further down */
  SkValue items[];
} SkContextMap;

enum { /* head.aux */
  SK_CONTEXT_FROZEN = 1,  /* a snapshot: shared, never changed, no script ever holds it */
  SK_CONTEXT_ENTERED = 2  /* current somewhere: in a run(), a task's step, a callback */
};
struct SkContext {
  SkObject head;
  SkContextMap *map;      /* NULL: empty */
  uint64_t count;
  SkContext *snapshot;    /* the last one taken of it, good as long as it has the same map; or NULL */
};

typedef struct SkContextVar {
  SkObject head;
  uint64_t number;
  SkValue name;           /* str */
  SkValue otherwise;      /* default; UNSET: none */
  uint64_t seen;          /* id of the map in which ... */
  SkValue known;          /* ... it has this value, UNSET: none.  Not traced: that map keeps it alive */
} SkContextVar;

extern const SkTypeDef sk_context_map_type, sk_context_var_type, sk_context_token_type;

/* ---- maps (context_map.c); |m| NULL is the empty one ---- */
SkValue sk_context_map_get(const SkContextMap *m, const SkContextVar *var); /* UNSET: not there */
SkContextMap *sk_context_map_set(SkVm *vm, SkContextMap *m, SkContextVar *var, SkValue v, bool *added);
SkContextMap *sk_context_map_delete(SkVm *vm, SkContextMap *m, SkContextVar *var); /* it must be there */
/* Calls fn with every pair, by number, until it returns false; false then. */
bool sk_context_map_each(SkVm *vm, const SkContextMap *m, bool (*fn)(SkVm *vm, SkValue var, SkValue value, void *arg), void *arg);

/* ---- contexts (context.c) ---- */
SkContext *sk_context_new(SkVm *vm, const SkContext *like_or_null);
void sk_context_set(SkVm *vm, SkContext *c, SkContextVar *var, SkValue v); /* UNSET deletes */
bool sk_is_context(SkVm *vm, SkValue v);

/* ---- variables (context_var.c) ---- */
SkContextVar *sk_as_context_var(SkVm *vm, SkValue v); /* TypeError: a key of a context is meant */

#endif
