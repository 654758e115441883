/* tree_detail.c - the lines under an item of the tree: frames with source and carets, messages that differ, notes, causes.  Layer 8.
 *
 *     at app.py:8 in load  | return json.loads(text)
 *                          |        ~~~~~~~~~~^^^^^^
 */
#include <string.h>
#include <unistd.h>

#include "stdlib/native/tree_impl.h"

typedef enum RowKind { FRAME, RUNTIME, REPEAT, OMITTED } RowKind;
typedef struct Row {
  RowKind kind;
  uint32_t count, period;
  TreeText place, line;   /* of a FRAME; the line as it is in the file */
  size_t from, to;        /* bytes of the line that ran; 0, 0: not known */
  bool whole_range;       /* mark the range as it is */
} Row;
typedef struct Rows { Row *rows; size_t count, room; } Rows;

enum { CAUSES_MOST = 4, NOTES_SHOWN = 5, NOTE_LINES = 6, PLACE_COLUMNS_MOST = 48, SOURCE_LEAST = 32 };

static bool full(const TreeDoc *d) { return d->f.style == SK_TREE_FULL; }
static const TreeNode *node_of(const TreeSpot *spot) { return spot->bucket->peers[0].node; }
static const char *dots(const TreeDoc *d) { return tree_sign(d, "…", "..."); }

static bool is_syntax(const TreeDoc *d, const TreeNode *n) { return sk_exc_is(d->vm, sk_from_ptr(n->exc), SK_T_SyntaxError); }

/* ---- places ---- */

/* As seen from the working directory. */
TreeText tree_file(TreeDoc *d, SkStr *filename) {
  if (!d->cwd) {
    char *cwd = tree_alloc(d, 4096);
    d->cwd = getcwd(cwd, 4095) ? cwd : strcpy(cwd, "");
  }
  size_t n = strlen(d->cwd);
  TreeText t = {filename->data, filename->bytes};
  if (n > 1 && t.n > n + 1 && !memcmp(t.s, d->cwd, n) && t.s[n] == '/') t = (TreeText){t.s + n + 1, t.n - n - 1};
  return tree_copy(d, t.s, t.n);
}

static TreeText place_of(TreeDoc *d, const TreeFrame *f) {
  const SkCodeObj *code = f->func->code;
  TreeText file = tree_file(d, code->filename);
  return tree_clean(d, tree_printf(d, "%.*s:%d in %.*s", (int)file.n, file.s, f->line, (int)code->qualname->bytes, code->qualname->data), true);
}

TreeText tree_last_place(TreeDoc *d, const TreeNode *n) {
  const TreeStack *s = n->stack;
  if (is_syntax(d, n) && sk_is_str(sk_exc_field(n->exc, SK_SYNTAX_FILENAME)) && sk_is_smallint(sk_exc_field(n->exc, SK_SYNTAX_LINENO))) {
    TreeText file = tree_file(d, sk_as_str(sk_exc_field(n->exc, SK_SYNTAX_FILENAME)));
    return tree_clean(d, tree_printf(d, "%.*s:%lld", (int)file.n, file.s, (long long)sk_smallint_get(sk_exc_field(n->exc, SK_SYNTAX_LINENO))), true);
  }
  for (uint32_t i = s->count; i-- > 0;)
    if (!tree_is_runtime(&s->frames[i])) return place_of(d, &s->frames[i]);
  return s->count ? place_of(d, &s->frames[s->count - 1]) : (TreeText){NULL, 0};
}

/* ---- rows ---- */

static Row *add(TreeDoc *d, Rows *r, RowKind kind) {
  r->rows = tree_more(d, r->rows, r->count, &r->room, sizeof *r->rows);
  Row *row = &r->rows[r->count++];
  *row = (Row){.kind = kind};
  return row;
}

static void add_frame(TreeDoc *d, Rows *r, const TreeFrame *f) {
  if (!full(d) && tree_is_runtime(f)) {
    if (!r->count || r->rows[r->count - 1].kind != RUNTIME) add(d, r, RUNTIME);
    r->rows[r->count - 1].count++;
    return;
  }
  Row *row = add(d, r, FRAME);
  row->place = place_of(d, f);
  row->line = tree_source_line(d, f, f->line);
  SkPosition p = tree_position(f);
  if (p.col < 0 || p.end_col < 0 || (size_t)p.col > row->line.n) return;
  row->from = (size_t)p.col;
  row->to = p.end_line == p.line && (size_t)p.end_col <= row->line.n ? (size_t)p.end_col : row->line.n;
}

/* Characters from 1 to bytes from 0. */
static size_t byte_of(TreeText line, int64_t column) {
  const char *s = line.s, *end = line.s + line.n;
  while (column-- > 1 && s < end) sk_utf8_next(&s);
  return (size_t)(s - line.s);
}

static void add_syntax(TreeDoc *d, Rows *r, const TreeNode *n) {
  int64_t line = 0, col = 0, end = 0;
  SkValue file = sk_exc_field(n->exc, SK_SYNTAX_FILENAME), text = sk_exc_field(n->exc, SK_SYNTAX_TEXT);
  SkValue numbers[] = {sk_exc_field(n->exc, SK_SYNTAX_LINENO), sk_exc_field(n->exc, SK_SYNTAX_OFFSET), sk_exc_field(n->exc, SK_SYNTAX_END_OFFSET)};
  int64_t *into[] = {&line, &col, &end};
  for (int i = 0; i < 3; i++)
    if (sk_is_smallint(numbers[i])) *into[i] = sk_smallint_get(numbers[i]);
  if (!line && !sk_is_str(file)) return;
  Row *row = add(d, r, FRAME);
  TreeText name = sk_is_str(file) ? tree_file(d, sk_as_str(file)) : TREE_LITERAL("<string>");
  row->place = tree_clean(d, tree_printf(d, "%.*s:%lld", (int)name.n, name.s, (long long)line), true);
  if (!sk_is_str(text)) return;
  size_t length = sk_as_str(text)->bytes;
  while (length && strchr("\r\n", sk_as_str(text)->data[length - 1])) length--;
  row->line = tree_copy(d, sk_as_str(text)->data, length);
  row->from = byte_of(row->line, col);
  row->to = end > col ? byte_of(row->line, end) : row->from + (row->from < row->line.n ? sk_utf8_width(row->line.s[row->from]) : 0);
  row->whole_range = col > 0;
}

/* The middle of a long traceback goes. */
static void shorten(TreeDoc *d, Rows *r, size_t first, size_t last) {
  if (full(d) || r->count <= first + last + 1) return;
  uint32_t gone = 0;
  for (size_t i = first; i < r->count - last; i++) gone += r->rows[i].kind == FRAME ? 1 : r->rows[i].kind == REPEAT ? r->rows[i].count * r->rows[i].period : r->rows[i].count;
  memmove(r->rows + first + 1, r->rows + r->count - last, last * sizeof *r->rows);
  r->rows[first] = (Row){.kind = OMITTED, .count = gone};
  r->count = first + 1 + last;
}

static Rows rows_of(TreeDoc *d, const TreeSpot *spot) {
  Rows r = {NULL, 0, 0};
  const TreeNode *n = node_of(spot);
  const TreeStack *s = n->stack;
  for (uint32_t i = tree_first_frame(spot); i < s->count;) {
    TreeRun run = tree_run(s, i, s->count);
    for (uint32_t k = 0; k < run.period; k++) add_frame(d, &r, &s->frames[i + k]);
    i += run.period * run.times;
    if (run.times == 1) continue;
    Row *row = add(d, &r, REPEAT);
    row->count = run.times - 1;
    row->period = run.period;
  }
  if (is_syntax(d, n)) add_syntax(d, &r, n);
  shorten(d, &r, spot->up ? 1 : 4, spot->up ? 4 : 8);
  return r;
}

TreeText tree_only_place(TreeDoc *d, const TreeSpot *spot) {
  Rows r = rows_of(d, spot);
  TreeText place = {NULL, 0};
  for (size_t i = 0; i < r.count; i++) {
    if (r.rows[i].kind == RUNTIME) continue;
    if (place.n || r.rows[i].kind != FRAME) return (TreeText){NULL, 0};
    place = r.rows[i].place;
  }
  return place;
}

/* ---- showing rows ---- */

static void show_marks(TreeDoc *d, const Row *row, size_t lead, uint32_t bar) {
  TreeText line = row->line;
  char *marks = tree_alloc(d, line.n + row->to + 2);
  if (row->whole_range) {
    if (row->from > line.n) return;
    memset(marks, ' ', row->from);
    memset(marks + row->from, '^', row->to > row->from ? row->to - row->from : 1);
  } else if (!tree_carets(line.s, line.n, row->from, row->to, marks)) {
    return;
  }
  size_t end = row->to > row->from ? row->to : row->from + 1, n = 0;
  char *out = tree_alloc(d, end * 10 + 1);
  for (size_t i = lead; i < end;) {
    size_t bytes = i < line.n ? sk_utf8_width(line.s[i]) : 1;
    uint32_t columns = i < line.n ? tree_columns(tree_clean(d, (TreeText){line.s + i, bytes}, true)) : 1;
    memset(out + n, marks[i] ? marks[i] : ' ', columns);
    n += columns;
    i += bytes;
  }
  tree_begin(d, "");
  uint32_t at = d->column;
  tree_seg(d, TREE_PLAIN, tree_printf(d, "%*s", (int)(bar > at ? bar - at : 0), ""));
  tree_segs(d, TREE_LINES, tree_sign(d, "│ ", "| "));
  tree_seg(d, TREE_CARET, (TreeText){out, n});
  tree_end(d);
}

static void show_frame(TreeDoc *d, const Row *row, uint32_t column, bool marks) {
  size_t lead = 0;
  while (lead < row->line.n && strchr(" \t\f", row->line.s[lead])) lead++;
  TreeText source = tree_clean(d, (TreeText){row->line.s + lead, row->line.n - lead}, true);
  tree_begin(d, "");
  tree_segs(d, TREE_LINES, "at ");
  tree_seg(d, TREE_PLACE, row->place);
  if (source.n) {
    uint32_t needed = tree_columns(source);
    if (d->column + 4 + needed > d->f.width && (d->column + 4 + SOURCE_LEAST > d->f.width || full(d))) {
      tree_end(d);
      tree_begin(d, "   ");
    } else {
      tree_seg(d, TREE_PLAIN, tree_printf(d, "%*s", (int)(column > d->column ? column - d->column : 0), ""));
      tree_segs(d, TREE_PLAIN, "  ");
    }
    uint32_t bar = d->column;
    tree_segs(d, TREE_LINES, tree_sign(d, "│ ", "| "));
    tree_seg(d, TREE_SOURCE, source);
    tree_end(d);
    if (marks && row->to > lead) show_marks(d, row, row->from < lead ? row->from : lead, bar);
    return;
  }
  tree_end(d);
}

static void show_row(TreeDoc *d, const Row *row, uint32_t column, bool marks) {
  if (row->kind == FRAME) {
    show_frame(d, row, column, marks);
    return;
  }
  TreeText t;
  if (row->kind == RUNTIME) t = tree_printf(d, "%s %u runtime frame%s", dots(d), row->count, row->count == 1 ? "" : "s");
  else if (row->kind == OMITTED) t = tree_printf(d, "%s %u more frames", dots(d), row->count);
  else if (row->period == 1) t = tree_printf(d, "%s repeated %u more times", dots(d), row->count);
  else t = tree_printf(d, "%s these %u frames repeated %u more times", dots(d), row->period, row->count);
  tree_begin(d, "");
  tree_seg(d, TREE_LINES, t);
  tree_end(d);
}

static void show_rows(TreeDoc *d, const Rows *r, size_t from, bool marks) {
  uint32_t widest = 0;
  size_t last = r->count;
  for (size_t i = from; i < r->count; i++) {
    if (r->rows[i].kind != FRAME) continue;
    last = i;
    uint32_t columns = tree_columns(r->rows[i].place);
    if (columns > widest && columns <= PLACE_COLUMNS_MOST) widest = columns;
  }
  for (size_t i = from; i < r->count; i++) show_row(d, &r->rows[i], d->prefix_cols + 3 + widest, full(d) || (marks && i == last));
}

/* ---- the rest ---- */

static void show_also(TreeDoc *d, const TreeBucket *b) {
  enum { SHOWN = 3, KNOWN = 1000, REST_COLUMNS = 14 };
  TreeText list[KNOWN];
  size_t n = tree_messages(d, b, list, KNOWN), i = 0;
  if (!n) return;
  tree_begin(d, "");
  tree_segs(d, TREE_LINES, "also: ");
  for (; i < n && (full(d) || i < SHOWN); i++) {
    TreeText t = tree_clean(d, list[i], true);
    if (!full(d) && d->column + 2 + tree_columns(t) + (i + 1 < n ? REST_COLUMNS : 0) > d->f.width) break;
    tree_wrap(d, TREE_PLAIN, tree_printf(d, "%s%.*s", i ? "; " : "", (int)t.n, t.s), "", 6, UINT32_MAX);
  }
  if (i < n) tree_seg(d, TREE_COUNT, tree_printf(d, "%s%s%zu%s more%s", i ? "; " : "", i ? tree_sign(d, "… ", "... ") : "", n - i, n == KNOWN ? "+" : "", i ? "" : n == 1 ? " message" : " messages"));
  tree_end(d);
}

static void show_notes(TreeDoc *d, const TreeNode *n) {
  uint32_t shown = full(d) || n->note_count <= NOTES_SHOWN ? n->note_count : NOTES_SHOWN;
  for (uint32_t i = 0; i < shown; i++) {
    tree_begin(d, "");
    tree_segs(d, TREE_LINES, "note: ");
    tree_wrap(d, TREE_NOTE, tree_clean(d, n->notes[i], false), "", 6, full(d) ? UINT32_MAX : NOTE_LINES);
    tree_end(d);
  }
  if (shown == n->note_count) return;
  tree_begin(d, "");
  tree_seg(d, TREE_LINES, tree_printf(d, "%s %u more notes", dots(d), n->note_count - shown));
  tree_end(d);
}

/* An error that was raised while its task was being cancelled says why it was. */
static void show_why(TreeDoc *d, const TreeNode *n) {
  TreeText why = tree_clean(d, tree_why(d, n), false);
  if (!why.n) return;
  tree_begin(d, "");
  tree_wrap(d, TREE_NOTE, why, "", 2, full(d) ? UINT32_MAX : 3);
  tree_end(d);
}

static void show_hint(TreeDoc *d, const TreeSpot *spot) {
  if (!spot->up || !sk_exc_is(d->vm, sk_from_ptr(node_of(spot)->exc), SK_T_GeneratorExit)) return;
  tree_begin(d, "");
  tree_segs(d, TREE_LINES, "hint: ");
  tree_segs(d, TREE_NOTE, "a generator that yields inside the group was closed");
  tree_end(d);
}

/* ---- causes ---- */

/* |n| is one of the exceptions that the walk from |spot| over |links| links came by. */
static bool was_shown(const TreeSpot *spot, const TreeNode *n, int links) {
  const TreeNode *at = node_of(spot);
  for (int i = 0; i < links; i++, at = at->link)
    if (at == n) return true;
  for (const TreeSpot *up = spot->up; up; up = up->up)
    if (node_of(up) == n) return true;
  return false;
}

static void show_cause_head(TreeDoc *d, const TreeNode *n, bool cause, bool again) {
  tree_begin(d, "");
  tree_segs(d, TREE_LINES, cause ? "caused by " : "while handling ");
  tree_seg(d, TREE_TYPE, n->cls->name);
  if (n->message.n && !again) {
    tree_segs(d, TREE_PLAIN, ": ");
    tree_wrap(d, TREE_PLAIN, tree_clean(d, tree_full_message(d, n), false), "", 4, full(d) ? UINT32_MAX : 3);
  }
  if (n->group) tree_seg(d, TREE_COUNT, tree_printf(d, "  (%llu error%s)", (unsigned long long)n->leaves, n->leaves == 1 ? "" : "s"));
  if (again) tree_segs(d, TREE_LINES, " (above)");
}

static void show_cause(TreeDoc *d, const TreeSpot *spot, TreeNode *n) {
  TreePeer peer = {n, 1, {NULL, 0, 0}};
  TreeBucket bucket = {&peer, 1, 1, 1, n->leaves};
  TreeSpot below = {spot, &bucket};
  size_t old = tree_push(d, "  ", 2);
  if (full(d)) {
    Rows r = rows_of(d, &below);
    show_rows(d, &r, 0, true);
    show_notes(d, n);
    if (n->group) tree_members(d, &below, 0);
  } else if (!spot->up) {
    Rows r = rows_of(d, &below);
    size_t from = r.count;
    while (from > 0 && r.rows[from - 1].kind != FRAME) from--;
    if (from) show_rows(d, &r, from - 1, true);
  }
  tree_pop(d, old, 2);
}

static void show_causes(TreeDoc *d, const TreeSpot *spot) {
  const TreeNode *n = node_of(spot);
  uint64_t shown = d->shown, cut = d->cut; /* its errors are not those that are counted */
  int links = 0, most = full(d) ? 50 : CAUSES_MOST;
  for (; n->link && links < most && !tree_out_of_lines(d); n = n->link, links++) {
    bool again = was_shown(spot, n->link, links + 1);
    show_cause_head(d, n->link, n->link_kind == TREE_CAUSE, again);
    TreeText place = !again && spot->up && !full(d) ? tree_last_place(d, n->link) : (TreeText){NULL, 0};
    if (place.n) {
      tree_segs(d, TREE_PLAIN, "  ");
      tree_seg(d, TREE_PLACE, place);
    }
    tree_end(d);
    if (again) break;
    show_cause(d, spot, n->link);
  }
  if (n->link && links == most) {
    tree_begin(d, "");
    tree_seg(d, TREE_LINES, tree_printf(d, "%s more causes", dots(d)));
    tree_end(d);
  }
  d->shown = shown;
  d->cut = cut;
}

void tree_details(TreeDoc *d, const TreeSpot *spot, bool place_said) {
  if (!place_said) {
    Rows r = rows_of(d, spot);
    show_rows(d, &r, 0, !node_of(spot)->group);
  }
  if (spot->bucket->count > 1 && !node_of(spot)->group) show_also(d, spot->bucket);
  show_notes(d, node_of(spot));
  show_why(d, node_of(spot));
  show_hint(d, spot);
  show_causes(d, spot);
}
