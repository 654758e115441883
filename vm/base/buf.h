/* buf.h - a growable run of bytes for the front end and the tools.  Layer 0.
 *
 * Memory comes from malloc and is freed by hand, so code that can be unwound
 * (layers 5 and up) must not hold one across a call that may raise.
 *
 * When memory runs out the buffer empties itself, remembers it in |failed| and
 * ignores what follows: a caller appends freely and asks once at the end.
 */
#ifndef SK_BASE_BUF_H
#define SK_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "vm/base/defs.h"

SK_C_BEGIN

typedef struct SkBuf {
  char *data; /* NULL until the first append; never NUL-terminated by itself */
  size_t length;
  size_t room;
  bool failed;
} SkBuf;

void sk_buf_init(SkBuf *b);
void sk_buf_free(SkBuf *b);
void sk_buf_clear(SkBuf *b); /* empties, keeps the memory */

/* Makes room for |extra| more bytes and returns where they go, or NULL. The
 * caller adds what it wrote to |length|. */
char *sk_buf_reserve(SkBuf *b, size_t extra);

void sk_buf_add(SkBuf *b, const void *bytes, size_t count);
void sk_buf_add_char(SkBuf *b, char c);
void sk_buf_add_str(SkBuf *b, const char *text);
void sk_buf_add_code_point(SkBuf *b, unsigned code_point); /* as UTF-8 */

/* printf-like; not for floating point, whose text would follow the locale
 * (numtext.h has that). */
__attribute__((format(printf, 2, 3))) void sk_buf_addf(SkBuf *b, const char *format, ...);
void sk_buf_addv(SkBuf *b, const char *format, va_list args);

/* The bytes followed by a NUL that |length| does not count; "" if failed. */
const char *sk_buf_cstr(SkBuf *b);

SK_C_END

#endif
