/* need.c - what a capability is asked for: paths, addresses.  Layer 8.
 *
 * The host sees what is there when it is asked; a file system that changes between the question and the deed can still turn a name into
 * another file.  A host that lets untrusted scripts write where it grants reading must know that.
 */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stdlib/native/native.h"

static const char *const cap_names[] = {"fs_read", "fs_write", "net_connect", "net_listen", "process", "env", "clock", "random", "signal", "threads", "stdin", "eval"};

const char *sk_cap_name(int bit) { return bit >= 0 && bit < (int)(sizeof cap_names / sizeof *cap_names) ? cap_names[bit] : NULL; }

/* The directory's real path and the last name, for a file that is not there yet; as it stands when even that is missing. */
static void real_parent(const char *path, char *out) {
  char copy[PATH_MAX];
  snprintf(copy, sizeof copy, "%s", path);
  char *slash = strrchr(copy, '/');
  const char *leaf = slash ? slash + 1 : copy;
  if (slash) *slash = 0;
  char dir[PATH_MAX];
  if (!realpath(!slash ? "." : *copy ? copy : "/", dir)) snprintf(out, PATH_MAX, "%s", path);
  else if (snprintf(out, PATH_MAX, "%s/%s", strcmp(dir, "/") ? dir : "", leaf) >= PATH_MAX) snprintf(out, PATH_MAX, "%s", path);
}

/* Only a host that wants to know about single paths pays for finding out the real one. */
static const char *as_it_is(SkVm *vm, uint32_t cap, const char *path, char *room) {
  if (!vm->hooks.allowed || !sk_may(vm, cap)) return path;
  if (!realpath(path, room)) real_parent(path, room);
  return room;
}

void sk_need_path(SkVm *vm, uint32_t cap, const char *path) {
  char room[PATH_MAX];
  sk_need(vm, cap, as_it_is(vm, cap, path, room));
}

bool sk_may_path(SkVm *vm, uint32_t cap, const char *path) {
  if (!vm->hooks.denied) return true;
  char room[PATH_MAX];
  return sk_may(vm, cap) && (!vm->hooks.allowed || vm->hooks.allowed(vm, cap, as_it_is(vm, cap, path, room)));
}

void sk_need_open(SkVm *vm, const char *path, int flags) {
  int mode = flags & O_ACCMODE;
  bool writes = mode != O_RDONLY || (flags & (O_CREAT | O_TRUNC | O_APPEND));
  if (mode != O_WRONLY) sk_need_path(vm, SK_CAP_FS_READ, path);
  if (writes) sk_need_path(vm, SK_CAP_FS_WRITE, path);
}

void sk_need_host(SkVm *vm, uint32_t cap, const char *host, int port) {
  char what[1100];
  bool six = strchr(host, ':') && host[0] != '[';
  if (port < 0) snprintf(what, sizeof what, "%s", host);
  else snprintf(what, sizeof what, six ? "[%s]:%d" : "%s:%d", host, port);
  sk_need(vm, cap, what);
}
