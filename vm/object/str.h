/* str.h - text: immutable UTF-8 with a code point count.  Layer 6.
 *
 * ASCII strings (count == bytes) index in O(1).  Others use breadcrumbs: the byte offset of every 32nd
 * code point, made on first random access.  Lone surrogates are kept in WTF-8 form and flagged.  |data| is NOT NUL-terminated in general: a string made by `s += t` may share the
 * growing buffer of its left operand (strings that end where the buffer's used part ends may be
 * extended in place: that is what makes += in a loop linear).
 */
#ifndef SK_OBJECT_STR_H
#define SK_OBJECT_STR_H

#include "vm/object/object.h"

SK_C_BEGIN

enum { /* head.aux */
  SK_STR_ASCII = 1, SK_STR_INTERNED = 2, SK_STR_SURROGATES = 4,
  SK_STR_SHARED = 8,   /* data lies in a growing buffer, |side|; else inline behind the struct */
  SK_STR_CRUMBS = 16,  /* |side| is the table of byte offsets (which remembers the buffer) */
  SK_STR_JOINED = 32   /* made by concatenation: the next one gets a growing buffer */
};

struct SkStr {
  SkObject head;
  int64_t hash;        /* 0: not computed; the hash of a str is never 0 */
  size_t bytes, count; /* count: code points */
  const char *data;    /* inline_ or inside the shared buffer */
  SkRaw *side;         /* see SHARED and CRUMBS; NULL otherwise */
  char inline_[];
};

SK_INLINE bool sk_is_str(SkValue v) { return sk_has_kind(v, SK_KIND_STR); }
SK_INLINE SkStr *sk_as_str(SkValue v) { sk_assert(sk_is_str(v)); return (SkStr *)sk_ptr(v); }
SK_INLINE bool sk_str_is_ascii(const SkStr *s) { return s->head.aux & SK_STR_ASCII; }

SkStr *sk_str_new(SkVm *vm, const char *utf8, size_t bytes);     /* must be valid UTF-8 or WTF-8 */
SkStr *sk_str_from_cstr(SkVm *vm, const char *s);
SkStr *sk_str_new_raw(SkVm *vm, size_t bytes, char **data);      /* fill *data, then: */
void sk_str_finish(SkVm *vm, SkStr *s);                          /* counts, sets flags */
SkStr *sk_str_decode_utf8(SkVm *vm, const char *p, size_t n);    /* UnicodeDecodeError when invalid */
SkStr *sk_str_from_codepoint(SkVm *vm, uint32_t c);
SkStr *sk_intern(SkVm *vm, const char *s);                       /* interned, from C text */
SkStr *sk_str_intern(SkVm *vm, SkStr *s);
SkStr *sk_str_concat(SkVm *vm, SkStr *a, SkStr *b);              /* may extend a's buffer */
SkStr *sk_str_slice(SkVm *vm, SkStr *s, size_t from, size_t to); /* code points */
bool sk_str_equal(const SkStr *a, const SkStr *b);
bool sk_str_equal_cstr(const SkStr *a, const char *s);
int sk_str_compare(const SkStr *a, const SkStr *b);              /* by code point */
int64_t sk_str_hash(SkVm *vm, SkStr *s);
uint32_t sk_str_at(SkVm *vm, SkStr *s, size_t index);            /* code point; index < count */
size_t sk_str_offset(SkVm *vm, SkStr *s, size_t index);          /* byte offset of code point */
size_t sk_str_index(SkVm *vm, SkStr *s, size_t byte_offset);     /* the reverse of sk_str_offset */
SkValue sk_str_getchar(SkVm *vm, SkStr *s, size_t index);        /* one-character string */
SkStr *sk_str_part(SkVm *vm, SkStr *s, size_t from, size_t to);  /* by byte offsets, between characters */
SkStr *sk_str_replace(SkVm *vm, SkStr *s, SkStr *old, SkStr *with, int64_t limit); /* limit < 0: all */
const char *sk_str_cstr(SkVm *vm, SkStr *s);                     /* NUL-terminated; ValueError "embedded null character" */
/* The text NUL-terminated, for as long as |s| lives; it may hold NULs. */
const char *sk_str_terminated(SkVm *vm, SkStr *s);
SkStr *sk_str_join(SkVm *vm, SkStr *sep, const SkValue *items, size_t n);

/* The formatter behind every message: %s C string, %S str of a Value, %R its repr, %T its class name, %U SkStr*,
 * %N class name of a SkType*, %A ascii() of a Value, %c char, %d int, %zd/%zu sizes, %lld int64, %x, %.Ns / %.NU at most N characters, %%. */
SkStr *sk_format(SkVm *vm, const char *fmt, ...);
SkStr *sk_vformat(SkVm *vm, const char *fmt, va_list ap);

/* Growable text under construction, in GC memory: safe to abandon when something raises. */
typedef struct SkStrBuf { SkVm *vm; SkRaw *raw; size_t used; } SkStrBuf;
void sk_strbuf_init(SkVm *vm, SkStrBuf *b);
void sk_strbuf_add(SkStrBuf *b, const char *s, size_t n);
void sk_strbuf_adds(SkStrBuf *b, const char *s);
void sk_strbuf_addstr(SkStrBuf *b, const SkStr *s);
void sk_strbuf_addc(SkStrBuf *b, uint32_t codepoint);
void sk_strbuf_fill(SkStrBuf *b, uint32_t codepoint, size_t n);
SkStr *sk_strbuf_finish(SkStrBuf *b);
void sk_str_repr_into(SkStrBuf *b, const SkStr *s, bool ascii_only);

SK_C_END

#endif
