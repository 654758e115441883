/* re_impl.h - regular expressions: Python's syntax on PCRE2.  Layer 8, the re files only.
 *
 * re_parse.c reads Python's syntax and writes PCRE2's; re_pattern.c compiles and matches; re_match.c is what a match
 * knows; re_sub.c replaces, splits and lists.  Offsets are bytes inside, characters at the surface.
 */
#ifndef SK_STDLIB_RE_IMPL_H
#define SK_STDLIB_RE_IMPL_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "stdlib/native/native_type.h"
#include "vm/object/bytes.h"

enum { /* the integers of re.RegexFlag */
  RE_IGNORECASE = 2, RE_LOCALE = 4, RE_MULTILINE = 8, RE_DOTALL = 16, RE_UNICODE = 32, RE_VERBOSE = 64, RE_DEBUG = 128,
  RE_ASCII = 256, RE_TYPE_FLAGS = RE_LOCALE | RE_UNICODE | RE_ASCII
};
#define RE_MAXREPEAT 4294967295u
enum { RE_MAXGROUPS = 1073741823 };

/* Number of characters an item can match; hi saturates at RE_MAXREPEAT. */
typedef struct ReWidth { uint64_t lo, hi; } ReWidth;

typedef struct ReGroup { ReWidth width; uint32_t parent; bool open; } ReGroup;

typedef struct ReParser {
  SkVm *vm;
  SkValue pattern, error_class;
  const uint32_t *text; /* the pattern's characters */
  size_t count, at;
  bool bytes;
  unsigned flags;       /* in force here */
  unsigned global;      /* of the whole pattern */
  SkStrBuf out;         /* PCRE2's pattern */
  SkDict *names;        /* group name -> number */
  SkRaw *group_cell;    /* ReGroup by number; 0 unused */
  uint32_t groups;      /* next group number */
  uint32_t inside;      /* the group around here */
  uint32_t behind;      /* groups there were before the outermost look-behind; 0: in none */
  SkRaw *pending;       /* conditions on groups to come: pairs (number, position) */
  size_t pending_count;
} ReParser;

/* Reads the whole pattern: fills out, names, groups, global. */
void re_parse(ReParser *p);
SK_NORETURN void re_error(ReParser *p, size_t pos, const char *fmt, ...);
SK_INLINE ReGroup *re_group(const ReParser *p, uint32_t n) { return (ReGroup *)p->group_cell->data + n; }

/* ---- characters and classes (re_class.c) ---- */
void re_emit_char(ReParser *p, uint32_t c);
void re_emit_category(ReParser *p, uint32_t letter);
void re_emit_boundary(ReParser *p, bool negated);
void re_parse_set(ReParser *p); /* behind '[' */
/* The escape behind a backslash at |start|, which both places have: \x \u \U \N and octal in sets; -1: none of them. */
int64_t re_escape_code(ReParser *p, size_t start, uint32_t letter);
SkStr *re_text(ReParser *p, size_t from, size_t to);
uint32_t re_control(uint32_t letter); /* \a \f ...; UINT32_MAX: none */

/* ---- patterns and matches ---- */
typedef struct Pattern {
  SkObject head;
  SkValue pattern;      /* str or bytes; None: of any kind */
  SkValue groupindex;   /* dict */
  SkTuple *names;       /* by group number; None for those without */
  SkRaw *parents;       /* uint32_t by group number */
  SkRaw *text;          /* PCRE2's pattern, for |counted| */
  size_t text_bytes;
  pcre2_code *code;
  pcre2_code *counted;  /* the same with a callout before each item; made when a match takes long (re_run.c) */
  pcre2_match_data *data;
  pcre2_match_context *context;
  uint32_t groups, flags, uses, options /* of PCRE2 */;
  bool bytes, jit_tried;
} Pattern;

typedef struct Match {
  SkObject head;
  Pattern *pattern;
  SkValue string;
  size_t pos, endpos;   /* characters */
  int64_t lastindex;    /* 0: none */
  SkRaw *spans;         /* size_t pairs of byte offsets; SIZE_MAX: no match */
} Match;

/* A string being searched. */
typedef struct Subject {
  SkValue string;
  SkChars text;      /* up to endpos */
  size_t start;      /* byte offset of pos */
  size_t pos, endpos;
} Subject;

enum { RE_SEARCH, RE_MATCH, RE_FULLMATCH };

extern const SkTypeDef sk_re_pattern_type, sk_re_match_type, sk_re_iter_type, sk_re_scanner_type;
extern const SkNativeDef sk_re_sub_def, sk_re_subn_def, sk_re_split_def, sk_re_findall_def, sk_re_finditer_def, sk_re_scanner_def;

SK_INLINE Pattern *re_pattern_of(SkValue v) { return (Pattern *)sk_ptr(v); }
SK_INLINE Match *re_match_of(SkValue v) { return (Match *)sk_ptr(v); }

/* Compiles p->text; |extra| PCRE2 options.  NULL: *error is PCRE2's number. */
pcre2_code *re_compile_code(const Pattern *p, uint32_t extra, int *error);
void re_run_init(Pattern *p); /* sets the limits of p->context */

void re_subject(SkVm *vm, Pattern *p, SkValue string, SkValue pos, SkValue endpos, Subject *out);
/* Runs the pattern from byte |from|; the spans are in pcre2_get_ovector_pointer(p->data). */
bool re_run(SkVm *vm, Pattern *p, const Subject *s, size_t from, int how, bool not_empty);
SK_INLINE const size_t *re_spans(Pattern *p) { return pcre2_get_ovector_pointer(p->data); }
SkValue re_match_new(SkVm *vm, Pattern *p, const Subject *s);
/* Bytes [from, to) of a subject as str or bytes. */
SkValue re_piece(SkVm *vm, SkValue string, size_t from, size_t to);
size_t re_index(SkVm *vm, SkValue string, size_t offset); /* bytes to characters */

#endif
