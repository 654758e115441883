/* tree_impl.h - the model between exceptions and their text.  Layer 8, this package only.
 *
 * gather -> keys -> split -> text or JSON.  Every exception met becomes one TreeNode, however often it is met: nodes are the vertices of
 * a graph that has no cycles along |members| (it may along |link|).  Memory is the VM's, but not the heap's: chunks that are freed
 * with the document.  What the nodes point to in the heap is marked by tree_mark, a root.
 */
#ifndef SK_STDLIB_TREE_IMPL_H
#define SK_STDLIB_TREE_IMPL_H

#include <stdio.h>

#include "stdlib/native/native.h"
#include "stdlib/native/tree.h"
#include "vm/base/utf8.h"

typedef struct TreeText { const char *s; size_t n; } TreeText;
typedef struct TreeKey { uint64_t a, b; } TreeKey; /* hash of what makes two errors equal */

/* One level of a traceback; line 0 when unknown. */
typedef struct TreeFrame { SkFunc *func; uint32_t at; int32_t line; } TreeFrame;

/* Tracebacks are kept once each: most leaves of a large group have the same one. */
typedef struct TreeStack {
  struct TreeStack *next; /* of the same hash slot */
  TreeFrame *frames;
  uint32_t count;
  uint64_t hash;
  TreeKey key;
} TreeStack;

typedef struct TreeClass {
  struct TreeClass *next;
  SkType *type;
  TreeText name;
  uint64_t leaves; /* of the outermost group */
  bool error;      /* an Exception, not only a BaseException */
} TreeClass;

typedef enum TreeLink { TREE_NO_LINK, TREE_CAUSE, TREE_CONTEXT } TreeLink;

typedef struct TreeNode TreeNode;
struct TreeNode {
  TreeNode *older;         /* all nodes, newest first */
  SkExc *exc;
  TreeClass *cls;
  TreeStack *stack;
  TreeText message, task;
  TreeText *notes;
  TreeNode *link;          /* cause or context, as a traceback shows it */
  TreeNode **members;
  uint32_t note_count, count;
  uint8_t state, link_kind;
  bool group;
  uint64_t leaves;         /* 1 for a leaf; sums saturate */
  uint64_t times;          /* how often it is a part of the outermost exception */
  TreeKey own, key;        /* without and with causes */
  uint64_t stamp;          /* tree_split: the last one that met it, and at which peer */
  uint32_t place;
};

/* Where something stands: indices from 1, innermost here. */
typedef struct TreePath { const struct TreePath *up; uint32_t index, depth; } TreePath;

/* Equal siblings. */
typedef struct TreePeer { TreeNode *node; uint64_t times; TreePath path; } TreePeer;
typedef struct TreeBucket {
  TreePeer *peers;
  uint32_t count, room;
  uint64_t total;          /* exceptions: sum of times */
  uint64_t leaves;         /* errors in them */
} TreeBucket;

typedef enum TreeRole {
  TREE_PLAIN, TREE_TYPE, TREE_PATH, TREE_PLACE, TREE_COUNT, TREE_TASK, TREE_SOURCE, TREE_CARET, TREE_NOTE, TREE_LINES, TREE_ROLES
} TreeRole;

typedef struct TreeSegment { TreeRole role; TreeText text; } TreeSegment;
typedef struct TreeFile TreeFile;
enum { TREE_PREFIX_MOST = 512, TREE_LINE_MOST = 64, TREE_SGR_MOST = 24, TREE_STACK_SLOTS = 4096 };

typedef struct TreeDoc {
  SkVm *vm;
  SkTreeFormat f;          /* limits filled in */
  SkValue exc;
  bool rooted;
  struct TreeChunk *chunks;
  TreeNode *newest, *root;
  TreeNode **map;          /* exception -> node */
  size_t map_room, map_count;
  TreeNode **order;        /* members before their groups; the first outer_count belong to the outermost exception */
  size_t order_count, order_room, outer_count;
  TreeStack *stacks[TREE_STACK_SLOTS];
  TreeClass *classes;
  TreeFrame *frames;       /* of the traceback being read */
  size_t frame_room;
  uint64_t stamp;
  TreeFile *files;
  char *cwd;
  /* output */
  char *text;
  size_t text_used, text_room;
  uint32_t lines, lines_cut;
  char prefix[TREE_PREFIX_MOST];
  size_t prefix_used;
  uint32_t prefix_cols;
  TreeSegment line[TREE_LINE_MOST];
  uint32_t segments, column;
  char sgr[TREE_ROLES][TREE_SGR_MOST];
  uint64_t shown, cut;     /* leaves */
} TreeDoc;

/* ---- memory (tree.c); MemoryError when there is none ---- */
void *tree_alloc(TreeDoc *d, size_t bytes);          /* zeroed */
/* Room for one more of |size| bytes in an array of |count|; *room follows. */
void *tree_more(TreeDoc *d, void *items, size_t count, size_t *room, size_t size);
TreeText tree_copy(TreeDoc *d, const char *s, size_t n);
__attribute__((format(printf, 2, 3))) TreeText tree_printf(TreeDoc *d, const char *format, ...);
#define TREE_LITERAL(text) ((TreeText){text, sizeof text - 1})
static inline uint64_t tree_add(uint64_t a, uint64_t b) { return a + b < a ? UINT64_MAX : a + b; }
static inline uint64_t tree_mul(uint64_t a, uint64_t b) { return __builtin_mul_overflow(a, b, &a) ? UINT64_MAX : a; }

/* ---- reading (tree_gather.c, tree_fetch.c, tree_frames.c) ---- */
void tree_gather(TreeDoc *d);
void tree_mark(SkMarker *m, void *doc);
void tree_fetch(TreeDoc *d, TreeNode *n);            /* fills in everything but members and link */
TreeStack *tree_stack(TreeDoc *d, SkExc *e);
bool tree_is_runtime(const TreeFrame *f);
/* A run of |period| frames that is gone through |times| times, from |start|. */
typedef struct TreeRun { uint32_t start, period, times; } TreeRun;
TreeRun tree_run(const TreeStack *s, uint32_t start, uint32_t end);
/* What a traceback adds to the text: "Did you mean"; script code runs. */
TreeText tree_full_message(TreeDoc *d, const TreeNode *n);
/* "while cancelled because ...", of an error that a cancelled task raised; else n is 0. */
TreeText tree_why(TreeDoc *d, const TreeNode *n);

/* ---- keys (tree_key.c) ---- */
void tree_key_bytes(TreeKey *k, const void *p, size_t n);
void tree_key_number(TreeKey *k, uint64_t n);
void tree_key_words(TreeKey *k, TreeText text);      /* numbers, quoted and hexadecimal parts all the same */
void tree_own_key(TreeDoc *d, TreeNode *n);          /* after its members' */
void tree_keys(TreeDoc *d);                          /* all |key|s */
static inline bool tree_same(TreeKey x, TreeKey y) { return x.a == y.a && x.b == y.b; }

/* ---- siblings (tree_split.c) ---- */
TreeBucket *tree_root_bucket(TreeDoc *d);
/* The members of all peers, equal ones together, in order of their first. */
TreeBucket *tree_split(TreeDoc *d, const TreeBucket *b, size_t *count);
/* Down to the leaf while each group has one member and nothing else to say; |steps| groups were passed. */
const TreeBucket *tree_chain(TreeDoc *d, const TreeBucket *b, size_t *steps);
TreeText tree_path(TreeDoc *d, const TreePath *p);   /* "1.8" */
/* "35 ConnectionError, 5 TimeoutError": what is no Exception first, then the most frequent. */
TreeText tree_leaf_types(TreeDoc *d);
size_t tree_sorted_classes(TreeDoc *d, TreeClass ***out);
/* Up to |most| of the peers' tasks, or of the messages that differ from the first's, each once. */
size_t tree_tasks(TreeDoc *d, const TreeBucket *b, TreeText *out, size_t most, TreeText *last);
size_t tree_messages(TreeDoc *d, const TreeBucket *b, TreeText *out, size_t most);

/* ---- source (tree_source.c, tree_carets.c) ---- */
TreeText tree_source_line(TreeDoc *d, const TreeFrame *f, int line); /* no line feed; n 0: unknown */
SkPosition tree_position(const TreeFrame *f);        /* line as the traceback says; col -1 when unknown */
/* The marks under |text|, a line whose part [from, to) ran: false when they would say nothing.  |marks| has room for to + 1 bytes. */
bool tree_carets(const char *text, size_t n, size_t from, size_t to, char *marks);

/* ---- lines (tree_out.c) ---- */
void tree_colors(TreeDoc *d);
void tree_put(TreeDoc *d, const char *s, size_t n);  /* raw */
void tree_puts(TreeDoc *d, const char *s);
void tree_begin(TreeDoc *d, const char *connector);
void tree_seg(TreeDoc *d, TreeRole role, TreeText text);
void tree_segs(TreeDoc *d, TreeRole role, const char *s);
void tree_end(TreeDoc *d);                           /* cut at the width */
/* Adds text of any length at the current place, going on in new lines after |connector| and |indent| columns; at most |most| lines. */
void tree_wrap(TreeDoc *d, TreeRole role, TreeText text, const char *connector, uint32_t indent, uint32_t most);
uint32_t tree_columns(TreeText text);
TreeText tree_clean(TreeDoc *d, TreeText text, bool one_line); /* control characters made visible; ASCII if wanted */
bool tree_out_of_lines(const TreeDoc *d);
size_t tree_push(TreeDoc *d, const char *more, uint32_t columns); /* a longer prefix; gives the old length for: */
void tree_pop(TreeDoc *d, size_t old, uint32_t columns);
static inline const char *tree_sign(const TreeDoc *d, const char *utf8, const char *ascii) { return d->f.ascii ? ascii : utf8; }

/* ---- the styles ---- */
void tree_text(TreeDoc *d);                          /* TREE, FULL (tree_text.c) */
void tree_short(TreeDoc *d);
void tree_json(TreeDoc *d);
/* Detail lines of an item: frames, syntax, notes, causes (tree_detail.c). */
typedef struct TreeSpot { const struct TreeSpot *up; const TreeBucket *bucket; } TreeSpot;
void tree_details(TreeDoc *d, const TreeSpot *spot, bool place_said);
void tree_members(TreeDoc *d, const TreeSpot *spot, uint32_t depth); /* of a group (tree_text.c) */
/* "app.py:8 in f", when the item's own frames come down to this one; else n is 0. */
TreeText tree_only_place(TreeDoc *d, const TreeSpot *spot);
TreeText tree_last_place(TreeDoc *d, const TreeNode *n);
uint32_t tree_first_frame(const TreeSpot *spot);     /* the first that no exception around it has */
TreeText tree_file(TreeDoc *d, SkStr *filename);

#endif
