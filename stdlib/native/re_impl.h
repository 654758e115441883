/* re_impl.h - regular expressions: what the _re files share.  Layer 8, this module only.
 *
 * re_parse.c reads Python's syntax, checks it with Python's messages and writes the same pattern in PCRE2's
 * syntax; re_pattern.c and re_match.c are the classes; PCRE2 does the matching.
 */
#ifndef SK_STDLIB_RE_IMPL_H
#define SK_STDLIB_RE_IMPL_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "stdlib/native/native.h"
#include "stdlib/native/native_type.h"
#include "vm/object/bytes.h"

enum { RE_IGNORECASE = 2, RE_LOCALE = 4, RE_MULTILINE = 8, RE_DOTALL = 16, RE_UNICODE = 32, RE_VERBOSE = 64, RE_DEBUG = 128, RE_ASCII = 256 };

typedef struct RePattern {
  SkObject head;
  SkValue pattern;      /* str or bytes, None for neither */
  SkDict *names;        /* group name -> number */
  pcre2_code *code;
  uint32_t groups, flags;
  bool is_bytes, jitted;
} RePattern;

/* What a match looked at: text as bytes, and how offsets count. */
typedef struct ReSubject { SkValue object; const char *s; size_t n; SkStr *str; /* NULL: bytes */ } ReSubject;

typedef struct ReMatch {
  SkObject head;
  RePattern *pattern;
  SkValue string;
  size_t pos, endpos;       /* as given, in characters */
  int32_t last_index;       /* 0: none */
  SkRaw *spans;             /* (groups + 1) pairs of byte offsets, RE_NONE when a group took no part */
} ReMatch;
#define RE_NONE SIZE_MAX

extern const SkTypeDef sk_re_pattern_type, sk_re_match_type, sk_re_scanner_type;

/* The pattern in PCRE2's syntax; raises |error|(msg, pattern, pos). */
typedef struct ReParsed { SkRaw *text; size_t n; uint32_t groups, flags; SkDict *names; } ReParsed;
ReParsed re_parse(SkVm *vm, SkValue pattern, uint32_t flags, SkValue error);

ReSubject re_subject(SkVm *vm, RePattern *p, SkValue string);
size_t re_char_index(SkVm *vm, const ReSubject *s, size_t byte_offset);
size_t re_byte_offset(SkVm *vm, const ReSubject *s, size_t index);
SkValue re_slice(SkVm *vm, const ReSubject *s, size_t from, size_t to); /* byte offsets */

/* One search from |from| in s[0 .. end): a Match or NULL. */
typedef enum ReHow { RE_SEARCH, RE_MATCH, RE_FULLMATCH } ReHow;
ReMatch *re_run(SkVm *vm, RePattern *p, const ReSubject *s, size_t from, size_t end, ReHow how, bool not_empty_here);
static inline size_t *re_spans(ReMatch *m) { return (size_t *)m->spans->data; }
SkValue re_group(SkVm *vm, ReMatch *m, const ReSubject *s, uint32_t g, SkValue otherwise);
SkValue re_expand(SkVm *vm, ReMatch *m, const ReSubject *s, SkValue parts); /* list from re._parse_template */
SkValue re_template(SkVm *vm, RePattern *p, SkValue repl);
SkValue re_join(SkVm *vm, bool bytes, SkList *parts);

#endif
