/* tree_text.c - the styles TREE, FULL and SHORT.  Layer 8.
 *
 *     ExceptionGroup: several  [3 errors: 2 ValueError, 1 KeyError]
 *       at app.py:9 in main
 *     +-[1] ValueError: bad 1  x2   task a, b
 *     |     at app.py:3 in work  | raise ValueError(f"bad {n}")
 *     |     also: bad 2
 *     +-[3] KeyError: 'k'
 *
 * Recursion goes as deep as max_depth, which is at most 100.
 */
#include <string.h>

#include "stdlib/native/tree_impl.h"

enum { INDENTED_MOST = 6, LINES_OF_ITEM = 5, TASKS_SHOWN = 3, ROOT_LINES = 20, ITEM_LINES = 3, CHAIN_NAMES = 3 };

static bool full(const TreeDoc *d) { return d->f.style == SK_TREE_FULL; }
static const char *dots(const TreeDoc *d) { return tree_sign(d, "…", "..."); }
static const char *plural(uint64_t n) { return n == 1 ? "" : "s"; }

/* ---- heads ---- */

/* Two blanks and |text|, on a line of its own when this one is full: nothing of it is cut. */
static void suffix(TreeDoc *d, TreeRole role, TreeText text, const char *connector) {
  if (!text.n) return;
  if (d->column + 2 + tree_columns(text) > d->f.width) {
    tree_end(d);
    tree_begin(d, connector);
    tree_segs(d, TREE_PLAIN, "  ");
  }
  tree_segs(d, TREE_PLAIN, "  ");
  tree_wrap(d, role, text, connector, 2, UINT32_MAX);
}

/* "ExceptionGroup > ValueError": the groups of a chain of |steps|, then the class of |n|. */
static void chain_types(TreeDoc *d, const TreeBucket *b, const TreeNode *n, size_t steps) {
  const char *arrow = tree_sign(d, " › ", " > ");
  const TreeNode *group = b->peers[0].node;
  for (size_t i = 0; i < steps && (steps <= CHAIN_NAMES || !i); i++, group = group->members[0]) {
    tree_seg(d, TREE_TYPE, group->cls->name);
    tree_segs(d, TREE_LINES, arrow);
  }
  if (steps > CHAIN_NAMES) tree_seg(d, TREE_LINES, tree_printf(d, "%s %zu more groups%s", dots(d), steps - 1, arrow));
  tree_seg(d, TREE_TYPE, n->cls->name);
}

static void message(TreeDoc *d, const TreeNode *n, const char *connector, uint32_t lines) {
  TreeText text = tree_clean(d, tree_full_message(d, n), false);
  if (!text.n) return;
  tree_segs(d, TREE_PLAIN, ": ");
  tree_wrap(d, TREE_PLAIN, text, connector, 4, full(d) ? UINT32_MAX : lines);
}

/* "(20+20 errors)" */
static TreeText error_counts(TreeDoc *d, const TreeBucket *b) {
  enum { PARTS = 4 };
  TreeText t = {"", 0};
  for (uint32_t i = 0; b->count > 1 && b->count <= PARTS && b->total == b->count && i < b->count; i++)
    t = tree_printf(d, "%.*s%s%llu", (int)t.n, t.s, i ? "+" : "", (unsigned long long)b->peers[i].node->leaves);
  if (!t.n) t = tree_printf(d, "%llu", (unsigned long long)b->leaves);
  return tree_printf(d, "(%.*s error%s)", (int)t.n, t.s, plural(b->leaves));
}

/* The last part of "Task-1/eu/eu-0". */
static TreeText last_name(TreeText task) {
  const char *slash = memrchr(task.s, '/', task.n);
  size_t from = slash && slash + 1 < task.s + task.n ? (size_t)(slash + 1 - task.s) : 0;
  return (TreeText){task.s + from, task.n - from};
}

static TreeText tasks(TreeDoc *d, const TreeBucket *b) {
  TreeText list[TASKS_SHOWN + 1], last, t = TREE_LITERAL("task ");
  size_t n = tree_tasks(d, b, list, TASKS_SHOWN + 1, &last);
  if (!n) return (TreeText){NULL, 0};
  if (n > TASKS_SHOWN && (last.n != list[n - 1].n || memcmp(last.s, list[n - 1].s, last.n))) n--; /* else the last is no more than the dots */
  for (size_t i = 0; i < n; i++) {
    TreeText name = last_name(list[i]);
    t = tree_printf(d, "%.*s%s%.*s", (int)t.n, t.s, i ? ", " : "", (int)name.n, name.s);
  }
  TreeText end = last_name(last), shown = last_name(list[n - 1]);
  bool more = end.n != shown.n || memcmp(end.s, shown.s, end.n);
  if (more) t = tree_printf(d, "%.*s, %s %.*s", (int)t.n, t.s, dots(d), (int)end.n, end.s);
  return tree_clean(d, t, true);
}

static void times(TreeDoc *d, const TreeBucket *b, const char *connector) {
  if (b->total > 1) suffix(d, TREE_COUNT, tree_printf(d, "%s%llu", tree_sign(d, "×", "x"), (unsigned long long)b->total), connector);
}

/* The first line of a member, or more when the message is long.  True: it says the place, too. */
static bool head(TreeDoc *d, const TreeSpot *outer, const TreeSpot *spot, size_t steps, const char *connector, const char *under) {
  const TreeBucket *b = spot->bucket;
  const TreeNode *n = b->peers[0].node;
  tree_begin(d, connector);
  TreeText path = tree_path(d, &b->peers[0].path);
  tree_seg(d, TREE_PATH, tree_printf(d, "[%.*s] ", (int)path.n, path.s));
  chain_types(d, outer->bucket, n, steps);
  message(d, n, under, ITEM_LINES);
  if (n->group) suffix(d, TREE_COUNT, error_counts(d, b), under);
  times(d, b, under);
  suffix(d, TREE_TASK, tasks(d, b), under);
  TreeText place = n->group && !full(d) ? tree_only_place(d, spot) : (TreeText){NULL, 0};
  bool said = place.n && d->column + 2 + tree_columns(place) <= d->f.width;
  if (said) suffix(d, TREE_PLACE, place, under);
  tree_end(d);
  return said;
}

/* ---- members ---- */

static void cut_line(TreeDoc *d, const char *connector, uint64_t errors, TreeText text) {
  tree_begin(d, connector);
  tree_seg(d, TREE_COUNT, text);
  tree_end(d);
  d->cut = tree_add(d->cut, errors);
}

static void member(TreeDoc *d, const TreeSpot *outer, const TreeBucket *bucket, uint32_t depth, bool last) {
  size_t steps;
  TreeSpot top = {outer, bucket};
  TreeSpot spot = {outer, tree_chain(d, bucket, &steps)};
  const TreeNode *n = spot.bucket->peers[0].node;
  bool indented = depth < INDENTED_MOST; /* below that only the path says how deep it is */
  const char *connector = !indented ? "" : last ? tree_sign(d, "└─", "+-") : tree_sign(d, "├─", "+-");
  const char *below = last ? "   " : tree_sign(d, "│  ", "|  ");
  const char *wrap = !indented ? "    " : last ? "       " : tree_sign(d, "│      ", "|      ");
  bool said = head(d, &top, &spot, steps, connector, wrap);
  size_t old = tree_push(d, indented ? below : "", indented ? 3 : 0), inner = d->prefix_used;
  tree_push(d, n->group && depth + 1 < d->f.max_depth ? tree_sign(d, "│   ", "|   ") : "    ", 4);
  tree_details(d, &spot, said);
  tree_pop(d, inner, 4);
  if (!n->group) d->shown = tree_add(d->shown, spot.bucket->leaves);
  else if (depth + 1 < d->f.max_depth) tree_members(d, &spot, depth + 1);
  else cut_line(d, indented ? tree_sign(d, "└─", "+-") : "    ", spot.bucket->leaves,
                tree_printf(d, "%s %llu error%s deeper (depth limit %u)", dots(d), (unsigned long long)spot.bucket->leaves, plural(spot.bucket->leaves), d->f.max_depth));
  tree_pop(d, old, indented ? 3 : 0);
}

void tree_members(TreeDoc *d, const TreeSpot *spot, uint32_t depth) {
  size_t count;
  const TreeBucket *buckets = tree_split(d, spot->bucket, &count);
  size_t shown = count > d->f.max_width ? d->f.max_width : count;
  for (size_t i = 0; i < shown; i++) {
    if (d->lines + LINES_OF_ITEM >= d->f.max_lines) return; /* told at the end */
    member(d, spot, &buckets[i], depth, i + 1 == count);
  }
  if (shown == count || tree_out_of_lines(d)) return;
  uint64_t errors = 0;
  for (size_t i = shown; i < count; i++) errors = tree_add(errors, buckets[i].leaves);
  cut_line(d, depth < INDENTED_MOST ? tree_sign(d, "└─", "+-") : "", errors,
           tree_printf(d, "%s %zu more %s%s, %llu error%s (width limit %u)", dots(d), count - shown, d->f.no_collapse ? "member" : "kind", plural(count - shown),
                       (unsigned long long)errors, plural(errors), d->f.max_width));
}

/* ---- the whole ---- */

static void say_cut(TreeDoc *d) {
  uint64_t told = tree_add(d->shown, d->cut), left = d->root->leaves > told ? d->root->leaves - told : 0;
  if (!left && !d->lines_cut) return;
  uint32_t limit = d->f.max_lines;
  d->f.max_lines = UINT32_MAX;
  tree_begin(d, "");
  if (left) tree_seg(d, TREE_COUNT, tree_printf(d, "%s %llu more error%s not shown (limit of %u lines)", dots(d), (unsigned long long)left, plural(left), limit));
  else tree_seg(d, TREE_COUNT, tree_printf(d, "%s %u more line%s", dots(d), d->lines_cut, plural(d->lines_cut)));
  tree_end(d);
}

static TreeText summary(TreeDoc *d) {
  TreeText types = tree_leaf_types(d);
  uint64_t n = d->root->leaves;
  return tree_printf(d, "[%llu error%s: %.*s]", (unsigned long long)n, plural(n), (int)types.n, types.s);
}

void tree_text(TreeDoc *d) {
  size_t steps;
  const TreeBucket *root = tree_root_bucket(d), *end = tree_chain(d, root, &steps);
  TreeSpot top = {NULL, root}, inner = {&top, end};
  const TreeNode *n = end->peers[0].node;
  tree_begin(d, "");
  chain_types(d, root, n, steps);
  message(d, n, "", ROOT_LINES);
  if (d->root->group && n->group) suffix(d, TREE_COUNT, summary(d), "");
  if (steps) suffix(d, TREE_TASK, tasks(d, end), "");
  tree_end(d);
  size_t old = tree_push(d, "  ", 2);
  tree_details(d, &top, false);
  if (steps) tree_details(d, &inner, false);
  tree_pop(d, old, 2);
  if (n->group) tree_members(d, steps ? &inner : &top, 0);
  else d->shown = 1;
  say_cut(d);
}

/* ---- SHORT: one line for each kind of error ---- */

/* The last exception of a chain of causes: where the trouble began. */
static void say_origin(TreeDoc *d, const TreeNode *n) {
  enum { LINKS = 100 };
  const TreeNode *c = n;
  for (int i = 0; c->link && i < LINKS; i++) c = c->link;
  if (c == n) return;
  TreeText text = tree_clean(d, c->message, true);
  suffix(d, TREE_LINES, tree_printf(d, "(%s %.*s%s%.*s)", n->link_kind == TREE_CAUSE ? "from" : "while handling", (int)c->cls->name.n, c->cls->name.s, text.n ? ": " : "", (int)text.n, text.s), "    ");
}

static void short_leaf(TreeDoc *d, const TreeBucket *b) {
  const TreeNode *n = b->peers[0].node;
  TreeText path = tree_path(d, &b->peers[0].path), text = tree_clean(d, tree_full_message(d, n), true);
  tree_begin(d, "");
  if (path.n) tree_seg(d, TREE_PATH, tree_printf(d, "[%.*s] ", (int)path.n, path.s));
  tree_seg(d, TREE_TYPE, n->cls->name);
  if (text.n) {
    tree_segs(d, TREE_PLAIN, ": ");
    tree_wrap(d, TREE_PLAIN, text, "", 4, ITEM_LINES);
  }
  times(d, b, "    ");
  suffix(d, TREE_PLACE, tree_last_place(d, n), "    ");
  suffix(d, TREE_TASK, tasks(d, b), "    ");
  say_origin(d, n);
  tree_end(d);
  d->shown = tree_add(d->shown, b->leaves);
}

static void short_members(TreeDoc *d, const TreeBucket *b, uint32_t depth) {
  size_t count;
  const TreeBucket *buckets = tree_split(d, b, &count);
  for (size_t i = 0; i < count && d->lines + LINES_OF_ITEM < d->f.max_lines; i++) {
    size_t steps;
    const TreeBucket *end = tree_chain(d, &buckets[i], &steps);
    if (!end->peers[0].node->group) short_leaf(d, end);
    else if (depth + 1 < d->f.max_depth) short_members(d, end, depth + 1);
  }
}

void tree_short(TreeDoc *d) {
  const TreeBucket *root = tree_root_bucket(d);
  if (!d->root->group) {
    short_leaf(d, root);
    return;
  }
  tree_begin(d, "");
  tree_seg(d, TREE_TYPE, d->root->cls->name);
  message(d, d->root, "", ITEM_LINES);
  suffix(d, TREE_COUNT, summary(d), "    ");
  suffix(d, TREE_PLACE, tree_last_place(d, d->root), "    ");
  tree_end(d);
  short_members(d, root, 0);
  say_cut(d);
}
