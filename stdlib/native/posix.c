/* posix.c - the module posix: files, directories, descriptors, the process.  Layer 8. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "stdlib/native/native.h"
#include "stdlib/native/struct_seq.h"
#include "vm/object/bytes.h"
#include "vm/run/thread.h"

extern char **environ;

/* ---- arguments and results ---- */

typedef struct Path { const char *s; SkValue object; bool is_bytes; int fd; /* -1: a path */ } Path;

SK_NATIVE(p_fspath, "fspath(path)", "The path as str or bytes.") {
  SkValue v = args[0];
  if (sk_is_str(v) || sk_is_bytes(v)) return v;
  SkValue fn = sk_lookup_special(vm, v, SK_NAME(vm, dunder_fspath));
  if (sk_is_unset(fn)) sk_raise_type(vm, "expected str, bytes or os.PathLike object, not %T", v);
  SkValue p = sk_call0(vm, fn);
  if (!sk_is_str(p) && !sk_is_bytes(p)) sk_raise_type(vm, "expected %T.__fspath__() to return str or bytes, not %T", v, p);
  return p;
}

static Path path_arg(SkVm *vm, SkValue v, const char *fn, bool allow_fd) {
  Path p = {.object = v, .fd = -1};
  if (allow_fd && sk_is_int(v)) {
    p.fd = (int)sk_to_index(vm, v);
    return p;
  }
  if (!sk_is_str(v) && !sk_is_bytes(v) && sk_is_unset(sk_lookup_special(vm, v, SK_NAME(vm, dunder_fspath))))
    sk_raise_type(vm, "%s: path should be string, bytes%s or os.PathLike%s, not %T", fn, allow_fd ? "," : "", allow_fd ? " or integer" : "", v);
  v = p_fspath(vm, &v);
  p.object = v;
  if (sk_is_bytes(v)) {
    p.is_bytes = true;
    p.s = sk_as_bytes(v)->data;
    if (strlen(p.s) != sk_as_bytes(v)->length) sk_raise_value(vm, "%s: embedded null character in path", fn);
  } else {
    SkStr *s = sk_as_str(v);
    if (memchr(s->data, 0, s->bytes)) sk_raise_value(vm, "%s: embedded null character in path", fn);
    p.s = sk_str_cstr(vm, s);
  }
  return p;
}

/* The path of something that is looked at, or changed, or a descriptor that is. */
static Path reading(SkVm *vm, SkValue v, const char *fn, bool allow_fd) {
  Path p = path_arg(vm, v, fn, allow_fd);
  if (p.s) sk_need_path(vm, SK_CAP_FS_READ, p.s);
  else sk_need_fd(vm, p.fd);
  return p;
}
static Path writing(SkVm *vm, SkValue v, const char *fn, bool allow_fd) {
  Path p = path_arg(vm, v, fn, allow_fd);
  if (p.s) sk_need_path(vm, SK_CAP_FS_WRITE, p.s);
  else sk_need_fd(vm, p.fd);
  return p;
}

static SkValue text(SkVm *vm, const char *s) { return sk_from_ptr(sk_str_decode_utf8(vm, s, strlen(s))); }
static SkValue path_result(SkVm *vm, const Path *like, const char *s) {
  return like->is_bytes ? sk_from_ptr(sk_bytes_new(vm, s, strlen(s))) : text(vm, s);
}
static SK_NORETURN void fail(SkVm *vm, const Path *p) { sk_raise_os(vm, errno, p ? p->object : SK_UNSET); }
static int int_arg(SkVm *vm, SkValue v) {
  int64_t i = sk_to_index(vm, v);
  if (i != (int)i) sk_raisef(vm, SK_T_OverflowError, "Python int too large to convert to C int");
  return (int)i;
}

static int fd_arg(SkVm *vm, SkValue v) {
  int fd = int_arg(vm, v);
  sk_need_fd(vm, fd);
  return fd;
}
static SkValue new_fd(SkVm *vm, int fd) {
  sk_fd_made(vm, fd);
  return sk_smallint(fd);
}

/* Other threads run meanwhile.  EINTR: a signal came; let its handler run (it may raise), then go on. */
#define RETRY(result, call)                        \
  do {                                             \
    SkThread *self = sk_thread_release(vm);        \
    result = (call);                               \
    sk_thread_acquire(self);                       \
    if (result >= 0 || errno != EINTR) break;      \
    vm->hooks.poll(vm);                            \
  } while (true)

/* ---- descriptors ---- */

SK_NATIVE(p_open, "open(path, flags, mode=511, *, dir_fd=None)", "Open a file; returns a descriptor.") {
  Path p = path_arg(vm, args[0], "open", false);
  int fd, flags = int_arg(vm, args[1]), mode = int_arg(vm, args[2]);
  sk_need_open(vm, p.s, flags);
  RETRY(fd, open(p.s, flags | O_CLOEXEC, mode));
  if (fd < 0) fail(vm, &p);
  return new_fd(vm, fd);
}
SK_NATIVE(p_close, "close(fd)", "Close a descriptor.") {
  int fd = fd_arg(vm, args[0]);
  sk_fd_gone(vm, fd);
  if (close(fd) < 0 && errno != EINTR) fail(vm, NULL);
  return SK_NONE;
}
SK_NATIVE(p_read, "read(fd, length, /)", "Read at most length bytes.") {
  int fd = fd_arg(vm, args[0]);
  int64_t n = sk_to_index(vm, args[1]);
  if (n < 0) sk_raise_os(vm, EINVAL, SK_UNSET);
  SkRaw *raw = sk_raw_new(vm, (size_t)n);
  ssize_t got;
  sk_thread_wait_fd(vm, fd, POLLIN);
  RETRY(got, read(fd, raw->data, (size_t)n));
  if (got < 0) fail(vm, NULL);
  SkValue b = sk_from_ptr(sk_bytes_new(vm, raw->data, (size_t)got));
  sk_keep(raw);
  return b;
}
/* A pipe that is ready takes PIPE_BUF bytes without blocking: more goes in pieces, so that the wait between them can be ended. */
static ssize_t write_all(SkVm *vm, int fd, const char *p, size_t n) {
  ssize_t done;
  struct stat st;
  bool whole = !sk_thread_wait_fd(vm, fd, POLLOUT) || n <= PIPE_BUF || fstat(fd, &st) < 0 || S_ISREG(st.st_mode) || (fcntl(fd, F_GETFL) & O_NONBLOCK);
  if (whole) {
    RETRY(done, write(fd, p, n));
    return done;
  }
  for (size_t at = 0;;) {
    size_t some = n - at < PIPE_BUF ? n - at : PIPE_BUF;
    RETRY(done, write(fd, p + at, some));
    if (done < 0) return at ? (ssize_t)at : -1;
    at += (size_t)done;
    if (at == n || (sk_thread_must_poll(vm) && !sk_stopped(vm) && !(sk_interrupts(vm) & SK_INTERRUPT_KILL) && !sk_time_is_over(vm))) return (ssize_t)at;
    sk_thread_wait_fd(vm, fd, POLLOUT);
  }
}

SK_NATIVE(p_write, "write(fd, data, /)", "Write bytes; returns how many were written.") {
  const char *p;
  size_t n;
  int fd = fd_arg(vm, args[0]);
  SkValue data = args[1];
  if (!sk_is_bytes(data) && sk_thread_count(vm) > 1) { /* another thread may change it while this one waits */
    sk_bytes_view_or_raise(vm, data, &p, &n);
    data = sk_from_ptr(sk_bytes_new(vm, p, n));
  }
  sk_bytes_view_or_raise(vm, data, &p, &n);
  ssize_t done = write_all(vm, fd, p, n);
  sk_keep(sk_ptr(data));
  if (done < 0) fail(vm, NULL);
  return sk_int_new(vm, done);
}
SK_NATIVE(p_lseek, "lseek(fd, position, whence, /)", NULL) {
  off_t at = lseek(fd_arg(vm, args[0]), sk_to_index(vm, args[1]), int_arg(vm, args[2]));
  if (at < 0) fail(vm, NULL);
  return sk_int_new(vm, at);
}
SK_NATIVE(p_pipe, "pipe()", "A pipe: (read end, write end).") {
  (void)args;
  int fds[2];
  if (pipe2(fds, O_CLOEXEC) < 0) fail(vm, NULL);
  return sk_from_ptr(sk_tuple_pack(vm, 2, new_fd(vm, fds[0]), new_fd(vm, fds[1])));
}
SK_NATIVE(p_dup, "dup(fd, /)", NULL) {
  int fd = fcntl(fd_arg(vm, args[0]), F_DUPFD_CLOEXEC, 0);
  if (fd < 0) fail(vm, NULL);
  return new_fd(vm, fd);
}
SK_NATIVE(p_dup2, "dup2(fd, fd2, inheritable=True)", NULL) {
  int from = fd_arg(vm, args[0]), to = fd_arg(vm, args[1]), fd = dup2(from, to);
  if (fd < 0) fail(vm, NULL);
  return new_fd(vm, fd);
}
SK_NATIVE(p_isatty, "isatty(fd, /)", NULL) { return sk_bool(isatty(int_arg(vm, args[0]))); }
SK_NATIVE(p_fsync, "fsync(fd)", NULL) {
  if (fsync(fd_arg(vm, args[0])) < 0) fail(vm, NULL);
  return SK_NONE;
}
SK_NATIVE(p_ftruncate, "ftruncate(fd, length, /)", NULL) {
  if (ftruncate(fd_arg(vm, args[0]), sk_to_index(vm, args[1])) < 0) fail(vm, NULL);
  return SK_NONE;
}
SK_NATIVE(p_truncate, "truncate(path, length)", NULL) {
  Path p = writing(vm, args[0], "truncate", true);
  off_t n = sk_to_index(vm, args[1]);
  if ((p.fd >= 0 ? ftruncate(p.fd, n) : truncate(p.s, n)) < 0) fail(vm, p.fd >= 0 ? NULL : &p);
  return SK_NONE;
}
SK_NATIVE(p_get_inheritable, "get_inheritable(fd, /)", NULL) {
  int f = fcntl(fd_arg(vm, args[0]), F_GETFD);
  if (f < 0) fail(vm, NULL);
  return sk_bool(!(f & FD_CLOEXEC));
}
SK_NATIVE(p_set_inheritable, "set_inheritable(fd, inheritable, /)", NULL) {
  int fd = fd_arg(vm, args[0]), f = fcntl(fd, F_GETFD);
  if (f < 0 || fcntl(fd, F_SETFD, sk_truth(vm, args[1]) ? f & ~FD_CLOEXEC : f | FD_CLOEXEC) < 0) fail(vm, NULL);
  return SK_NONE;
}
SK_NATIVE(p_get_blocking, "get_blocking(fd, /)", "True unless operations on fd return at once.") {
  int f = fcntl(fd_arg(vm, args[0]), F_GETFL);
  if (f < 0) fail(vm, NULL);
  return sk_bool(!(f & O_NONBLOCK));
}
SK_NATIVE(p_set_blocking, "set_blocking(fd, blocking, /)", NULL) {
  int fd = fd_arg(vm, args[0]), f = fcntl(fd, F_GETFL);
  if (f < 0 || fcntl(fd, F_SETFL, sk_truth(vm, args[1]) ? f & ~O_NONBLOCK : f | O_NONBLOCK) < 0) fail(vm, NULL);
  return SK_NONE;
}
SK_NATIVE(p_get_terminal_size, "get_terminal_size(fd=1, /)", NULL) {
  static const char *const fields[] = {"columns", "lines", NULL};
  static const SkStructSeq def = {"os.terminal_size", "Columns and lines of a terminal.", fields, 2};
  struct winsize w;
  if (ioctl(int_arg(vm, args[0]), TIOCGWINSZ, &w) < 0) fail(vm, NULL);
  SkValue v[] = {sk_smallint(w.ws_col), sk_smallint(w.ws_row)};
  return sk_struct_seq_new(vm, &def, v);
}

/* ---- stat ---- */

static const char *const stat_fields[] = {"st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_gid", "st_size", "_int_atime", "_int_mtime", "_int_ctime",
                                          "st_atime", "st_mtime", "st_ctime", "st_atime_ns", "st_mtime_ns", "st_ctime_ns", "st_blksize", "st_blocks", "st_rdev", NULL};
static const SkStructSeq stat_result = {"os.stat_result", "What the system knows of a file.", stat_fields, 10};

static SkValue seconds(SkVm *vm, struct timespec t) { return sk_float_new(vm, (double)t.tv_sec + 1e-9 * (double)t.tv_nsec); }
static SkValue nanoseconds(SkVm *vm, struct timespec t) { return sk_int_new(vm, (int64_t)t.tv_sec * 1000000000 + t.tv_nsec); }

static SkValue stat_value(SkVm *vm, const struct stat *s) {
  SkValue v[] = {sk_smallint(s->st_mode), sk_int_from_u64(vm, s->st_ino), sk_int_from_u64(vm, s->st_dev), sk_int_from_u64(vm, s->st_nlink),
                 sk_smallint(s->st_uid), sk_smallint(s->st_gid), sk_int_new(vm, s->st_size), sk_int_new(vm, s->st_atim.tv_sec),
                 sk_int_new(vm, s->st_mtim.tv_sec), sk_int_new(vm, s->st_ctim.tv_sec), seconds(vm, s->st_atim), seconds(vm, s->st_mtim),
                 seconds(vm, s->st_ctim), nanoseconds(vm, s->st_atim), nanoseconds(vm, s->st_mtim), nanoseconds(vm, s->st_ctim),
                 sk_int_new(vm, s->st_blksize), sk_int_new(vm, s->st_blocks), sk_int_from_u64(vm, s->st_rdev)};
  return sk_struct_seq_new(vm, &stat_result, v);
}

SK_NATIVE(p_stat, "stat(path, *, dir_fd=None, follow_symlinks=True)", "What the system knows of a file.") {
  Path p = reading(vm, args[0], "stat", true);
  struct stat s;
  int r = !p.s ? fstat(p.fd, &s) : sk_truth(vm, args[2]) ? stat(p.s, &s) : lstat(p.s, &s);
  if (r < 0) fail(vm, p.fd >= 0 ? NULL : &p);
  return stat_value(vm, &s);
}
SK_NATIVE(p_lstat, "lstat(path, *, dir_fd=None)", "Like stat, of the link itself.") {
  Path p = reading(vm, args[0], "lstat", false);
  struct stat s;
  if (lstat(p.s, &s) < 0) fail(vm, &p);
  return stat_value(vm, &s);
}
SK_NATIVE(p_fstat, "fstat(fd)", NULL) {
  struct stat s;
  if (fstat(fd_arg(vm, args[0]), &s) < 0) fail(vm, NULL);
  return stat_value(vm, &s);
}
SK_NATIVE(p_access, "access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)", NULL) {
  Path p = reading(vm, args[0], "access", false);
  return sk_bool(access(p.s, int_arg(vm, args[1])) == 0);
}
SK_NATIVE(p_utime, "utime(path, times=None, *, ns=?, dir_fd=None, follow_symlinks=True)", NULL) {
  Path p = writing(vm, args[0], "utime", false);
  struct timespec t[2] = {{.tv_nsec = UTIME_NOW}, {.tv_nsec = UTIME_NOW}};
  SkValue pair = !sk_is_unset(args[2]) ? args[2] : args[1];
  if (!sk_is_none(pair)) {
    if (!sk_is_tuple(pair) || sk_as_tuple(pair)->count != 2) sk_raise_type(vm, "utime: 'times' must be either a tuple of two ints or None");
    for (int i = 0; i < 2; i++) {
      SkValue v = sk_as_tuple(pair)->items[i];
      if (!sk_is_unset(args[2])) {
        int64_t ns = sk_to_index(vm, v);
        t[i] = (struct timespec){ns / 1000000000, ns % 1000000000};
      } else {
        double d = sk_to_double(vm, v);
        t[i].tv_sec = (time_t)d;
        t[i].tv_nsec = (long)((d - (double)t[i].tv_sec) * 1e9);
      }
    }
  }
  if (utimensat(AT_FDCWD, p.s, t, 0) < 0) fail(vm, &p);
  return SK_NONE;
}

/* ---- names in the file system ---- */

SK_NATIVE(p_mkdir, "mkdir(path, mode=511, *, dir_fd=None)", NULL) {
  Path p = writing(vm, args[0], "mkdir", false);
  if (mkdir(p.s, (mode_t)int_arg(vm, args[1])) < 0) fail(vm, &p);
  return SK_NONE;
}
#define ONE_PATH(name, call)                                  \
  SK_NATIVE(p_##name, #name "(path, *, dir_fd=None)", NULL) { \
    Path p = writing(vm, args[0], #name, false);              \
    if (call(p.s) < 0) fail(vm, &p);                          \
    return SK_NONE;                                           \
  }
ONE_PATH(rmdir, rmdir)
ONE_PATH(unlink, unlink)
ONE_PATH(remove, unlink)
SK_NATIVE(p_chdir, "chdir(path)", NULL) {
  Path p = path_arg(vm, args[0], "chdir", true);
  sk_need(vm, SK_CAP_PROCESS, p.s ? p.s : "working directory");
  if ((p.s ? chdir(p.s) : fchdir(p.fd)) < 0) fail(vm, &p);
  return SK_NONE;
}

static SkValue two_paths(SkVm *vm, const SkValue *args, const char *name, int (*fn)(const char *, const char *)) {
  bool link = fn == symlink; /* its source is only a text */
  Path a = link ? path_arg(vm, args[0], name, false) : writing(vm, args[0], name, false), b = writing(vm, args[1], name, false);
  if (fn(a.s, b.s) == 0) return SK_NONE;
  int code = errno;
  SkValue v[] = {sk_smallint(code), text(vm, strerror(code)), a.object, SK_NONE, b.object};
  sk_raise_exc(vm, sk_exc_new_args(vm, vm->types[SK_T_OSError], v, 5));
}
SK_NATIVE(p_rename, "rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", NULL) { return two_paths(vm, args, "rename", rename); }
SK_NATIVE(p_replace, "replace(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", NULL) { return two_paths(vm, args, "replace", rename); }
SK_NATIVE(p_link, "link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)", NULL) { return two_paths(vm, args, "link", link); }
SK_NATIVE(p_symlink, "symlink(src, dst, target_is_directory=False, *, dir_fd=None)", NULL) { return two_paths(vm, args, "symlink", symlink); }

SK_NATIVE(p_readlink, "readlink(path, *, dir_fd=None)", NULL) {
  Path p = reading(vm, args[0], "readlink", false);
  char buf[4097];
  ssize_t n = readlink(p.s, buf, sizeof buf - 1);
  if (n < 0) fail(vm, &p);
  buf[n] = 0;
  return path_result(vm, &p, buf);
}
SK_NATIVE(p_chmod, "chmod(path, mode, *, dir_fd=None, follow_symlinks=True)", NULL) {
  Path p = writing(vm, args[0], "chmod", true);
  mode_t mode = (mode_t)int_arg(vm, args[1]);
  if ((p.fd >= 0 ? fchmod(p.fd, mode) : chmod(p.s, mode)) < 0) fail(vm, p.fd >= 0 ? NULL : &p);
  return SK_NONE;
}
SK_NATIVE(p_umask, "umask(mask, /)", NULL) {
  mode_t mask = (mode_t)int_arg(vm, args[0]);
  sk_need(vm, SK_CAP_PROCESS, "umask");
  return sk_smallint(umask(mask));
}
SK_NATIVE(p_getcwd, "getcwd()", NULL) {
  (void)args;
  char buf[4097];
  sk_need(vm, SK_CAP_ENV, "working directory");
  if (!getcwd(buf, sizeof buf)) fail(vm, NULL);
  return text(vm, buf);
}
SK_NATIVE(p_getcwdb, "getcwdb()", NULL) {
  (void)args;
  char buf[4097];
  sk_need(vm, SK_CAP_ENV, "working directory");
  if (!getcwd(buf, sizeof buf)) fail(vm, NULL);
  return sk_from_ptr(sk_bytes_new(vm, buf, strlen(buf)));
}

/* Directory entries are read whole, so that no DIR stays open over anything that may raise: names go
 * into one growing buffer, separated by zero bytes, each led by its type. */
typedef struct Names { char *s; size_t n, room; int error; } Names;

static Names read_names(const char *dir) {
  Names all = {0};
  DIR *d = opendir(dir);
  if (!d) {
    all.error = errno;
    return all;
  }
  for (struct dirent *e; (e = readdir(d));) {
    if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, "..")) continue;
    size_t n = strlen(e->d_name) + 2;
    if (all.n + n > all.room) {
      size_t room = (all.room + n) * 2 + 1024;
      char *more = realloc(all.s, room);
      if (!more) {
        all.error = ENOMEM;
        break;
      }
      all.s = more;
      all.room = room;
    }
    all.s[all.n] = (char)e->d_type;
    memcpy(all.s + all.n + 1, e->d_name, n - 1);
    all.n += n;
  }
  closedir(d);
  return all;
}

/* Names as a list of (name, type) pairs or of names; the malloc'ed buffer is copied into the heap first. */
static SkValue names_list(SkVm *vm, const Path *p, bool types) {
  Names all = read_names(p->s);
  if (all.error) {
    free(all.s);
    errno = all.error;
    fail(vm, p);
  }
  SkRaw *raw = sk_raw_new(vm, all.n ? all.n : 1);
  memcpy(raw->data, all.s ? all.s : "", all.n);
  free(all.s);
  SkList *l = sk_list_new(vm, 8);
  for (size_t at = 0; at < all.n;) {
    const char *name = (const char *)raw->data + at + 1;
    SkValue v = path_result(vm, p, name);
    sk_list_append(vm, l, types ? sk_from_ptr(sk_tuple_pack(vm, 2, v, sk_smallint(raw->data[at]))) : v);
    at += strlen(name) + 2;
  }
  sk_keep(raw);
  return sk_from_ptr(l);
}

SK_NATIVE(p_listdir, "listdir(path='.')", "Names in a directory.") {
  SkValue v = sk_is_none(args[0]) ? text(vm, ".") : args[0];
  Path p = reading(vm, v, "listdir", false);
  return names_list(vm, &p, false);
}
SK_NATIVE(p_list_entries, "_list_entries(path, /)", "(name, d_type) of everything in a directory: what os.scandir stands on.") {
  Path p = reading(vm, args[0], "scandir", false);
  return names_list(vm, &p, true);
}

/* ---- the process ---- */

#define NUMBER(name, call) \
  SK_NATIVE(p_##name, #name "()", NULL) { (void)args; sk_need(vm, SK_CAP_ENV, #name); return sk_smallint((int64_t)call); }
NUMBER(getpid, getpid())
NUMBER(getppid, getppid())
NUMBER(getuid, getuid())
NUMBER(geteuid, geteuid())
NUMBER(getgid, getgid())
NUMBER(getegid, getegid())
SK_NATIVE(p_cpu_count, "cpu_count()", NULL) { (void)vm; (void)args; return sk_smallint(sysconf(_SC_NPROCESSORS_ONLN)); }

SK_NATIVE(p_exit, "_exit(status)", "End the process at once.") {
  int status = int_arg(vm, args[0]);
  sk_need(vm, SK_CAP_PROCESS, "_exit");
  _exit(status);
}
SK_NATIVE(p_kill, "kill(pid, signal, /)", NULL) {
  int pid = int_arg(vm, args[0]), number = int_arg(vm, args[1]);
  sk_need(vm, SK_CAP_PROCESS, "kill");
  if (kill(pid, number) < 0) fail(vm, NULL);
  if (sk_thread_must_poll(vm)) vm->hooks.poll(vm); /* a signal to oneself is dealt with at once */
  return SK_NONE;
}
SK_NATIVE(p_fork, "fork()", NULL) {
  (void)args;
  sk_need(vm, SK_CAP_PROCESS, "fork");
  sk_sys_flush(vm);
  if (sk_thread_count(vm) > 1) {
    sk_warn(vm, SK_T_DeprecationWarning, "This process (pid=%d) is multi-threaded, use of fork() may lead to deadlocks in the child.", (int)getpid());
  }
  sk_thread_before_fork(vm);
  pid_t pid = fork();
  int why = errno;
  sk_thread_after_fork(vm, pid == 0);
  errno = why;
  if (pid < 0) fail(vm, NULL);
  SkValue threading = pid == 0 ? sk_dict_get_cstr(vm, vm->modules, "threading") : SK_UNSET;
  if (sk_is_module(threading)) sk_call0(vm, sk_getattr_cstr(vm, threading, "_after_fork"));
  return sk_smallint(pid);
}
static void wait_for_end(SkVm *vm, void *arg) { sk_thread_wait_fd(vm, *(int *)arg, POLLIN); }

SK_NATIVE(p_waitpid, "waitpid(pid, options, /)", NULL) {
  int status = 0, r, pid = int_arg(vm, args[0]), options = int_arg(vm, args[1]);
  sk_need(vm, SK_CAP_PROCESS, "waitpid");
  int waits = options & WNOHANG || pid <= 0 ? -1 : (int)syscall(SYS_pidfd_open, pid, 0);
  if (waits >= 0 && !sk_protect_any(vm, wait_for_end, &waits)) {
    close(waits);
    sk_throw(vm, sk_take_raised(vm));
  }
  if (waits >= 0) close(waits);
  RETRY(r, waitpid(pid, &status, options));
  if (r < 0) fail(vm, NULL);
  return sk_from_ptr(sk_tuple_pack(vm, 2, sk_smallint(r), sk_smallint(status)));
}
SK_NATIVE(p_waitstatus, "waitstatus_to_exitcode(status)", NULL) {
  int s = int_arg(vm, args[0]);
  if (WIFEXITED(s)) return sk_smallint(WEXITSTATUS(s));
  if (WIFSIGNALED(s)) return sk_smallint(-WTERMSIG(s));
  sk_raise_value(vm, "invalid wait status: %d", s);
}
SK_NATIVE(p_system, "system(command)", "Run a command with the shell.") {
  if (!sk_is_str(args[0])) sk_raise_type(vm, "system() argument must be str, not %T", args[0]);
  const char *command = sk_str_cstr(vm, sk_as_str(args[0]));
  sk_need(vm, SK_CAP_PROCESS, command);
  sk_sys_flush(vm);
  SkThread *self = sk_thread_release(vm);
  int status = system(command);
  sk_thread_acquire(self);
  return sk_smallint(status);
}

static char **string_array(SkVm *vm, SkValue items) {
  SkTuple *t = sk_to_tuple(vm, items);
  SkRaw *raw = sk_raw_new(vm, (t->count + 1) * sizeof(char *));
  char **list = (char **)raw->data;
  for (size_t i = 0; i < t->count; i++) list[i] = (char *)path_arg(vm, t->items[i], "execve", false).s;
  list[t->count] = NULL;
  return list;
}
SK_NATIVE(p_execv, "execv(path, argv, /)", NULL) {
  Path p = path_arg(vm, args[0], "execv", false);
  sk_need(vm, SK_CAP_PROCESS, p.s);
  char **argv = string_array(vm, args[1]);
  sk_sys_flush(vm);
  execv(p.s, argv);
  fail(vm, &p);
}
static bool add_pair(SkVm *vm, SkValue key, void *arg) {
  void **a = arg;
  SkValue map = *(SkValue *)a[0], value = sk_getitem(vm, map, key);
  Path k = path_arg(vm, key, "execve", false), v = path_arg(vm, value, "execve", false);
  sk_list_append(vm, a[1], sk_from_ptr(sk_format(vm, "%s=%s", k.s, v.s)));
  return true;
}
SK_NATIVE(p_execve, "execve(path, argv, env)", NULL) {
  Path p = path_arg(vm, args[0], "execve", false);
  sk_need(vm, SK_CAP_PROCESS, p.s);
  char **argv = string_array(vm, args[1]);
  SkList *l = sk_list_new(vm, 16);
  SkValue map = args[2];
  void *a[] = {&map, l};
  sk_iterate(vm, sk_call_method0(vm, map, SK_NAME(vm, keys)), add_pair, a);
  char **env = string_array(vm, sk_from_ptr(l));
  sk_sys_flush(vm);
  execve(p.s, argv, env);
  fail(vm, &p);
}

SK_NATIVE(p_putenv, "putenv(name, value, /)", NULL) {
  Path n = path_arg(vm, args[0], "putenv", false), v = path_arg(vm, args[1], "putenv", false);
  sk_need(vm, SK_CAP_PROCESS, n.s);
  if (!*n.s || strchr(n.s, '=')) sk_raise_value(vm, "illegal environment variable name");
  if (setenv(n.s, v.s, 1) < 0) fail(vm, NULL);
  return SK_NONE;
}
SK_NATIVE(p_unsetenv, "unsetenv(name, /)", NULL) {
  Path n = path_arg(vm, args[0], "unsetenv", false);
  sk_need(vm, SK_CAP_PROCESS, n.s);
  if (unsetenv(n.s) < 0) fail(vm, NULL);
  return SK_NONE;
}
SK_NATIVE(p_strerror, "strerror(code, /)", NULL) { return text(vm, strerror(int_arg(vm, args[0]))); }
SK_NATIVE(p_urandom, "urandom(size, /)", "Random bytes from the system.") {
  int64_t n = sk_to_index(vm, args[0]);
  if (n < 0) sk_raise_value(vm, "negative argument not allowed");
  sk_need(vm, SK_CAP_RANDOM, "");
  SkBytes *b = sk_bytes_new(vm, NULL, (size_t)n);
  for (size_t at = 0; at < b->length;) {
    ssize_t got = getrandom(b->data + at, b->length - at, 0);
    if (got < 0 && errno != EINTR) fail(vm, NULL);
    if (got > 0) at += (size_t)got;
  }
  return sk_from_ptr(b);
}
SK_NATIVE(p_uname, "uname()", NULL) {
  static const char *const fields[] = {"sysname", "nodename", "release", "version", "machine", NULL};
  static const SkStructSeq def = {"posix.uname_result", "The name of the system.", fields, 5};
  (void)args;
  struct utsname u;
  sk_need(vm, SK_CAP_ENV, "uname");
  if (uname(&u) < 0) fail(vm, NULL);
  SkValue v[] = {text(vm, u.sysname), text(vm, u.nodename), text(vm, u.release), text(vm, u.version), text(vm, u.machine)};
  return sk_struct_seq_new(vm, &def, v);
}
SK_NATIVE(p_times, "times()", NULL) {
  static const char *const fields[] = {"user", "system", "children_user", "children_system", "elapsed", NULL};
  static const SkStructSeq def = {"posix.times_result", "Times of the process.", fields, 5};
  (void)args;
  struct tms t;
  double tick = (double)sysconf(_SC_CLK_TCK), now = (double)times(&t);
  SkValue v[] = {sk_float_new(vm, (double)t.tms_utime / tick), sk_float_new(vm, (double)t.tms_stime / tick), sk_float_new(vm, (double)t.tms_cutime / tick),
                 sk_float_new(vm, (double)t.tms_cstime / tick), sk_float_new(vm, now / tick)};
  return sk_struct_seq_new(vm, &def, v);
}

static void add_environ(SkVm *vm, SkModule *m) {
  SkDict *d = sk_dict_new(vm);
  sk_module_add(vm, m, "environ", sk_from_ptr(d));
  for (char **e = sk_may(vm, SK_CAP_ENV) ? environ : NULL; e && *e; e++) {
    const char *eq = strchr(*e, '=');
    if (!eq || eq == *e) continue;
    SkValue k = sk_from_ptr(sk_bytes_new(vm, *e, (size_t)(eq - *e))), v = sk_from_ptr(sk_bytes_new(vm, eq + 1, strlen(eq + 1)));
    if (sk_is_unset(sk_dict_get(vm, d, k))) sk_dict_set(vm, d, k, v);
  }
}

#define CONSTANTS(X)                                                                                                          \
  X(O_RDONLY) X(O_WRONLY) X(O_RDWR) X(O_CREAT) X(O_EXCL) X(O_TRUNC) X(O_APPEND) X(O_NONBLOCK) X(O_NOCTTY) X(O_SYNC) X(O_DSYNC) \
  X(O_CLOEXEC) X(O_DIRECTORY) X(O_NOFOLLOW) X(O_ACCMODE) X(F_OK) X(R_OK) X(W_OK) X(X_OK) X(WNOHANG) X(WUNTRACED) X(WCONTINUED)

static void posix_init(SkVm *vm, SkModule *m) {
  static const struct { const char *name; int value; } constants[] = {
#define CONSTANT(name) {#name, name},
      CONSTANTS(CONSTANT)
#undef CONSTANT
      {"EX_OK", 0}, {"EX_USAGE", 64}, {"EX_DATAERR", 65}, {"EX_NOINPUT", 66}, {"EX_UNAVAILABLE", 69}, {"EX_SOFTWARE", 70}, {"EX_OSERR", 71},
      {"EX_IOERR", 74}, {"EX_TEMPFAIL", 75}, {"EX_NOPERM", 77}, {"EX_CONFIG", 78}, {"NGROUPS_MAX", 65536}, {"TMP_MAX", 238328}};
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) sk_module_add(vm, m, constants[i].name, sk_smallint(constants[i].value));
  sk_module_add(vm, m, "error", sk_from_ptr(vm->types[SK_T_OSError]));
  add_environ(vm, m);
}

static const SkNativeDef *const functions[] = {
    &p_fspath_def, &p_open_def, &p_close_def, &p_read_def, &p_write_def, &p_lseek_def, &p_pipe_def, &p_dup_def, &p_dup2_def, &p_isatty_def,
    &p_fsync_def, &p_ftruncate_def, &p_truncate_def, &p_get_inheritable_def, &p_set_inheritable_def, &p_get_blocking_def, &p_set_blocking_def, &p_get_terminal_size_def, &p_stat_def,
    &p_lstat_def, &p_fstat_def, &p_access_def, &p_utime_def, &p_mkdir_def, &p_rmdir_def, &p_unlink_def, &p_remove_def, &p_chdir_def,
    &p_rename_def, &p_replace_def, &p_link_def, &p_symlink_def, &p_readlink_def, &p_chmod_def, &p_umask_def, &p_getcwd_def, &p_getcwdb_def,
    &p_listdir_def, &p_list_entries_def, &p_getpid_def, &p_getppid_def, &p_getuid_def, &p_geteuid_def, &p_getgid_def, &p_getegid_def,
    &p_cpu_count_def, &p_exit_def, &p_kill_def, &p_fork_def, &p_waitpid_def, &p_waitstatus_def, &p_system_def, &p_execv_def, &p_execve_def,
    &p_putenv_def, &p_unsetenv_def, &p_strerror_def, &p_urandom_def, &p_uname_def, &p_times_def, NULL};

const SkModuleDef sk_posix_module = {"posix", "System calls.", functions, posix_init};
