/* tree_json.c - the style JSON: one object on one line; the schema is in tree.h.  Layer 8.
 *
 * Recursion goes as deep as max_depth groups and a few causes of each; the number of objects is bounded by max_lines.
 */
#include <string.h>

#include "stdlib/native/tree_impl.h"

enum { LISTED = 8, FRAMES_FIRST = 20, FRAMES_LAST = 60, LINKS_MOST = 20 };

typedef struct Json { TreeDoc *d; uint32_t objects; } Json;

static void object(Json *j, const TreeSpot *spot, int links, TreeLink kind);

/* ---- texts ---- */

static void string(TreeDoc *d, TreeText t) {
  tree_puts(d, "\"");
  for (const char *s = t.s, *end = t.s + t.n; s < end;) {
    const char *from = s;
    uint32_t c = sk_utf8_next(&s);
    char escape[12];
    if (c == '"' || c == '\\') snprintf(escape, sizeof escape, "\\%c", (char)c);
    else if (c == '\n') snprintf(escape, sizeof escape, "\\n");
    else if (c == '\t') snprintf(escape, sizeof escape, "\\t");
    else if (c < 0x20 || c == 0x7f || c == 0x2028 || c == 0x2029 || sk_utf8_is_surrogate(c)) snprintf(escape, sizeof escape, "\\u%04x", c);
    else {
      tree_put(d, from, (size_t)(s - from));
      continue;
    }
    tree_puts(d, escape);
  }
  tree_puts(d, "\"");
}

static void text_member(TreeDoc *d, const char *name, TreeText t) {
  tree_puts(d, ",\"");
  tree_puts(d, name);
  tree_puts(d, "\":");
  if (t.s) string(d, t);
  else tree_puts(d, "null");
}

static void number(TreeDoc *d, const char *name, uint64_t n) {
  TreeText t = tree_printf(d, ",\"%s\":%llu", name, (unsigned long long)n);
  tree_put(d, t.s, t.n);
}

static void texts(TreeDoc *d, const char *name, const TreeText *list, size_t n) {
  TreeText t = tree_printf(d, ",\"%s\":[", name);
  tree_put(d, t.s, t.n);
  for (size_t i = 0; i < n; i++) {
    if (i) tree_puts(d, ",");
    string(d, list[i]);
  }
  tree_puts(d, "]");
}

static TreeText str_text(const SkStr *s) { return (TreeText){s->data, s->bytes}; }

/* ---- frames ---- */

static TreeText module_of(TreeDoc *d, const TreeFrame *f) {
  SkValue name = sk_dict_get_str(d->vm, f->func->globals, sk_intern(d->vm, "__name__"));
  return sk_is_str(name) ? str_text(sk_as_str(name)) : (TreeText){NULL, 0};
}

static void frame(TreeDoc *d, const TreeFrame *f, const TreeRun *run) {
  const SkCodeObj *code = f->func->code;
  SkPosition p = tree_position(f);
  tree_puts(d, "{\"file\":");
  string(d, str_text(code->filename));
  number(d, "line", (uint64_t)f->line);
  text_member(d, "function", str_text(code->qualname));
  text_member(d, "module", sk_stopped(d->vm) ? (TreeText){NULL, 0} : module_of(d, f));
  if (p.col >= 0 && p.end_col >= 0) {
    number(d, "col", (uint64_t)p.col);
    number(d, "end_line", (uint64_t)p.end_line);
    number(d, "end_col", (uint64_t)p.end_col);
  }
  TreeText line = tree_source_line(d, f, f->line);
  while (line.n && strchr(" \t\f", *line.s)) line = (TreeText){line.s + 1, line.n - 1};
  if (line.n) text_member(d, "source", line);
  if (tree_is_runtime(f)) tree_puts(d, ",\"runtime\":true");
  if (run->times > 1) {
    number(d, "repeats", run->times - 1);
    number(d, "period", run->period);
  }
  tree_puts(d, "}");
}

static void frames(TreeDoc *d, const TreeSpot *spot) {
  const TreeStack *s = spot->bucket->peers[0].node->stack;
  uint32_t left_out = 0, shown = 0, start = tree_first_frame(spot);
  tree_puts(d, ",\"frames\":[");
  for (uint32_t i = start; i < s->count;) {
    TreeRun run = tree_run(s, i, s->count), one = {i, 1, 1};
    bool gap = shown >= FRAMES_FIRST && s->count - i > FRAMES_LAST && run.times == 1;
    for (uint32_t k = 0; k < run.period && !gap; k++) {
      if (shown++) tree_puts(d, ",");
      frame(d, &s->frames[i + k], k + 1 == run.period ? &run : &one);
    }
    left_out += gap;
    i += run.period * run.times;
  }
  tree_puts(d, "]");
  if (left_out) number(d, "frames_omitted", left_out);
}

/* ---- exceptions ---- */

static void syntax(TreeDoc *d, const TreeNode *n) {
  static const struct { const char *name; SkExcField field; } fields[] = {
      {"file", SK_SYNTAX_FILENAME}, {"line", SK_SYNTAX_LINENO}, {"col", SK_SYNTAX_OFFSET}, {"end_line", SK_SYNTAX_END_LINENO},
      {"end_col", SK_SYNTAX_END_OFFSET}, {"text", SK_SYNTAX_TEXT}};
  tree_puts(d, ",\"syntax\":{");
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    SkValue v = sk_exc_field(n->exc, fields[i].field);
    TreeText name = tree_printf(d, "%s\"%s\":", i ? "," : "", fields[i].name);
    tree_put(d, name.s, name.n);
    if (sk_is_str(v)) string(d, str_text(sk_as_str(v)));
    else if (sk_is_smallint(v)) tree_puts(d, tree_printf(d, "%lld", (long long)sk_smallint_get(v)).s);
    else tree_puts(d, "null");
  }
  tree_puts(d, "}");
}

static void leaf_types(TreeDoc *d) {
  TreeClass **list;
  size_t n = tree_sorted_classes(d, &list);
  tree_puts(d, ",\"leaf_types\":{");
  for (size_t i = 0; i < n; i++) {
    if (i) tree_puts(d, ",");
    string(d, list[i]->name);
    tree_puts(d, tree_printf(d, ":%llu", (unsigned long long)list[i]->leaves).s);
  }
  tree_puts(d, "}");
}

static void link_member(Json *j, const TreeSpot *spot, int links) {
  TreeDoc *d = j->d;
  TreeNode *n = spot->bucket->peers[0].node;
  tree_puts(d, n->link_kind == TREE_CAUSE ? ",\"context\":null,\"cause\":" : ",\"cause\":null,\"context\":");
  if (!n->link) {
    tree_puts(d, "null");
    return;
  }
  bool cycle = links >= LINKS_MOST;
  for (const TreeSpot *up = spot; up && !cycle; up = up->up) cycle = up->bucket->peers[0].node == n->link;
  if (cycle) {
    tree_puts(d, "{\"type\":");
    string(d, n->link->cls->name);
    text_member(d, "message", n->link->message);
    tree_puts(d, ",\"cycle\":true}");
    return;
  }
  TreePeer peer = {n->link, 1, {NULL, 0, 0}};
  TreeBucket bucket = {&peer, 1, 1, 1, n->link->leaves};
  object(j, &(TreeSpot){spot, &bucket}, links + 1, (TreeLink)n->link_kind);
}

static void members(Json *j, const TreeSpot *spot, uint32_t depth) {
  TreeDoc *d = j->d;
  size_t count, i = 0;
  const TreeBucket *buckets = tree_split(d, spot->bucket, &count);
  uint64_t left = spot->bucket->leaves;
  const char *limit = depth >= d->f.max_depth ? "depth" : NULL;
  tree_puts(d, ",\"exceptions\":[");
  for (; !limit && i < count; i++) {
    if (i == d->f.max_width) limit = "width";
    else if (j->objects >= d->f.max_lines) limit = "size";
    if (limit) break;
    if (i) tree_puts(d, ",");
    object(j, &(TreeSpot){spot, &buckets[i]}, 0, TREE_NO_LINK);
    left -= buckets[i].leaves < left ? buckets[i].leaves : left;
  }
  tree_puts(d, "]");
  if (!limit) return;
  TreeText t = tree_printf(d, ",\"omitted\":{\"kinds\":%zu,\"errors\":%llu,\"limit\":\"%s\"}", count - i, (unsigned long long)left, limit);
  tree_put(d, t.s, t.n);
}

static void siblings(TreeDoc *d, const TreeBucket *b) {
  number(d, "count", b->total);
  if (b->total == 1) return;
  TreeText list[LISTED], last;
  texts(d, "messages", list, tree_messages(d, b, list, LISTED));
  texts(d, "tasks", list, tree_tasks(d, b, list, LISTED, &last));
}

static void object(Json *j, const TreeSpot *spot, int links, TreeLink kind) {
  TreeDoc *d = j->d;
  const TreeBucket *b = spot->bucket;
  const TreeNode *n = b->peers[0].node;
  uint32_t depth = 0;
  for (const TreeSpot *up = spot->up; up; up = up->up) depth++;
  tree_puts(d, !j->objects++ ? "{\"v\":1,\"type\":" : "{\"type\":");
  string(d, n->cls->name);
  text_member(d, "message", n->message);
  text_member(d, "fingerprint", tree_printf(d, "%016llx%016llx", (unsigned long long)n->key.a, (unsigned long long)n->key.b));
  if (n->group) number(d, "leaf_count", b->leaves);
  if (n->group && !spot->up) leaf_types(d);
  if (kind == TREE_NO_LINK) {
    text_member(d, "path", tree_path(d, &b->peers[0].path));
    siblings(d, b);
  }
  text_member(d, "task", n->task);
  frames(d, spot);
  texts(d, "notes", n->notes, n->note_count);
  tree_puts(d, n->exc->flags & SK_EXC_SUPPRESS_CONTEXT ? ",\"suppress_context\":true" : ",\"suppress_context\":false");
  if (sk_exc_is(d->vm, sk_from_ptr(n->exc), SK_T_SyntaxError)) syntax(d, n);
  link_member(j, spot, links);
  if (n->group) members(j, spot, depth);
  tree_puts(d, "}");
}

void tree_json(TreeDoc *d) {
  Json j = {d, 0};
  TreeSpot spot = {NULL, tree_root_bucket(d)};
  object(&j, &spot, 0, TREE_NO_LINK);
  tree_puts(d, "\n");
}
