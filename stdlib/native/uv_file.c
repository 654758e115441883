/* uv_file.c - files on libuv's threads: open, read, write and the rest as native coroutines.  Layer 8.
 *
 * A cancelled one goes on in its thread; what it would have given is dropped (an opened file is closed).
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stdlib/native/socket_impl.h"
#include "stdlib/native/uv_impl.h"

typedef struct File {
  UvRequest request;
  char *path;           /* malloc'ed, or NULL */
  char *data;           /* of read and write: malloc'ed */
  size_t size;
  int fd, flags, mode;
  int64_t offset;       /* -1: where the file is */
  int64_t result;
  int why;              /* errno, 0: fine */
  struct stat stat;
} File;

static void file_drop(UvRequest *q) {
  File *f = (File *)q;
  free(f->path);
  free(f->data);
  free(f);
}
static void opened_drop(UvRequest *q) {
  File *f = (File *)q;
  if (f->fd >= 0) close(f->fd); /* nobody has taken it */
  file_drop(q);
}

static void check(SkVm *vm, const File *f, SkValue path) {
  if (f->why) sk_raise_os(vm, f->why, path);
}

static SkValue path_value(SkVm *vm, const File *f) { return f->path ? sk_from_ptr(sk_str_decode_utf8(vm, f->path, strlen(f->path))) : SK_UNSET; }

static File *file_new(SkVm *vm, void (*run)(UvRequest *), SkValue (*result)(SkVm *, UvRequest *)) {
  uv_running(vm);
  File *f = calloc(1, sizeof *f);
  if (!f) sk_raise_nomem(vm);
  f->fd = -1;
  f->request.run = run;
  f->request.result = result;
  f->request.drop = file_drop;
  return f;
}

static void start_checkpoint(SkVm *vm) {
  if (sk_need_loop(vm)->face != SK_FACE_ASYNCIO) sk_checkpoint(vm);
}

static SkValue *arguments(SkAwait *a) { return sk_as_tuple(a->a)->items; }

/* ---- open ---- */

static void open_run(UvRequest *q) {
  File *f = (File *)q;
  f->fd = open(f->path, f->flags | O_CLOEXEC, f->mode);
  f->why = f->fd < 0 ? errno : 0;
}
static SkValue open_result(SkVm *vm, UvRequest *q) {
  File *f = (File *)q;
  check(vm, f, path_value(vm, f));
  int fd = f->fd;
  f->fd = -1;
  sk_fd_made(vm, fd);
  return sk_smallint(fd);
}
static const char *path_arg(SkVm *vm, SkValue v) {
  if (sk_is_bytes(v)) return sk_as_bytes(v)->data;
  if (!sk_is_str(v)) sk_raise_type(vm, "a path must be str or bytes, not %T", v);
  return sk_str_cstr(vm, sk_as_str(v));
}
static bool open_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  if (sk_await_phase(a)) return uv_request_end(vm, a, out);
  start_checkpoint(vm);
  const char *path = path_arg(vm, arguments(a)[0]);
  int flags = sock_int(vm, arguments(a)[1]), mode = sock_int(vm, arguments(a)[2]);
  sk_need_open(vm, path, flags);
  File *f = file_new(vm, open_run, open_result);
  f->request.drop = opened_drop;
  f->path = strdup(path);
  f->flags = flags;
  f->mode = mode;
  return uv_request_begin(vm, a, &f->request, out);
}

/* ---- read and write ---- */

static void read_run(UvRequest *q) {
  File *f = (File *)q;
  f->data = malloc(f->size ? f->size : 1);
  f->result = !f->data ? -1 : f->offset < 0 ? read(f->fd, f->data, f->size) : pread(f->fd, f->data, f->size, f->offset);
  f->why = f->result < 0 ? (f->data ? errno : ENOMEM) : 0;
}
static SkValue read_result(SkVm *vm, UvRequest *q) {
  File *f = (File *)q;
  check(vm, f, SK_UNSET);
  return sk_from_ptr(sk_bytes_new(vm, f->data, (size_t)f->result));
}
static bool read_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  if (sk_await_phase(a)) return uv_request_end(vm, a, out);
  start_checkpoint(vm);
  int fd = sock_int(vm, arguments(a)[0]);
  sk_need_fd(vm, fd);
  int64_t n = sk_to_index(vm, arguments(a)[1]), offset = sk_to_index(vm, arguments(a)[2]);
  if (n < 0) sk_raise_value(vm, "the size must not be negative");
  File *f = file_new(vm, read_run, read_result);
  f->fd = fd;
  f->size = (size_t)n;
  f->offset = offset;
  return uv_request_begin(vm, a, &f->request, out);
}

static void write_run(UvRequest *q) {
  File *f = (File *)q;
  while ((size_t)f->result < f->size) {
    const char *p = f->data + f->result;
    size_t left = f->size - (size_t)f->result;
    ssize_t n = f->offset < 0 ? write(f->fd, p, left) : pwrite(f->fd, p, left, f->offset + f->result);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      f->why = errno;
      return;
    }
    f->result += n;
  }
}
static SkValue count_result(SkVm *vm, UvRequest *q) {
  check(vm, (File *)q, SK_UNSET);
  return sk_int_new(vm, ((File *)q)->result);
}
static bool write_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  if (sk_await_phase(a)) return uv_request_end(vm, a, out);
  start_checkpoint(vm);
  const char *p;
  size_t n;
  int fd = sock_int(vm, arguments(a)[0]);
  sk_need_fd(vm, fd);
  int64_t offset = sk_to_index(vm, arguments(a)[2]);
  sk_bytes_view_or_raise(vm, arguments(a)[1], &p, &n);
  File *f = file_new(vm, write_run, count_result);
  f->fd = fd;
  f->offset = offset;
  f->data = malloc(n ? n : 1);
  if (!f->data) {
    free(f);
    sk_raise_nomem(vm);
  }
  memcpy(f->data, p, n);
  f->size = n;
  return uv_request_begin(vm, a, &f->request, out);
}

/* ---- close, fsync: one descriptor ---- */

static void close_run(UvRequest *q) { ((File *)q)->why = close(((File *)q)->fd) < 0 && errno != EINTR ? errno : 0; }
static void sync_run(UvRequest *q) { ((File *)q)->why = fsync(((File *)q)->fd) < 0 ? errno : 0; }
static SkValue no_result(SkVm *vm, UvRequest *q) {
  check(vm, (File *)q, SK_UNSET);
  return SK_NONE;
}
static bool fd_step(SkVm *vm, SkAwait *a, SkValue *out, void (*run)(UvRequest *)) {
  if (sk_await_phase(a)) return uv_request_end(vm, a, out);
  int fd = sock_int(vm, arguments(a)[0]);
  sk_need_fd(vm, fd);
  File *f = file_new(vm, run, no_result);
  f->fd = fd;
  return uv_request_begin(vm, a, &f->request, out);
}
static bool close_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  bool first = !sk_await_phase(a), ended = fd_step(vm, a, out, close_run);
  if (first) sk_fd_gone(vm, sock_int(vm, arguments(a)[0]));
  return ended;
}
static bool sync_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) { (void)sent; return fd_step(vm, a, out, sync_run); }

/* ---- stat ---- */

static void stat_run(UvRequest *q) {
  File *f = (File *)q;
  f->why = (f->path ? stat(f->path, &f->stat) : fstat(f->fd, &f->stat)) < 0 ? errno : 0;
}
static SkValue stat_result(SkVm *vm, UvRequest *q) {
  File *f = (File *)q;
  check(vm, f, path_value(vm, f));
  SkValue modified = sk_float_new(vm, (double)f->stat.st_mtim.tv_sec + 1e-9 * (double)f->stat.st_mtim.tv_nsec);
  return sk_from_ptr(sk_tuple_pack(vm, 3, sk_smallint(f->stat.st_mode), sk_int_new(vm, f->stat.st_size), modified));
}
static bool stat_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  if (sk_await_phase(a)) return uv_request_end(vm, a, out);
  start_checkpoint(vm);
  SkValue what = arguments(a)[0];
  const char *path = sk_is_int(what) ? NULL : path_arg(vm, what);
  int fd = path ? -1 : sock_int(vm, what);
  if (path) sk_need_path(vm, SK_CAP_FS_READ, path);
  else sk_need_fd(vm, fd);
  File *f = file_new(vm, stat_run, stat_result);
  f->fd = fd;
  f->path = path ? strdup(path) : NULL;
  return uv_request_begin(vm, a, &f->request, out);
}

#define FILE_NATIVE(name, signature, count, doc)                                                                                  \
  static const SkAwaitOps name##_ops = {"file_" #name, "file_" #name, "a file", name##_step, uv_request_thrown, uv_request_abort}; \
  SK_NATIVE(file_##name, "file_" #name signature, doc) {                                                                           \
    return sk_await_new(vm, &name##_ops, SK_NONE, sk_from_ptr(sk_tuple_from(vm, args, count)), SK_NONE);                           \
  }
FILE_NATIVE(open, "(path, flags, mode=438, /)", 3, "Open a file: a descriptor.")
FILE_NATIVE(read, "(fd, size, offset=-1, /)", 3, "At most size bytes, from offset or from where the file is.")
FILE_NATIVE(write, "(fd, data, offset=-1, /)", 3, "Write all of data; the number of bytes.")
FILE_NATIVE(close, "(fd, /)", 1, "Close it.")
FILE_NATIVE(sync, "(fd, /)", 1, "Wait until it is on the disk.")
FILE_NATIVE(stat, "(path_or_fd, /)", 1, "(mode, size, time of the last change)")

const SkNativeDef *const uv_file_functions[] = {&file_open_def, &file_read_def, &file_write_def, &file_close_def, &file_sync_def, &file_stat_def, NULL};
