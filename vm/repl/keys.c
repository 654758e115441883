/* keys.c - see keys.h.  Sequences of xterm and its kin (ECMA-48 CSI and SS3).  Layer 9b. */
#include "vm/repl/keys.h"

#include <string.h>

#include "vm/repl/edit.h"

typedef void Take(void *arg, const Key *key);
static const char paste_end[] = "\033[201~";

/* xterm: 1 + shift + 2 alt + 4 ctrl. */
static int mods_of(int n) { return n < 2 ? 0 : ((n - 1) & 1 ? KEY_SHIFT : 0) | ((n - 1) & 2 ? KEY_ALT : 0) | ((n - 1) & 4 ? KEY_CTRL : 0); }

static uint32_t by_letter(char c) {
  switch (c) {
    case 'A': return KEY_UP;
    case 'B': return KEY_DOWN;
    case 'C': return KEY_RIGHT;
    case 'D': return KEY_LEFT;
    case 'H': return KEY_HOME;
    case 'F': return KEY_END;
    case 'Z': return KEY_BACK_TAB;
    case 'P': case 'Q': case 'R': case 'S': return KEY_F1 + (uint32_t)(c - 'P');
    default: return KEY_OTHER;
  }
}

static uint32_t by_number(int n) {
  static const uint32_t codes[] = {[1] = KEY_HOME, [2] = KEY_INSERT, [3] = KEY_DELETE, [4] = KEY_END, [5] = KEY_PAGE_UP, [6] = KEY_PAGE_DOWN, [7] = KEY_HOME, [8] = KEY_END,
                                   [11] = KEY_F1, [12] = KEY_F2, [13] = KEY_F3, [14] = KEY_F4, [15] = KEY_F5, [17] = KEY_F6, [18] = KEY_F7, [19] = KEY_F8,
                                   [20] = KEY_F9, [21] = KEY_F10, [23] = KEY_F11, [24] = KEY_F12};
  return n > 0 && n < (int)(sizeof codes / sizeof *codes) && codes[n] ? codes[n] : KEY_OTHER;
}

/* ESC [ numbers final.  0: more must come. */
static size_t csi(Keys *k, const char *p, size_t n, Key *out) {
  int numbers[2] = {0, 0};
  size_t at = 2, which = 0;
  for (; at < n && (unsigned char)p[at] < 0x40; at++) {
    if (p[at] == ';') which++;
    else if (p[at] >= '0' && p[at] <= '9' && which < 2 && numbers[which] < 1000) numbers[which] = numbers[which] * 10 + (p[at] - '0');
  }
  if (at == n) return n < sizeof k->held ? 0 : n;
  *out = (Key){.code = p[at] == '~' ? by_number(numbers[0]) : by_letter(p[at]), .mods = mods_of(numbers[1])};
  if (p[at] == '~' && numbers[0] == 200) {
    k->pasting = true;
    out->code = KEY_PASTE;
  }
  return at + 1;
}

static uint32_t control(unsigned char c) {
  switch (c) {
    case '\r': case '\n': return KEY_ENTER;
    case '\t': return KEY_TAB;
    case 0x7f: case 8: return KEY_BACKSPACE;
    case 0x1b: return KEY_ESCAPE;
    default: return 0;
  }
}

/* Length of the run of printable, whole characters at the start. */
static size_t run(const char *p, size_t n) {
  size_t at = 0, length;
  while (at < n && (unsigned char)p[at] >= 0x20 && p[at] != 0x7f) {
    text_decode(p + at, n - at, &length);
    unsigned char c = (unsigned char)p[at];
    size_t need = c < 0x80 ? 1 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc2 ? 2 : 1;
    if (need > n - at && length == 1 && c >= 0xc2) break; /* its rest comes later */
    at += length;
  }
  return at;
}

static size_t plain(const char *p, size_t n, int mods, Key *out) {
  unsigned char c = (unsigned char)p[0];
  uint32_t code = control(c);
  if (code) *out = (Key){.code = code, .mods = mods};
  else if (c < 0x20) *out = (Key){.code = c ? c + 'a' - 1u : ' ', .mods = mods | KEY_CTRL};
  if (code || c < 0x20) {
    if (c >= 0x1c && c < 0x20 && !code) out->code = c + 0x40u; /* Ctrl-\ ] ^ _ */
    return 1;
  }
  size_t length = run(p, n);
  if (!length) return 0;
  if (mods) text_decode(p, n, &length);
  *out = mods ? (Key){.code = text_decode(p, n, &length), .mods = mods, .text = p, .length = length} : (Key){.code = KEY_TEXT, .text = p, .length = length};
  return length;
}

static size_t escape(Keys *k, const char *p, size_t n, Key *out) {
  if (n == 1) return 0;
  if (p[1] == '[') return n == 2 ? 0 : csi(k, p, n, out);
  if (p[1] == 'O') {
    if (n == 2) return 0;
    *out = (Key){.code = by_letter(p[2])};
    return 3;
  }
  size_t used = plain(p + 1, n - 1, KEY_ALT, out);
  return used ? used + 1 : 0;
}

/* The paste goes on to its end mark, of which a part may have come. */
static size_t paste(Keys *k, const char *p, size_t n, Key *out) {
  const size_t mark = sizeof paste_end - 1;
  const char *end = memmem(p, n, paste_end, mark);
  if (end == p) {
    k->pasting = false;
    *out = (Key){.code = KEY_PASTE_END};
    return mark;
  }
  size_t length = end ? (size_t)(end - p) : n;
  if (!end)
    for (size_t part = mark - 1; part; part--) {
      if (part > n || memcmp(p + n - part, paste_end, part)) continue;
      length = n - part;
      break;
    }
  if (!length) return 0;
  *out = (Key){.code = KEY_PASTE, .text = p, .length = length};
  return length;
}

static size_t one(Keys *k, const char *p, size_t n, Key *out) {
  if (k->pasting) return paste(k, p, n, out);
  return *p == 0x1b ? escape(k, p, n, out) : plain(p, n, 0, out);
}

static size_t keys_in(Keys *k, const char *p, size_t n, Take *take, void *arg) {
  size_t at = 0;
  while (at < n) {
    Key key = {0};
    size_t used = one(k, p + at, n - at, &key);
    if (!used) break;
    at += used;
    if (key.code != KEY_PASTE || key.length) take(arg, &key);
  }
  return at;
}

void keys_feed(Keys *k, const char *bytes, size_t n, Take *take, void *arg) {
  while (n && k->held_n) { /* byte by byte until what was held is a key */
    k->held[k->held_n++] = *bytes++;
    n--;
    size_t used = keys_in(k, k->held, k->held_n, take, arg);
    if (!used && k->held_n == sizeof k->held) used = k->held_n;
    memmove(k->held, k->held + used, k->held_n - used);
    k->held_n -= used;
  }
  if (k->held_n) return;
  size_t used = keys_in(k, bytes, n, take, arg);
  while (n - used > sizeof k->held - 1) used++; /* no key is that long */
  memcpy(k->held, bytes + used, n - used);
  k->held_n = n - used;
}

bool keys_waiting(const Keys *k) { return k->held_n && !k->pasting; }

void keys_flush(Keys *k, Take *take, void *arg) {
  if (!keys_waiting(k)) return;
  bool escape = k->held[0] == 0x1b;
  Key key = {.code = escape ? KEY_ESCAPE : KEY_OTHER};
  char rest[sizeof k->held];
  size_t n = k->held_n - 1;
  memcpy(rest, k->held + 1, n);
  k->held_n = 0;
  take(arg, &key);
  if (escape && n) keys_feed(k, rest, n, take, arg);
}
