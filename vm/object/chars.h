/* chars.h - searching, splitting and stripping runs of bytes: what str, bytes and bytearray share.  Layer 6.
 *
 * UTF-8 is self-synchronising, so text is searched as bytes; offsets are byte offsets throughout.
 */
#ifndef SK_OBJECT_CHARS_H
#define SK_OBJECT_CHARS_H

#include "vm/object/object.h"
#include "vm/object/seq.h"

SK_C_BEGIN

typedef struct SkChars { const char *p; size_t n; } SkChars;

/* Offset of the first, last |needle|; -1: none. */
ptrdiff_t sk_chars_find(SkVm *vm, SkChars text, SkChars needle);
ptrdiff_t sk_chars_rfind(SkVm *vm, SkChars text, SkChars needle);
/* How often |needle| (not empty) occurs without overlap, at most |most|. */
size_t sk_chars_count(SkVm *vm, SkChars text, SkChars needle, size_t most);
bool sk_chars_starts(SkChars text, SkChars prefix);
bool sk_chars_ends(SkChars text, SkChars suffix);

/* text with the first |times| occurrences of |old| replaced; |times| as sk_chars_replace_count() says. */
size_t sk_chars_replace_count(SkVm *vm, SkChars text, SkChars old, int64_t limit, bool utf8);
size_t sk_chars_replace_size(SkVm *vm, SkChars text, SkChars old, SkChars with, size_t times);
void sk_chars_replace(SkVm *vm, char *out, SkChars text, SkChars old, SkChars with, size_t times, bool utf8);

/* A set of characters: by byte, or by code point where the table says DECODE (only text has those). */
enum { SK_CHAR_NO, SK_CHAR_YES, SK_CHAR_DECODE };
typedef struct SkCharClass { const uint8_t *table; bool (*wide)(uint32_t c); } SkCharClass;
extern const SkCharClass sk_text_space, sk_text_break, sk_byte_space, sk_byte_break;
/* Bytes taken by the member of |c| that starts at |p|; 0: it is none. */
size_t sk_char_class_at(const SkCharClass *c, const char *p);

enum { SK_STRIP_LEFT = 1, SK_STRIP_RIGHT = 2, SK_STRIP_BOTH = 3 };
SkChars sk_chars_strip(SkVm *vm, SkChars text, const SkCharClass *c, int sides);

/* Makes the piece [from, to) of |owner|. */
typedef SkValue SkPieceFn(SkVm *vm, SkValue owner, size_t from, size_t to);
typedef struct SkSplitter { SkVm *vm; SkValue owner; SkChars text; SkPieceFn *piece; } SkSplitter;
/* most < 0: no limit. */
SkList *sk_chars_split(const SkSplitter *s, SkChars sep, int64_t most);
SkList *sk_chars_rsplit(const SkSplitter *s, SkChars sep, int64_t most);
SkList *sk_chars_split_class(const SkSplitter *s, const SkCharClass *c, int64_t most);
SkList *sk_chars_rsplit_class(const SkSplitter *s, const SkCharClass *c, int64_t most);
SkList *sk_chars_split_lines(const SkSplitter *s, const SkCharClass *c, bool keep_ends);

SK_C_END

#endif
