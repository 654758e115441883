/* server.c - runs snippets that strangers send to a local socket; answers with JSON.
 *
 *     server PATH     serves until it is killed:  printf 'print(6 * 7)' | nc -NU PATH
 *     server          serves a few snippets of its own and prints the beginnings of the answers
 *
 * Each connection is one snippet, up to its end of file.  It runs in a VM that may touch nothing outside, with limits on time, memory and
 * output; the VM is reset for the next one.  The answer has what it printed and how it ended: {"output": "...", "status": "SKEIN_OK"},
 * with "error" as skein_exc_format gives it in JSON when there is an exception.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "skein.h"

enum { MOST_SOURCE = 65536, MOST_OUTPUT = 256 };

/* Text that grows up to a limit, then says that it was cut. */
typedef struct Text { char *bytes; size_t length, room, most; bool cut; } Text;

static void add(Text *t, const char *s, size_t n) {
  if (t->length + n > t->most) n = t->most - t->length, t->cut = true;
  if (t->length + n > t->room) {
    size_t room = 2 * (t->length + n);
    char *bytes = (char *)realloc(t->bytes, room);
    if (!bytes) return;
    t->bytes = bytes;
    t->room = room;
  }
  if (n) memcpy(t->bytes + t->length, s, n);
  t->length += n;
}

static void add_text(Text *t, const char *s) { add(t, s, strlen(s)); }

static void add_json(Text *t, const char *s, size_t n) {
  add(t, "\"", 1);
  for (size_t i = 0; i < n; i++) {
    char escape[8];
    unsigned char c = (unsigned char)s[i];
    if (c == '"' || c == '\\') snprintf(escape, sizeof escape, "\\%c", c);
    else if (c < 32) snprintf(escape, sizeof escape, "\\u%04x", c);
    else snprintf(escape, sizeof escape, "%c", c);
    add_text(t, escape);
  }
  add(t, "\"", 1);
}

static void append(void *user, int stream, const char *s, size_t n) {
  (void)stream;
  add((Text *)user, s, n);
}

/* ---- one snippet ---- */

static void answer(skein_vm *vm, Text *output, const char *source, size_t n, Text *reply) {
  output->length = 0;
  output->cut = false;
  skein_status status = skein_vm_reset(vm);
  if (status == SKEIN_OK) status = skein_exec(vm, source, n, "<snippet>");
  skein_val exc = {0};
  if (status == SKEIN_ERR_EXC) exc = skein_exc_take(vm);
  add_text(reply, "{\"output\": ");
  add_json(reply, output->bytes, output->length);
  if (output->cut) add_text(reply, ", \"cut\": true");
  add_text(reply, ", \"status\": \"");
  add_text(reply, skein_status_name(status));
  add_text(reply, "\"");
  if (exc.bits) {
    skein_format format;
    memset(&format, 0, sizeof format);
    format.size = sizeof format;
    format.style = SKEIN_TB_JSON;
    add_text(reply, ", \"error\": ");
    skein_exc_format(vm, exc, &format, append, reply);
    while (reply->length && reply->bytes[reply->length - 1] == '\n') reply->length--;
  }
  add_text(reply, "}\n");
}

static skein_vm *open_cell(Text *output) {
  skein_config config;
  skein_config_init(&config); /* no capabilities */
  config.write = append;
  config.write_user = output;
  config.limits.heap = 16 << 20;
  config.limits.deadline_ns = 200 * 1000 * 1000;
  config.limits.depth = 200;
  config.limits.length = 1 << 20;
  skein_vm *vm;
  return skein_vm_new(&config, &vm) == SKEIN_OK ? vm : NULL;
}

/* ---- the socket ---- */

static void serve_one(skein_vm *vm, Text *output, int client) {
  Text source = {NULL, 0, 0, MOST_SOURCE, false}, reply = {NULL, 0, 0, 1 << 20, false};
  char part[4096];
  for (ssize_t n; (n = read(client, part, sizeof part)) > 0;) add(&source, part, (size_t)n);
  if (source.cut) add_text(&reply, "{\"output\": \"\", \"status\": \"too long\"}\n");
  else answer(vm, output, source.bytes ? source.bytes : "", source.length, &reply);
  for (size_t at = 0; at < reply.length;) {
    ssize_t n = send(client, reply.bytes + at, reply.length - at, MSG_NOSIGNAL);
    if (n <= 0) break;
    at += (size_t)n;
  }
  free(source.bytes);
  free(reply.bytes);
}

static int listen_at(const char *path) {
  struct sockaddr_un address;
  memset(&address, 0, sizeof address);
  address.sun_family = AF_UNIX;
  snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
  int server = socket(AF_UNIX, SOCK_STREAM, 0);
  if (server < 0) return -1;
  unlink(path);
  if (bind(server, (struct sockaddr *)&address, sizeof address) == 0 && listen(server, 16) == 0) return server;
  close(server);
  return -1;
}

/* ---- snippets of its own ---- */

static const char *const snippets[] = {
    "print(sum(range(100)))",
    "print('one')\nraise ValueError('no \"two\"')",
    "open('/etc/passwd').read()",
    "import os\nos.system('true')",
    "while True: pass",
    "'x' * 10 ** 9",
    "print('y' * 100000)",
    "errors = []\nfor f in (int, float):\n  try: f('?')\n  except ValueError as e: errors.append(e)\nraise ExceptionGroup('both', errors)",
    "1 +",
};

typedef struct Visit { int fd; const char *text; } Visit;

static void *visit(void *arg) {
  const Visit *v = (const Visit *)arg;
  if (send(v->fd, v->text, strlen(v->text), MSG_NOSIGNAL) > 0) shutdown(v->fd, SHUT_WR);
  char reply[4096];
  size_t length = 0;
  for (ssize_t n; (n = read(v->fd, reply + length, sizeof reply - 1 - length)) > 0;) length += (size_t)n;
  close(v->fd);
  reply[length] = 0;
  char *rest = strstr(reply, ",\"fingerprint\""); /* frames and more: shown by a client of its own */
  if (rest) strcpy(rest, " ...\n");
  fputs(reply, stdout);
  return NULL;
}

static void serve_own(skein_vm *vm, Text *output) {
  for (size_t i = 0; i < sizeof snippets / sizeof *snippets; i++) {
    int pair[2];
    pthread_t thread;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) return;
    Visit v = {pair[1], snippets[i]};
    if (pthread_create(&thread, NULL, visit, &v) != 0) return;
    serve_one(vm, output, pair[0]);
    close(pair[0]);
    pthread_join(thread, NULL);
  }
}

int main(int argc, char **argv) {
  Text output = {NULL, 0, 0, MOST_OUTPUT, false};
  skein_vm *vm = open_cell(&output);
  if (!vm) return 1;
  if (argc > 1) {
    int server = listen_at(argv[1]);
    if (server < 0) perror(argv[1]);
    for (int client; server >= 0 && (client = accept(server, NULL, NULL)) >= 0; close(client)) serve_one(vm, &output, client);
  } else {
    serve_own(vm, &output);
  }
  skein_vm_free(vm);
  free(output.bytes);
  return 0;
}
