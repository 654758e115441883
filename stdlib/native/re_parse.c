/* re_parse.c - reads a Python pattern, complains as Python does and writes it for PCRE2.  Layer 8.
 *
 * Every construct is written so that it needs no option of PCRE2's but CASELESS: '.' becomes \N or (?s:.), '^' \A or
 * (?m:^).  Groups lose their names: numbers are all that PCRE2 sees.
 */
#include <stdarg.h>
#include <string.h>

#include "stdlib/native/re_impl.h"

void re_error(ReParser *p, size_t pos, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  SkValue message = sk_from_ptr(sk_vformat(p->vm, fmt, ap));
  va_end(ap);
  sk_raise_exc(p->vm, sk_call3(p->vm, p->error_class, message, p->pattern, sk_smallint((int64_t)pos)));
}

static void emits(ReParser *p, const char *s) { sk_strbuf_adds(&p->out, s); }

static void emit_number(ReParser *p, uint64_t n) { sk_strbuf_addstr(&p->out, sk_format(p->vm, "%lu", n)); }

static bool at_char(const ReParser *p, uint32_t c) { return p->at < p->count && p->text[p->at] == c; }

static bool accept(ReParser *p, uint32_t c) {
  if (!at_char(p, c)) return false;
  p->at++;
  return true;
}

/* The next character as the reader of errors sees it: an escape is one. */
static bool take(ReParser *p, uint32_t *c) {
  if (p->at == p->count) return false;
  *c = p->text[p->at++];
  if (*c == '\\' && p->at == p->count) re_error(p, p->count - 1, "bad escape (end of pattern)");
  return true;
}

/* ---- widths ---- */

static uint64_t cap(uint64_t n) { return n < RE_MAXREPEAT ? n : RE_MAXREPEAT; }
static ReWidth plus(ReWidth a, ReWidth b) { return (ReWidth){cap(a.lo + b.lo), cap(a.hi + b.hi)}; }
static ReWidth either(ReWidth a, ReWidth b) { return (ReWidth){a.lo < b.lo ? a.lo : b.lo, a.hi > b.hi ? a.hi : b.hi}; }
static uint64_t times(uint64_t a, uint64_t b) { return a && b > RE_MAXREPEAT / a ? RE_MAXREPEAT : cap(a * b); }
static const ReWidth nothing = {0, 0}, one = {1, 1};

/* ---- groups ---- */

static uint32_t open_group(ReParser *p, SkStr *name) {
  SkVm *vm = p->vm;
  uint32_t n = p->groups++;
  if ((n + 1) * sizeof(ReGroup) > p->group_cell->bytes) {
    SkRaw *bigger = sk_raw_new(vm, p->group_cell->bytes * 2);
    memcpy(bigger->data, p->group_cell->data, n * sizeof(ReGroup));
    p->group_cell = bigger;
  }
  *re_group(p, n) = (ReGroup){.parent = p->inside, .open = true};
  if (!name) return n;
  SkValue known = sk_dict_get_str(vm, p->names, name);
  if (!sk_is_unset(known))
    re_error(p, p->at - name->count - 1, "redefinition of group name %R as group %d; was group %d", sk_from_ptr(name), (int)n,
             (int)sk_smallint_get(known));
  sk_dict_set_str(vm, p->names, name, sk_smallint((int64_t)n));
  return n;
}

static bool group_closed(const ReParser *p, uint32_t n) { return n < p->groups && !re_group(p, n)->open; }

/* References from a look-behind must lead out of it. */
static void check_behind(ReParser *p, uint32_t n) {
  if (!p->behind) return;
  if (!group_closed(p, n)) re_error(p, p->at, "cannot refer to an open group");
  if (n >= p->behind) re_error(p, p->at, "cannot refer to group defined in the same lookbehind subpattern");
}

static ReWidth emit_reference(ReParser *p, uint32_t n) {
  emits(p, "\\g{");
  emit_number(p, n);
  emits(p, "}");
  return re_group(p, n)->width;
}

/* The text up to |end|, which is passed over. */
static SkStr *until(ReParser *p, uint32_t end) {
  size_t from = p->at;
  while (p->at < p->count && p->text[p->at] != end) p->at++;
  if (p->at == p->count) {
    if (p->at == from) re_error(p, from, "missing group name");
    re_error(p, from, "missing %c, unterminated name", (int)end);
  }
  if (p->at == from) re_error(p, from, "missing group name");
  return re_text(p, from, p->at++);
}

/* |behind| characters after the name have been read already. */
static void check_name(ReParser *p, SkStr *name, size_t behind) {
  SkVm *vm = p->vm;
  size_t pos = p->at - name->count - behind;
  bool ascii = sk_str_is_ascii(name);
  if ((p->bytes && !ascii) || !sk_truth(vm, sk_call_method0(vm, sk_from_ptr(name), sk_intern(vm, "isidentifier")))) {
    SkStr *shown = p->bytes ? sk_ascii(vm, sk_from_ptr(name)) : sk_repr(vm, sk_from_ptr(name));
    re_error(p, pos, "bad character in group name %U", shown);
  }
}

static uint32_t named_group(ReParser *p, SkStr *name) {
  SkValue n = sk_dict_get_str(p->vm, p->names, name);
  if (sk_is_unset(n)) re_error(p, p->at - name->count - 1, "unknown group name %R", sk_from_ptr(name));
  return (uint32_t)sk_smallint_get(n);
}

/* ---- one item ---- */

typedef enum ItemKind { ITEM_NONE, ITEM_PLAIN, ITEM_AT, ITEM_REPEAT } ItemKind;
typedef struct Item { ItemKind kind; ReWidth width; } Item;

static ReWidth parse_alternatives(ReParser *p, bool nested);
static ReWidth parse_sequence(ReParser *p, bool first);

static Item plain(ReWidth w) { return (Item){ITEM_PLAIN, w}; }

static Item number_escape(ReParser *p, size_t start, uint32_t c) {
  uint32_t value = c - '0';
  bool octal = c <= '7';
  if (p->at < p->count && p->text[p->at] >= '0' && p->text[p->at] <= '9') {
    uint32_t d = p->text[p->at++];
    octal = octal && d <= '7';
    if (octal && p->at < p->count && p->text[p->at] >= '0' && p->text[p->at] <= '7') {
      value = (c - '0') * 64 + (d - '0') * 8 + (p->text[p->at++] - '0');
      if (value > 0377) re_error(p, start, "octal escape value %U outside of range 0-0o377", re_text(p, start, p->at));
      re_emit_char(p, value);
      return plain(one);
    }
    value = value * 10 + (d - '0');
  }
  if (value >= p->groups) re_error(p, start + 1, "invalid group reference %d", (int)value);
  if (!group_closed(p, value)) re_error(p, start, "cannot refer to an open group");
  check_behind(p, value);
  return plain(emit_reference(p, value));
}

static Item escape(ReParser *p) {
  size_t start = p->at - 1;
  uint32_t c = p->text[p->at++];
  if (c == 'A' || c == 'Z') {
    emits(p, c == 'A' ? "\\A" : "\\z");
    return (Item){ITEM_AT, nothing};
  }
  if (c == 'b' || c == 'B') {
    re_emit_boundary(p, c == 'B');
    return (Item){ITEM_AT, nothing};
  }
  if (c && c < 128 && strchr("dDsSwW", (int)c)) {
    re_emit_category(p, c);
    return plain(one);
  }
  int64_t code = re_control(c) != UINT32_MAX ? (int64_t)re_control(c) : re_escape_code(p, start, c);
  if (code < 0 && c == '0') {
    code = 0;
    for (int i = 0; i < 2 && p->at < p->count && p->text[p->at] >= '0' && p->text[p->at] <= '7'; i++) code = code * 8 + (p->text[p->at++] - '0');
  }
  if (code < 0 && c >= '1' && c <= '9') return number_escape(p, start, c);
  if (code < 0 && c < 128 && ((c | 32) >= 'a' && (c | 32) <= 'z')) re_error(p, start, "bad escape %U", re_text(p, start, p->at));
  re_emit_char(p, code < 0 ? c : (uint32_t)code);
  return plain(one);
}

/* ---- (?flags) and (?flags:...) ---- */

static unsigned flag_of(uint32_t c) {
  switch (c) {
    case 'i': return RE_IGNORECASE;
    case 'L': return RE_LOCALE;
    case 'm': return RE_MULTILINE;
    case 's': return RE_DOTALL;
    case 'x': return RE_VERBOSE;
    case 'a': return RE_ASCII;
    case 'u': return RE_UNICODE;
    default: return 0;
  }
}

static bool is_alpha(ReParser *p, uint32_t c) {
  return sk_truth(p->vm, sk_call_method0(p->vm, sk_from_ptr(sk_str_from_codepoint(p->vm, c)), sk_intern(p->vm, "isalpha")));
}

/* Flags after '-'; reads past the ':'. */
static unsigned flags_off(ReParser *p) {
  unsigned off = 0;
  uint32_t c;
  if (!take(p, &c)) re_error(p, p->at, "missing flag");
  if (!flag_of(c)) re_error(p, p->at - 1, "%s", is_alpha(p, c) ? "unknown flag" : "missing flag");
  for (;;) {
    unsigned flag = flag_of(c);
    if (flag & RE_TYPE_FLAGS) re_error(p, p->at, "bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
    off |= flag;
    if (!take(p, &c)) re_error(p, p->at, "missing :");
    if (c == ':') return off;
    if (!flag_of(c)) re_error(p, p->at - 1, "%s", is_alpha(p, c) ? "unknown flag" : "missing :");
  }
}

/* |c| is the first of them.  False: they were global, "(?flags)". */
static bool parse_flags(ReParser *p, uint32_t c, unsigned *on, unsigned *off) {
  *on = *off = 0;
  while (c != '-') {
    unsigned flag = flag_of(c);
    if (!p->bytes && c == 'L') re_error(p, p->at, "bad inline flags: cannot use 'L' flag with a str pattern");
    if (p->bytes && c == 'u') re_error(p, p->at, "bad inline flags: cannot use 'u' flag with a bytes pattern");
    *on |= flag;
    if ((flag & RE_TYPE_FLAGS) && (*on & RE_TYPE_FLAGS) != flag)
      re_error(p, p->at, "bad inline flags: flags 'a', 'u' and 'L' are incompatible");
    if (!take(p, &c)) re_error(p, p->at, "missing -, : or )");
    if (c == ')') return false;
    if (c == ':' || c == '-') break;
    if (!flag_of(c)) re_error(p, p->at - 1, "%s", is_alpha(p, c) ? "unknown flag" : "missing -, : or )");
  }
  if (c == '-') *off = flags_off(p);
  if (*on & *off) re_error(p, p->at - 1, "bad inline flags: flag turned on and off");
  return true;
}

/* ---- parentheses ---- */

static void close_paren(ReParser *p, size_t start) {
  if (!accept(p, ')')) re_error(p, start, "missing ), unterminated subpattern");
  emits(p, ")");
}

/* What follows an opening that has been written, up to its ')'. */
static ReWidth body(ReParser *p, size_t start) {
  sk_enter(p->vm, " while compiling a regular expression");
  unsigned saved = p->flags;
  ReWidth w = parse_alternatives(p, true);
  p->flags = saved;
  close_paren(p, start);
  return w;
}

static Item capture(ReParser *p, size_t start, SkStr *name) {
  uint32_t n = open_group(p, name), outer = p->inside;
  emits(p, "(");
  p->inside = n;
  ReWidth w = body(p, start);
  p->inside = outer;
  re_group(p, n)->width = w;
  re_group(p, n)->open = false;
  return plain(w);
}

static Item look_around(ReParser *p, size_t start, uint32_t c) {
  bool behind = c == '<';
  if (behind) {
    if (!take(p, &c)) re_error(p, p->at, "unexpected end of pattern");
    if (c != '=' && c != '!') re_error(p, p->at - 3, "unknown extension ?<%c", (int)c);
  }
  uint32_t outer = p->behind;
  if (behind && !outer) p->behind = p->groups;
  emits(p, behind ? c == '=' ? "(?<=" : "(?<!" : c == '=' ? "(?=" : "(?!");
  ReWidth w = body(p, start);
  p->behind = outer;
  if (behind && w.lo != w.hi) {
    SkValue message = sk_from_ptr(sk_str_from_cstr(p->vm, "look-behind requires fixed-width pattern"));
    sk_raise_exc(p->vm, sk_call3(p->vm, p->error_class, message, p->pattern, SK_NONE));
  }
  return plain(nothing);
}

static void remember_condition(ReParser *p, uint32_t n, size_t pos) {
  if (!p->pending || (p->pending_count + 1) * 16 > p->pending->bytes) {
    SkRaw *bigger = sk_raw_new(p->vm, (p->pending_count + 4) * 32);
    if (p->pending_count) memcpy(bigger->data, p->pending->data, p->pending_count * 16);
    p->pending = bigger;
  }
  uint64_t *slot = (uint64_t *)p->pending->data + p->pending_count++ * 2;
  slot[0] = n;
  slot[1] = pos;
}

static bool is_number(SkStr *s) {
  for (size_t i = 0; i < s->bytes; i++)
    if (s->data[i] < '0' || s->data[i] > '9') return false;
  return true;
}

static Item conditional(ReParser *p, size_t start) {
  SkStr *name = until(p, ')');
  uint64_t n = 0;
  if (is_number(name)) {
    for (size_t i = 0; i < name->bytes && n < RE_MAXREPEAT; i++) n = n * 10 + (uint64_t)(name->data[i] - '0');
    if (n == 0) re_error(p, p->at - name->count - 1, "bad group number");
    if (n >= RE_MAXGROUPS) re_error(p, p->at - name->count - 1, "invalid group reference %U", name);
    remember_condition(p, (uint32_t)n, p->at - name->count - 1);
  } else {
    check_name(p, name, 1);
    n = named_group(p, name);
  }
  check_behind(p, (uint32_t)n);
  emits(p, "(?(");
  emit_number(p, n);
  emits(p, ")");
  unsigned saved = p->flags;
  ReWidth w = parse_sequence(p, false), no = nothing;
  if (accept(p, '|')) {
    emits(p, "|");
    no = parse_sequence(p, false);
    if (at_char(p, '|')) re_error(p, p->at, "conditional backref with more than two branches");
  }
  p->flags = saved;
  close_paren(p, start);
  return plain(either(w, no));
}

static Item scoped_flags(ReParser *p, size_t start, unsigned on, unsigned off) {
  unsigned saved = p->flags;
  if (on & RE_TYPE_FLAGS) p->flags &= ~(unsigned)RE_TYPE_FLAGS;
  p->flags = (p->flags | on) & ~off;
  emits(p, p->flags & RE_IGNORECASE ? "(?i:" : "(?-i:");
  ReWidth w = body(p, start);
  p->flags = saved;
  return plain(w);
}

static Item named(ReParser *p, size_t start) {
  uint32_t c;
  if (accept(p, '<')) {
    SkStr *name = until(p, '>');
    check_name(p, name, 1);
    return capture(p, start, name);
  }
  if (accept(p, '=')) {
    SkStr *name = until(p, ')');
    check_name(p, name, 1);
    uint32_t n = named_group(p, name);
    if (!group_closed(p, n)) re_error(p, p->at - name->count - 1, "cannot refer to an open group");
    check_behind(p, n);
    return plain(emit_reference(p, n));
  }
  if (!take(p, &c)) re_error(p, p->at, "unexpected end of pattern");
  if (c == '\\') re_error(p, p->at - 3, "unknown extension ?P%U", re_text(p, p->at - 1, p->at + 1));
  re_error(p, p->at - 3, "unknown extension ?P%c", (int)c);
}

/* Behind '('.  |fresh|: nothing stands before it, so "(?i)" may. */
static Item parenthesis(ReParser *p, bool fresh) {
  size_t start = p->at - 1;
  uint32_t c;
  unsigned on, off;
  if (!accept(p, '?')) return capture(p, start, NULL);
  if (!take(p, &c)) re_error(p, p->at, "unexpected end of pattern");
  switch (c) {
    case 'P': return named(p, start);
    case ':': emits(p, "(?:"); return plain(body(p, start));
    case '>': emits(p, "(?>"); return plain(body(p, start));
    case '=': case '!': case '<': return look_around(p, start, c);
    case '(': return conditional(p, start);
    case '#':
      do {
        if (p->at == p->count) re_error(p, start, "missing ), unterminated comment");
      } while (p->text[p->at++] != ')');
      return (Item){ITEM_NONE, nothing};
    default: break;
  }
  if (!flag_of(c) && c != '-') {
    if (c == '\\') re_error(p, p->at - 2, "unknown extension ?%U", re_text(p, p->at - 1, p->at + 1));
    re_error(p, p->at - 2, "unknown extension ?%c", (int)c);
  }
  if (parse_flags(p, c, &on, &off)) return scoped_flags(p, start, on, off);
  if (!fresh) re_error(p, start, "global flags not at the start of the expression");
  p->global |= on;
  p->flags |= on;
  return (Item){ITEM_NONE, nothing};
}

/* ---- repetition ---- */

static uint64_t digits(ReParser *p, bool *some) {
  uint64_t n = 0;
  for (*some = false; p->at < p->count && p->text[p->at] >= '0' && p->text[p->at] <= '9'; p->at++, *some = true)
    if (n < RE_MAXREPEAT) n = n * 10 + (p->text[p->at] - '0');
  if (n >= RE_MAXREPEAT) sk_raisef(p->vm, SK_T_OverflowError, "the repetition number is too large");
  return n;
}

/* {m,n} behind the brace; false: it is a literal one. */
static bool braces(ReParser *p, uint64_t *lo, uint64_t *hi) {
  size_t here = p->at;
  bool some_lo, some_hi;
  if (at_char(p, '}')) return false;
  size_t digits_from = p->at;
  while (p->at < p->count && p->text[p->at] >= '0' && p->text[p->at] <= '9') p->at++;
  bool comma = accept(p, ',');
  while (comma && p->at < p->count && p->text[p->at] >= '0' && p->text[p->at] <= '9') p->at++;
  bool closed = at_char(p, '}');
  p->at = closed ? digits_from : here;
  if (!closed) return false;
  *lo = digits(p, &some_lo);
  *hi = *lo;
  if (accept(p, ',')) {
    *hi = digits(p, &some_hi);
    if (!some_hi) *hi = RE_MAXREPEAT;
  } else if (!some_lo) {
    *hi = RE_MAXREPEAT;
  }
  p->at++;
  if (*hi < *lo) re_error(p, here, "min repeat greater than max repeat");
  return true;
}

enum { PCRE_REPEAT_MAX = 65535 };

static void emit_repeat(ReParser *p, uint64_t lo, uint64_t hi) {
  if (lo > PCRE_REPEAT_MAX) sk_raisef(p->vm, SK_T_OverflowError, "the repetition number is too large");
  if (lo == 0 && hi == 1) return emits(p, "?");
  bool endless = hi > PCRE_REPEAT_MAX;
  if (lo <= 1 && endless) return emits(p, lo ? "+" : "*");
  emits(p, "{");
  emit_number(p, lo);
  if (endless || hi != lo) emits(p, ",");
  if (!endless && hi != lo) emit_number(p, hi);
  emits(p, "}");
}

/* A quantifier at |here|, whose character |c| was read, behind |item|.  False: it was no quantifier. */
static bool repeat(ReParser *p, uint32_t c, Item *item) {
  size_t here = p->at - 1;
  uint64_t lo = c == '+', hi = c == '?' ? 1 : RE_MAXREPEAT;
  if (c == '{' && !braces(p, &lo, &hi)) return false;
  if (item->kind == ITEM_NONE || item->kind == ITEM_AT) re_error(p, here, "nothing to repeat");
  if (item->kind == ITEM_REPEAT) re_error(p, here, "multiple repeat");
  emit_repeat(p, lo, hi);
  if (accept(p, '?')) emits(p, "?");
  else if (accept(p, '+')) emits(p, "+");
  *item = (Item){ITEM_REPEAT, {times(item->width.lo, lo), times(item->width.hi, hi)}};
  return true;
}

/* ---- sequences ---- */

static bool skip_verbose(ReParser *p) {
  uint32_t c = p->text[p->at];
  if (c == ' ' || (c >= 9 && c <= 13)) return p->at++, true;
  if (c != '#') return false;
  while (p->at < p->count && p->text[p->at] != '\n') p->at++;
  return true;
}

static Item simple(ReParser *p, uint32_t c) {
  switch (c) {
    case '.': emits(p, p->flags & RE_DOTALL ? "(?s:.)" : "\\N"); return plain(one);
    case '^': emits(p, p->flags & RE_MULTILINE ? "(?m:^)" : "\\A"); return (Item){ITEM_AT, nothing};
    case '$': emits(p, p->flags & RE_MULTILINE ? "(?m:$)" : "\\Z"); return (Item){ITEM_AT, nothing};
    case '[': re_parse_set(p); return plain(one);
    case '\\':
      if (p->at == p->count) re_error(p, p->count - 1, "bad escape (end of pattern)");
      return escape(p);
    default: re_emit_char(p, c); return plain(one);
  }
}

static ReWidth parse_sequence(ReParser *p, bool first) {
  ReWidth total = nothing;
  Item last = {ITEM_NONE, nothing};
  while (p->at < p->count && p->text[p->at] != '|' && p->text[p->at] != ')') {
    if ((p->flags & RE_VERBOSE) && skip_verbose(p)) continue;
    uint32_t c = p->text[p->at++];
    if (c == '*' || c == '+' || c == '?' || c == '{') {
      ReWidth before = last.width;
      if (repeat(p, c, &last)) {
        total.lo = total.lo >= RE_MAXREPEAT ? total.lo : total.lo - before.lo;
        total.hi = total.hi >= RE_MAXREPEAT ? total.hi : total.hi - before.hi;
        total = plus(total, last.width);
        continue;
      }
    }
    Item item = c == '(' ? parenthesis(p, first && last.kind == ITEM_NONE) : simple(p, c);
    if (item.kind == ITEM_NONE) continue;
    last = item;
    total = plus(total, item.width);
  }
  return total;
}

static ReWidth parse_alternatives(ReParser *p, bool nested) {
  ReWidth w = parse_sequence(p, !nested);
  while (accept(p, '|')) {
    emits(p, "|");
    w = either(w, parse_sequence(p, false));
  }
  return w;
}

static void fix_flags(ReParser *p) {
  SkVm *vm = p->vm;
  if (!p->bytes) {
    if (p->global & RE_LOCALE) sk_raise_value(vm, "cannot use LOCALE flag with a str pattern");
    if ((p->global & RE_ASCII) && (p->global & RE_UNICODE)) sk_raise_value(vm, "ASCII and UNICODE flags are incompatible");
    if (!(p->global & RE_ASCII)) p->global |= RE_UNICODE;
  } else {
    if (p->global & RE_UNICODE) sk_raise_value(vm, "cannot use UNICODE flag with a bytes pattern");
    if ((p->global & RE_LOCALE) && (p->global & RE_ASCII)) sk_raise_value(vm, "ASCII and LOCALE flags are incompatible");
  }
}

void re_parse(ReParser *p) {
  p->names = sk_dict_new(p->vm);
  p->group_cell = sk_raw_new(p->vm, 8 * sizeof(ReGroup));
  p->groups = 1;
  sk_strbuf_init(p->vm, &p->out);
  parse_alternatives(p, false);
  if (p->at < p->count) re_error(p, p->at, "unbalanced parenthesis");
  fix_flags(p);
  for (size_t i = 0; i < p->pending_count; i++) {
    const uint64_t *slot = (const uint64_t *)p->pending->data + i * 2;
    if (slot[0] >= p->groups) re_error(p, (size_t)slot[1], "invalid group reference %d", (int)slot[0]);
  }
}
