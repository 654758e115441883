/* tree_split.c - equal siblings together: buckets of peers, paths, chains, what peers differ in.  Layer 8.
 *
 * The members of all peers of a bucket are sorted into buckets at once, so a group that stands for twenty equal ones counts the members
 * of all twenty.  A node met again only adds to its peer's |times|: however a graph is shared, work is in its edges.
 */
#include <stdlib.h>
#include <string.h>

#include "stdlib/native/tree_impl.h"

TreeBucket *tree_root_bucket(TreeDoc *d) {
  TreeBucket *b = tree_alloc(d, sizeof *b);
  b->peers = tree_alloc(d, sizeof *b->peers);
  b->peers[0] = (TreePeer){d->root, 1, {NULL, 0, 0}};
  b->count = b->room = 1;
  b->total = 1;
  b->leaves = d->root->leaves;
  return b;
}

static void put(TreeDoc *d, TreeBucket *b, TreePeer p) {
  TreeNode *n = p.node;
  b->total = tree_add(b->total, p.times);
  b->leaves = tree_add(b->leaves, tree_mul(p.times, n->leaves));
  if (n->stamp == d->stamp) {
    TreePeer *old = &b->peers[n->place];
    old->times = tree_add(old->times, p.times);
    return;
  }
  size_t room = b->room;
  b->peers = tree_more(d, b->peers, b->count, &room, sizeof *b->peers);
  b->room = (uint32_t)room;
  n->stamp = d->stamp;
  n->place = b->count;
  b->peers[b->count++] = p;
}


TreeBucket *tree_split(TreeDoc *d, const TreeBucket *b, size_t *count) {
  size_t edges = 0, room = 0, slots = 16;
  for (uint32_t i = 0; i < b->count; i++) edges += b->peers[i].node->count;
  while (slots < edges * 2) slots *= 2;
  uint32_t *table = tree_alloc(d, slots * sizeof *table);
  TreeBucket *buckets = NULL;
  *count = 0;
  d->stamp++;
  if (!sk_stopped(d->vm)) sk_charge(d->vm, edges);
  for (uint32_t i = 0; i < b->count; i++) {
    const TreePeer *up = &b->peers[i];
    for (uint32_t k = 0; k < up->node->count; k++) {
      TreeNode *n = up->node->members[k];
      size_t slot = n->key.b & (slots - 1);
      while (!d->f.no_collapse && table[slot] && !tree_same(buckets[table[slot] - 1].peers[0].node->key, n->key)) slot = (slot + 1) & (slots - 1);
      if (d->f.no_collapse) d->stamp++; /* each on its own, the same one met again too */
      if (d->f.no_collapse || !table[slot]) {
        buckets = tree_more(d, buckets, *count, &room, sizeof *buckets);
        buckets[*count] = (TreeBucket){0};
        table[slot] = (uint32_t)++*count;
      }
      put(d, &buckets[table[slot] - 1], (TreePeer){n, up->times, {&up->path, k + 1, up->path.depth + 1}});
    }
  }
  return buckets;
}

const TreeBucket *tree_chain(TreeDoc *d, const TreeBucket *b, size_t *steps) {
  *steps = 0;
  for (;;) {
    const TreeNode *n = b->peers[0].node;
    if (!n->group || n->note_count || n->link || b->leaves != b->total) return b;
    size_t count;
    const TreeBucket *below = tree_split(d, b, &count);
    if (count != 1 || below->total != b->total) return b;
    b = below;
    ++*steps;
  }
}

/* ---- paths ---- */

/* "1.8"; of a very long one both ends. */
TreeText tree_path(TreeDoc *d, const TreePath *p) {
  enum { ENDS = 8 };
  uint32_t depth = p->depth;
  if (!depth) return (TreeText){"", 0};
  char *out = tree_alloc(d, (size_t)(depth < 2 * ENDS ? depth : 2 * ENDS + 2) * 11 + 8);
  size_t n = 0, parts = 0;
  uint32_t list[2 * ENDS];
  for (; p->depth; p = p->up)
    if (p->depth <= ENDS || p->depth > depth - ENDS || depth <= 2 * ENDS) list[parts++] = p->index;
  while (parts-- > 0) {
    n += (size_t)snprintf(out + n, 12, "%s%u", n ? "." : "", list[parts]);
    if (depth > 2 * ENDS && parts == ENDS) n += (size_t)snprintf(out + n, 8, "%s", d->f.ascii || d->f.style == SK_TREE_JSON ? "..." : ".…");
  }
  return (TreeText){out, n};
}

/* ---- classes ---- */

static int by_count(const void *x, const void *y) {
  const TreeClass *a = *(TreeClass *const *)x, *b = *(TreeClass *const *)y;
  if (a->error != b->error) return a->error - b->error;
  if (a->leaves != b->leaves) return a->leaves > b->leaves ? -1 : 1;
  size_t n = a->name.n < b->name.n ? a->name.n : b->name.n;
  int c = memcmp(a->name.s, b->name.s, n);
  return c ? c : a->name.n < b->name.n ? -1 : a->name.n > b->name.n;
}

size_t tree_sorted_classes(TreeDoc *d, TreeClass ***out) {
  size_t n = 0;
  for (TreeClass *c = d->classes; c; c = c->next) n += c->leaves > 0;
  *out = tree_alloc(d, n * sizeof **out);
  n = 0;
  for (TreeClass *c = d->classes; c; c = c->next)
    if (c->leaves) (*out)[n++] = c;
  qsort(*out, n, sizeof **out, by_count);
  return n;
}

TreeText tree_leaf_types(TreeDoc *d) {
  enum { TYPES_MOST = 8 };
  TreeClass **list;
  size_t n = tree_sorted_classes(d, &list);
  TreeText all = {"", 0};
  for (size_t i = 0; i < n && i < TYPES_MOST; i++)
    all = tree_printf(d, "%.*s%s%llu %.*s", (int)all.n, all.s, i ? ", " : "", (unsigned long long)list[i]->leaves, (int)list[i]->name.n, list[i]->name.s);
  if (n <= TYPES_MOST) return all;
  uint64_t rest = 0;
  for (size_t i = TYPES_MOST; i < n; i++) rest = tree_add(rest, list[i]->leaves);
  return tree_printf(d, "%.*s, %llu of %zu more types", (int)all.n, all.s, (unsigned long long)rest, n - TYPES_MOST);
}

/* ---- what peers differ in ---- */

static bool equal(TreeText a, TreeText b) { return a.n == b.n && !memcmp(a.s, b.s, a.n); }

static bool among(const TreeText *list, size_t n, TreeText t) {
  for (size_t i = 0; i < n; i++)
    if (equal(list[i], t)) return true;
  return false;
}

size_t tree_tasks(TreeDoc *d, const TreeBucket *b, TreeText *out, size_t most, TreeText *last) {
  (void)d;
  size_t n = 0;
  *last = (TreeText){NULL, 0};
  for (uint32_t i = 0; i < b->count; i++) {
    TreeText t = b->peers[i].node->task;
    if (!t.n) continue;
    if (n < most && !among(out, n, t)) out[n++] = t;
    *last = t;
  }
  return n;
}

size_t tree_messages(TreeDoc *d, const TreeBucket *b, TreeText *out, size_t most) {
  (void)d;
  size_t n = 0;
  for (uint32_t i = 1; i < b->count && n < most; i++) {
    TreeText t = b->peers[i].node->message;
    if (!equal(t, b->peers[0].node->message) && !among(out, n, t)) out[n++] = t;
  }
  return n;
}
