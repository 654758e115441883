/* struct_format.c - format strings of the struct module.  Layer 8. */
#include "stdlib/native/struct_impl.h"

/* Sizes: native (with alignment equal to it), and standard; 0: not in that mode. */
typedef struct Code { char code; uint8_t native, standard; } Code;
static const Code codes[] = {
    {'x', 1, 1}, {'c', 1, 1}, {'b', 1, 1}, {'B', 1, 1}, {'?', 1, 1}, {'h', 2, 2}, {'H', 2, 2}, {'i', 4, 4}, {'I', 4, 4}, {'l', 8, 4},
    {'L', 8, 4}, {'q', 8, 8}, {'Q', 8, 8}, {'n', 8, 0}, {'N', 8, 0}, {'P', 8, 0}, {'e', 2, 2}, {'f', 4, 4}, {'d', 8, 8}, {'s', 1, 1},
    {'p', 1, 1}};
_Static_assert(sizeof(long) == 8 && sizeof(void *) == 8 && sizeof(bool) == 1, "the native column is that of a 64-bit Unix");

static int64_t size_of(SkVm *vm, char c, bool native) {
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
    if (codes[i].code != c) continue;
    int64_t size = native ? codes[i].native : codes[i].standard;
    if (size) return size;
  }
  struct_raise(vm, "bad char in struct format");
}

typedef struct Reader { SkVm *vm; const char *p, *end; bool big, native, aligned; } Reader;

static Reader reader_new(SkVm *vm, SkStr *format) {
  Reader r = {vm, format->data, format->data + format->bytes, false, true, true};
  if (r.p == r.end) return r;
  switch (*r.p) {
    case '@': r.p++; break;
    case '=': r.p++; r.native = false; break;
    case '<': r.p++; r.native = false; break;
    case '>': case '!': r.p++; r.native = false; r.big = true; break;
    default: break;
  }
  r.aligned = r.native;
  return r;
}

SK_NORETURN static void too_long(SkVm *vm) { struct_raise(vm, "total struct size too long"); }

/* The next code with its count (1 if it has none); false at the end. */
static bool next_code(Reader *r, char *code, int64_t *count) {
  while (r->p < r->end && strchr(" \t\n\v\f\r", *r->p) && *r->p) r->p++;
  if (r->p == r->end) return false;
  *count = 1;
  if (*r->p >= '0' && *r->p <= '9') {
    *count = 0;
    for (; r->p < r->end && *r->p >= '0' && *r->p <= '9'; r->p++)
      if (__builtin_mul_overflow(*count, 10, count) || __builtin_add_overflow(*count, *r->p - '0', count)) too_long(r->vm);
    if (r->p == r->end) struct_raise(r->vm, "repeat count given without format specifier");
  }
  *code = *r->p++;
  return true;
}

/* Items of |format| counted (|out| NULL) or written; the totals go into |s|. */
static size_t scan(SkVm *vm, Struct *s, SkStr *format, StructItem *out) {
  Reader r = reader_new(vm, format);
  size_t n = 0;
  int64_t at = 0, values = 0, count, bytes;
  for (char c; next_code(&r, &c, &count);) {
    int64_t size = size_of(vm, c, r.native);
    if (r.aligned && __builtin_add_overflow(at, -at & (size - 1), &at)) too_long(vm);
    if (__builtin_mul_overflow(count, size, &bytes)) too_long(vm);
    StructItem item = {c, r.big, r.native, size, at, count};
    if (__builtin_add_overflow(at, bytes, &at)) too_long(vm);
    if (c == 'x') continue;
    if (c == 's' || c == 'p') {
      item.size = count;
      item.repeat = 1;
    } else if (count == 0) {
      continue;
    }
    values += item.repeat;
    if (out) out[n] = item;
    n++;
  }
  s->size = at;
  s->values = values;
  return n;
}

void struct_compile(SkVm *vm, Struct *s, SkStr *format) {
  if (memchr(format->data, 0, format->bytes)) struct_raise(vm, "embedded null character");
  Struct counted;
  size_t n = scan(vm, &counted, format, NULL);
  SkRaw *cell = sk_raw_new(vm, n * sizeof(StructItem));
  scan(vm, s, format, (StructItem *)cell->data);
  sk_write(vm, s, &s->format, sk_from_ptr(format));
  sk_write_ptr(vm, s, &s->items, cell);
  s->item_count = n;
}
