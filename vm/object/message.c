/* message.c - the formatter behind every message (directives: str.h).  Layer 6. */
#include <stdlib.h>
#include <string.h>

#include "vm/base/utf8.h"
#include "vm/object/exception.h"
#include "vm/object/ops.h"
#include "vm/object/str.h"

typedef struct Directive { int width, precision; bool zero; int longs; char what; } Directive;

static const char *parse_directive(const char *p, Directive *d) {
  *d = (Directive){.precision = -1};
  if (*p == '0') d->zero = true, p++;
  while (*p >= '0' && *p <= '9') d->width = d->width * 10 + (*p++ - '0');
  if (*p == '.') {
    d->precision = 0;
    for (p++; *p >= '0' && *p <= '9'; p++) d->precision = d->precision * 10 + (*p - '0');
  }
  for (; *p == 'l' || *p == 'z'; p++) d->longs++;
  d->what = *p++;
  return p;
}

static void add_number(SkStrBuf *b, const Directive *d, uint64_t u, bool negative, unsigned base) {
  char tmp[40];
  int n = 40;
  do tmp[--n] = "0123456789abcdef"[u % base];
  while (u /= base);
  while (d->zero && 40 - n < d->width && n > 1) tmp[--n] = '0';
  if (negative) tmp[--n] = '-';
  if (40 - n < d->width) sk_strbuf_fill(b, ' ', (size_t)(d->width - (40 - n)));
  sk_strbuf_add(b, tmp + n, (size_t)(40 - n));
}

/* At most |limit| characters of UTF-8 text (negative: all). */
static void add_text(SkStrBuf *b, const char *s, size_t n, int limit) {
  if (limit >= 0) {
    size_t at = 0;
    for (int i = 0; i < limit && at < n; i++) at += sk_utf8_width(s[at]);
    if (at < n) n = at;
  }
  sk_strbuf_add(b, s, n);
}

static void add_str(SkStrBuf *b, const SkStr *s, int limit) { add_text(b, s->data, s->bytes, limit); }

static void add_integer(SkStrBuf *b, const Directive *d, va_list *ap) {
  if (d->what == 'd') {
    int64_t i = d->longs ? va_arg(*ap, int64_t) : va_arg(*ap, int);
    add_number(b, d, i < 0 ? -(uint64_t)i : (uint64_t)i, i < 0, 10);
  } else {
    add_number(b, d, d->longs ? va_arg(*ap, uint64_t) : va_arg(*ap, unsigned), false, d->what == 'x' ? 16 : 10);
  }
}

static void add_directive(SkVm *vm, SkStrBuf *b, const Directive *d, va_list *ap) {
  switch (d->what) {
    case 's': {
      const char *s = va_arg(*ap, const char *);
      add_text(b, s, strlen(s), d->precision);
      break;
    }
    case 'U': add_str(b, va_arg(*ap, SkStr *), d->precision); break;
    case 'S': add_str(b, sk_str(vm, va_arg(*ap, SkValue)), d->precision); break;
    case 'R': add_str(b, sk_repr(vm, va_arg(*ap, SkValue)), d->precision); break;
    case 'A': add_str(b, sk_ascii(vm, va_arg(*ap, SkValue)), d->precision); break;
    case 'T': add_str(b, sk_type_name(vm, sk_type_of(vm, va_arg(*ap, SkValue))), d->precision); break;
    case 'N': add_str(b, sk_type_name(vm, va_arg(*ap, SkType *)), d->precision); break;
    case 'c': sk_strbuf_addc(b, (uint32_t)va_arg(*ap, int)); break;
    case 'd': case 'u': case 'x': add_integer(b, d, ap); break;
    case '%': sk_strbuf_addc(b, '%'); break;
    default: abort(); /* a wrong format string in our own code */
  }
}

SkStr *sk_vformat(SkVm *vm, const char *fmt, va_list args) {
  SkStrBuf b;
  va_list ap;
  va_copy(ap, args);
  sk_strbuf_init(vm, &b);
  for (const char *p = fmt; *p;) {
    size_t plain = strcspn(p, "%");
    sk_strbuf_add(&b, p, plain);
    p += plain;
    if (!*p) break;
    Directive d;
    p = parse_directive(p + 1, &d);
    add_directive(vm, &b, &d, &ap);
  }
  va_end(ap);
  return sk_strbuf_finish(&b);
}

SkStr *sk_format(SkVm *vm, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  SkStr *s = sk_vformat(vm, fmt, ap);
  va_end(ap);
  return s;
}
