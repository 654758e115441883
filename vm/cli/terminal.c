/* terminal.c - see terminal.h.  Layer 10.
 *
 * The terminal is in raw mode while a line is edited, and as it was found while the program runs: it may read and prompt by itself.
 */
#include "vm/cli/terminal.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum { ESCAPE_MS = 30 };

typedef struct Terminal { struct termios usual, raw; bool is_raw; } Terminal;

static volatile sig_atomic_t resized;
static void on_resize(int sig) {
  (void)sig;
  resized = 1;
}

bool terminal_is_one(void) {
  const char *term = getenv("TERM");
  return isatty(0) && isatty(1) && term && *term && strcmp(term, "dumb");
}

static void write_all(void *user, const char *s, size_t n) {
  (void)user;
  fflush(stdout);
  while (n) {
    ssize_t done = write(1, s, n);
    if (done < 0 && errno != EINTR) return;
    if (done > 0) s += done, n -= (size_t)done;
  }
}

static void set_raw(Terminal *t, bool raw) {
  if (raw == t->is_raw) return;
  tcsetattr(0, TCSADRAIN, raw ? &t->raw : &t->usual);
  if (raw) write_all(NULL, "\033[?2004h", 8); /* bracketed paste */
  else write_all(NULL, "\033[?2004l", 8);
  t->is_raw = raw;
}

static void running(void *user, bool program) { set_raw(user, !program); }

static void size_of(int *columns, int *rows) {
  struct winsize w;
  bool known = ioctl(1, TIOCGWINSZ, &w) == 0 && w.ws_col && w.ws_row;
  *columns = known ? w.ws_col : 80;
  *rows = known ? w.ws_row : 24;
}

/* SKEIN_HISTORY, or a file in the directory that is meant for such things. */
static char *history_file(void) {
  const char *own = getenv("SKEIN_HISTORY"), *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
  char *path = NULL;
  if (own) return *own ? strdup(own) : NULL;
  if (state && *state == '/') return asprintf(&path, "%s/skein/history", state) < 0 ? NULL : path;
  return !home || asprintf(&path, "%s/.local/state/skein/history", home) < 0 ? NULL : path;
}

static bool wants_color(void) {
  const char *own = getenv("SKEIN_COLORS"), *none = getenv("NO_COLOR");
  if (own && *own) return strcmp(own, "0") && strcmp(own, "never");
  return !(none && *none);
}

/* One wait for keys, for something of the loop, or for a time to pass. */
static void turn(skein_repl *repl, skein_vm *vm, uint64_t *wait_ns) {
  struct pollfd fds[2] = {{.fd = 0, .events = POLLIN}, {.fd = skein_poll_fd(vm), .events = POLLIN}};
  int ms = *wait_ns == UINT64_MAX ? -1 : *wait_ns / 1000000 > 60000 ? 60000 : (int)(*wait_ns / 1000000) + (*wait_ns % 1000000 != 0);
  char bytes[65536];
  int n = poll(fds, fds[1].fd >= 0 ? 2 : 1, ms);
  if (resized) {
    resized = 0;
    int columns, rows;
    size_of(&columns, &rows);
    skein_repl_resize(repl, columns, rows);
  }
  if (n > 0 && (fds[0].revents & (POLLIN | POLLHUP))) {
    ssize_t got = read(0, bytes, sizeof bytes);
    if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN)) bytes[0] = 4, got = 1; /* the terminal has gone */
    if (got > 0) skein_repl_feed(repl, bytes, (size_t)got);
    *wait_ns = ESCAPE_MS * 1000000ull;
    return;
  }
  skein_repl_idle(repl, wait_ns);
}

static int session(skein_vm *vm, const skein_repl_config *config) {
  skein_repl *repl;
  int status = 0;
  skein_status s = skein_repl_new(vm, config, &repl);
  if (s != SKEIN_OK) return s == SKEIN_ERR_EXC ? skein_report(vm) : 1;
  uint64_t wait_ns = 0;
  while (!skein_repl_over(repl, &status)) turn(repl, vm, &wait_ns);
  skein_repl_free(repl);
  return status;
}

int terminal_session(skein_vm *vm, bool quiet) {
  Terminal t = {0};
  if (tcgetattr(0, &t.usual) != 0) return 1;
  t.raw = t.usual;
  t.raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG | IEXTEN);
  t.raw.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IXON | BRKINT);
  t.raw.c_cc[VMIN] = 1;
  t.raw.c_cc[VTIME] = 0;
  struct sigaction act = {.sa_handler = on_resize}, old;
  sigaction(SIGWINCH, &act, &old);
  char *history = history_file();
  skein_repl_config config = {.size = sizeof config, .write = write_all, .running = running, .user = &t, .color = wants_color(), .quiet = quiet, .history = history};
  size_of(&config.columns, &config.rows);
  set_raw(&t, true);
  int status = session(vm, &config);
  set_raw(&t, false);
  sigaction(SIGWINCH, &old, NULL);
  free(history);
  return status;
}
