/* keys.h - bytes from a terminal to keys.  Layer 9b.
 *
 * A decoder is fed any pieces of the stream and gives whole keys; what is not whole yet waits.  A lone ESC is told from the start of a sequence by
 * keys_flush, which the owner calls when nothing has come for a moment.
 */
#ifndef SK_REPL_KEYS_H
#define SK_REPL_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { /* Key.code: a character, or one of these */
  KEY_UP = 0x110000, KEY_DOWN, KEY_LEFT, KEY_RIGHT, KEY_HOME, KEY_END, KEY_PAGE_UP, KEY_PAGE_DOWN, KEY_INSERT, KEY_DELETE, KEY_BACKSPACE, KEY_ENTER,
  KEY_TAB, KEY_BACK_TAB, KEY_ESCAPE, KEY_F1, KEY_F2, KEY_F3, KEY_F4, KEY_F5, KEY_F6, KEY_F7, KEY_F8, KEY_F9, KEY_F10, KEY_F11, KEY_F12,
  KEY_TEXT,  /* a run of printable text: Key.text, Key.length */
  KEY_PASTE, /* a part of a bracketed paste */
  KEY_PASTE_END,
  KEY_OTHER  /* a sequence nobody knows */
};
enum { KEY_CTRL = 1, KEY_ALT = 2, KEY_SHIFT = 4 };

typedef struct Key { uint32_t code; int mods; const char *text; size_t length; } Key;

typedef struct Keys { char held[32]; size_t held_n; bool pasting; } Keys;

/* Calls |take| for each whole key in what was held and |bytes|.  Key.text is good during the call. */
void keys_feed(Keys *k, const char *bytes, size_t n, void (*take)(void *arg, const Key *key), void *arg);
bool keys_waiting(const Keys *k);  /* an ESC, or the start of a sequence */
void keys_flush(Keys *k, void (*take)(void *arg, const Key *key), void *arg);

#endif
