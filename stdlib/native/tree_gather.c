/* tree_gather.c - from exceptions to the graph of nodes.  Layer 8.
 *
 * Iterative: groups nested 100,000 deep cost memory, not C stack.  Along members there are no cycles (the members of a group are older
 * than it); along causes there may be, so causes are followed after all members, each once.
 */
#include "stdlib/native/tree_impl.h"
#include "vm/base/hash.h"
#include "vm/object/seq.h"

enum { NEW, OPEN, DONE };

void tree_mark(SkMarker *m, void *doc) {
  TreeDoc *d = doc;
  sk_mark(m, d->exc);
  for (TreeNode *n = d->newest; n; n = n->older) sk_mark_ptr(m, n->exc);
  for (TreeClass *c = d->classes; c; c = c->next) sk_mark_ptr(m, c->type);
  for (size_t slot = 0; slot < TREE_STACK_SLOTS; slot++)
    for (TreeStack *s = d->stacks[slot]; s; s = s->next)
      for (uint32_t i = 0; i < s->count; i++) sk_mark_ptr(m, s->frames[i].func);
}

/* ---- exception -> node ---- */

static TreeNode **find(TreeNode **map, size_t room, const SkExc *e) {
  for (size_t i = sk_hash_mix((uint64_t)e >> 4);; i++) {
    TreeNode **at = &map[i & (room - 1)];
    if (!*at || (*at)->exc == e) return at;
  }
}

static void grow_map(TreeDoc *d) {
  size_t room = d->map_room ? d->map_room * 2 : 64;
  TreeNode **map = sk_mem_new(d->vm, room * sizeof *map);
  if (!map) sk_raise_nomem(d->vm);
  for (TreeNode *n = d->newest; n; n = n->older) *find(map, room, n->exc) = n;
  sk_mem_free(d->vm, d->map, d->map_room * sizeof *d->map);
  d->map = map;
  d->map_room = room;
}

static TreeNode *node_of(TreeDoc *d, SkExc *e) {
  if (d->map_count * 2 >= d->map_room) grow_map(d);
  TreeNode **at = find(d->map, d->map_room, e);
  if (*at) return *at;
  TreeNode *n = tree_alloc(d, sizeof *n);
  n->exc = e;
  n->older = d->newest;
  *at = d->newest = n;
  d->map_count++;
  if (!sk_stopped(d->vm)) sk_charge(d->vm, 8);
  tree_fetch(d, n); /* script code may run: |at| is not used again */
  if (n->group) {
    n->count = (uint32_t)sk_group_members(e)->count;
    n->members = tree_alloc(d, n->count * sizeof *n->members);
  }
  return n;
}

/* ---- members ---- */

typedef struct Visit { TreeNode *node; uint32_t next; } Visit;

static void done(TreeDoc *d, TreeNode *n) {
  n->leaves = n->group ? 0 : 1;
  for (uint32_t i = 0; i < n->count; i++) n->leaves = tree_add(n->leaves, n->members[i]->leaves);
  tree_own_key(d, n);
  n->state = DONE;
  d->order = tree_more(d, d->order, d->order_count, &d->order_room, sizeof *d->order);
  d->order[d->order_count++] = n;
}

static void expand(TreeDoc *d, TreeNode *root) {
  size_t room = 0, depth = 0;
  Visit *stack = tree_more(d, NULL, 0, &room, sizeof *stack);
  root->state = OPEN;
  stack[depth++] = (Visit){root, 0};
  while (depth) {
    Visit *v = &stack[depth - 1];
    if (v->next == v->node->count) {
      done(d, v->node);
      depth--;
      continue;
    }
    TreeNode *m = node_of(d, sk_as_exc(sk_group_members(v->node->exc)->items[v->next]));
    v->node->members[v->next++] = m;
    if (m->state != NEW) continue;
    m->state = OPEN;
    stack = tree_more(d, stack, depth, &room, sizeof *stack);
    stack[depth++] = (Visit){m, 0};
  }
}

/* ---- causes ---- */

static void follow_link(TreeDoc *d, TreeNode *n) {
  SkExc *e = n->exc, *linked = e->cause;
  n->link_kind = TREE_CAUSE;
  if (!linked && !(e->flags & SK_EXC_SUPPRESS_CONTEXT)) {
    linked = e->context;
    n->link_kind = TREE_CONTEXT;
  }
  if (!linked) {
    n->link_kind = TREE_NO_LINK;
    return;
  }
  n->link = node_of(d, linked);
  if (n->link->state == NEW) expand(d, n->link);
}

/* ---- counts ---- */

static void count_leaves(TreeDoc *d) {
  d->root->times = 1;
  for (size_t i = d->outer_count; i-- > 0;) {
    TreeNode *n = d->order[i];
    if (!n->group) n->cls->leaves = tree_add(n->cls->leaves, n->times);
    for (uint32_t k = 0; k < n->count; k++) n->members[k]->times = tree_add(n->members[k]->times, n->times);
  }
}

void tree_gather(TreeDoc *d) {
  d->root = node_of(d, sk_as_exc(d->exc));
  expand(d, d->root);
  d->outer_count = d->order_count;
  for (size_t i = 0; i < d->order_count; i++) follow_link(d, d->order[i]);
  tree_keys(d);
  count_leaves(d);
}
