/* subprocess_module.c - the module _subprocess: a child process between fork and exec, waiting for descriptors and for its end.  Layer 8.
 *
 * The child shares our memory until it has called exec (vfork), so it only makes system calls and says in the Child record what went
 * wrong.  All signals are blocked meanwhile: no handler of ours may run in it.  With a preexec_fn, which is a script's, it is a real fork
 * and the record comes back through a pipe.
 */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "stdlib/native/native.h"
#include "stdlib/native/socket_impl.h"
#include "vm/run/thread.h"

extern char **environ;

typedef enum Stage { STAGE_NONE, STAGE_SETUP, STAGE_CHDIR, STAGE_EXEC, STAGE_PREEXEC } Stage;

typedef struct Child {
  char **argv, **envp;      /* envp NULL: ours */
  char **paths;             /* tried in turn */
  const char *cwd;
  int fds[3];               /* what becomes 0, 1, 2; -1: as they are */
  const int *keep;          /* ascending */
  size_t keep_count;
  bool close_fds, restore_signals, new_session;
  int64_t group, umask, uid, gid; /* -1: as they are */
  const gid_t *groups;
  int64_t groups_count;
  sigset_t mask;            /* of the parent, for the child */
  SkValue preexec;
  /* what went wrong */
  volatile int stage, error;
} Child;

/* ---- in the child ---- */

static void close_span(unsigned from, unsigned to) {
  if (from > to || syscall(SYS_close_range, from, to, 0) == 0) return;
  long most = sysconf(_SC_OPEN_MAX);
  if (most < 0 || most > 65536) most = 65536;
  for (unsigned fd = from; fd <= to && fd < (unsigned)most; fd++) close((int)fd);
}

static void close_others(const Child *c, int pipe_end) {
  unsigned next = 3;
  for (size_t i = 0; i <= c->keep_count; i++) {
    int fd = i < c->keep_count ? c->keep[i] : -1;
    if (pipe_end >= (int)next && (fd < 0 || pipe_end < fd)) {
      close_span(next, (unsigned)pipe_end - 1);
      next = (unsigned)pipe_end + 1;
    }
    if (fd < (int)next) continue;
    close_span(next, (unsigned)fd - 1);
    next = (unsigned)fd + 1;
  }
  close_span(next, ~0u);
}

static bool place_descriptors(Child *c) {
  for (int i = 0; i < 3; i++) /* out of the way of what will be put there */
    if (c->fds[i] >= 0 && c->fds[i] < 3 && c->fds[i] != i && (c->fds[i] = fcntl(c->fds[i], F_DUPFD, 3)) < 0) return false;
  for (int i = 0; i < 3; i++) {
    if (c->fds[i] == i) {
      if (fcntl(i, F_SETFD, 0) < 0) return false;
    } else if (c->fds[i] >= 0 && dup2(c->fds[i], i) < 0) {
      return false;
    }
  }
  for (size_t i = 0; i < c->keep_count; i++)
    if (fcntl(c->keep[i], F_SETFD, 0) < 0) return false;
  return true;
}

static bool change_identity(const Child *c) {
  if (c->new_session && setsid() < 0) return false;
  if (c->group >= 0 && setpgid(0, (pid_t)c->group) < 0) return false;
  if (c->groups_count >= 0 && setgroups((size_t)c->groups_count, c->groups) < 0) return false;
  if (c->gid >= 0 && setregid((gid_t)c->gid, (gid_t)c->gid) < 0) return false;
  return c->uid < 0 || setreuid((uid_t)c->uid, (uid_t)c->uid) == 0;
}

/* Handlers of ours are no use in another program; those who were ignored for the interpreter's sake get their default back. */
static void default_signals(const Child *c) {
  for (int s = 1; s < NSIG; s++) {
    struct sigaction a;
    if (sigaction(s, NULL, &a) < 0) continue;
    bool ours = a.sa_handler != SIG_IGN && a.sa_handler != SIG_DFL;
    if (!ours && !(c->restore_signals && (s == SIGPIPE || s == SIGXFSZ))) continue;
    a = (struct sigaction){.sa_handler = SIG_DFL};
    sigaction(s, &a, NULL);
  }
}

static void call_preexec(SkVm *vm, void *arg) { sk_call0(vm, ((Child *)arg)->preexec); }

/* Becomes the program, or says why not. */
static void become(SkVm *vm, Child *c, int pipe_end) {
  c->stage = STAGE_SETUP;
  if (!place_descriptors(c)) goto failed;
  c->stage = STAGE_CHDIR;
  if (c->cwd && chdir(c->cwd) < 0) goto failed;
  c->stage = STAGE_SETUP;
  if (c->umask >= 0) umask((mode_t)c->umask);
  if (!change_identity(c)) goto failed;
  c->stage = STAGE_PREEXEC;
  if (!sk_is_none(c->preexec) && !sk_protect(vm, call_preexec, c)) return;
  if (c->close_fds) close_others(c, pipe_end);
  default_signals(c);
  sigprocmask(SIG_SETMASK, &c->mask, NULL);
  c->stage = STAGE_EXEC;
  int first = 0;
  for (char **p = c->paths; *p; p++) {
    execve(*p, c->argv, c->envp ? c->envp : environ);
    if (errno != ENOENT && errno != ENOTDIR && !first) first = errno;
  }
  if (first) errno = first;
failed:
  c->error = errno;
}

/* ---- in the parent ---- */

static pid_t plain_child(SkVm *vm, Child *c) {
  pid_t pid = vfork();
  if (pid == 0) {
    become(vm, c, -1);
    _exit(255);
  }
  return pid;
}

typedef struct Word { int stage, error; } Word;

static pid_t child_with_hook(SkVm *vm, Child *c) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) < 0) return -1;
  pid_t pid = fork();
  if (pid == 0) {
    close(ends[0]);
    become(vm, c, ends[1]);
    Word w = {c->stage, c->error};
    ssize_t n = write(ends[1], &w, sizeof w);
    _exit(n < 0 ? 254 : 255);
  }
  int why = errno;
  close(ends[1]);
  Word w = {0};
  ssize_t n;
  do n = pid < 0 ? 0 : read(ends[0], &w, sizeof w);
  while (n < 0 && errno == EINTR);
  close(ends[0]);
  if (n == sizeof w) {
    c->stage = w.stage;
    c->error = w.error;
  } else {
    c->stage = STAGE_NONE;
  }
  errno = why;
  return pid;
}

static pid_t make_child(SkVm *vm, Child *c) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &c->mask);
  bool hook = !sk_is_none(c->preexec);
  pid_t pid = hook ? child_with_hook(vm, c) : plain_child(vm, c);
  int why = errno;
  pthread_sigmask(SIG_SETMASK, &c->mask, NULL);
  errno = why;
  if (pid < 0) sk_raise_os(vm, errno, SK_UNSET);
  /* With vfork the record is the child's own: EXEC with no error means that it runs. */
  if (c->stage != STAGE_NONE && (c->error || c->stage == STAGE_PREEXEC)) {
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {}
    return 0;
  }
  return pid;
}

static char **strings_of(SkVm *vm, SkValue list, bool nothing_is_null) {
  if (nothing_is_null && sk_is_none(list)) return NULL;
  SkTuple *t = sk_to_tuple(vm, list);
  char **v = sk_scratch(vm, (t->count + 1) * sizeof *v);
  for (size_t i = 0; i < t->count; i++) {
    SkBytes *b = sk_as_bytes(t->items[i]);
    if (memchr(b->data, 0, b->length)) sk_raise_value(vm, "embedded null byte");
    v[i] = b->data;
  }
  v[t->count] = NULL;
  return v;
}

static int64_t number_or_minus(SkVm *vm, SkValue v) { return sk_is_none(v) ? -1 : sk_to_index(vm, v); }

/* args, paths, env, cwd, fds, keep, close_fds, restore_signals, new_session, group, umask, uid, gid, groups, preexec: all checked and
 * encoded by subprocess.py.  (pid, 0, 0), or (0, stage, errno). */
SK_NATIVE(spawn, "spawn(args, paths, env, cwd, fds, keep, close_fds, restore_signals, new_session, group, umask, uid, gid, groups, preexec, /)",
          "Start a program.") {
  size_t mark = sk_scratch_mark(vm);
  Child *c = sk_scratch(vm, sizeof *c);
  *c = (Child){.argv = strings_of(vm, args[0], false), .paths = strings_of(vm, args[1], false), .envp = strings_of(vm, args[2], true),
               .cwd = sk_is_none(args[3]) ? NULL : sk_as_bytes(args[3])->data, .close_fds = sk_truth(vm, args[6]),
               .restore_signals = sk_truth(vm, args[7]), .new_session = sk_truth(vm, args[8]), .group = number_or_minus(vm, args[9]),
               .umask = number_or_minus(vm, args[10]), .uid = number_or_minus(vm, args[11]), .gid = number_or_minus(vm, args[12]),
               .groups_count = -1, .preexec = args[14]};
  sk_need(vm, SK_CAP_PROCESS, c->argv[0] ? c->argv[0] : "");
  for (int i = 0; i < 3; i++) c->fds[i] = sock_int(vm, sk_as_tuple(args[4])->items[i]);
  SkTuple *keep = sk_as_tuple(args[5]);
  int *keep_fds = sk_scratch(vm, (keep->count + 1) * sizeof *keep_fds);
  for (size_t i = 0; i < keep->count; i++) keep_fds[i] = sock_int(vm, keep->items[i]);
  c->keep = keep_fds;
  c->keep_count = keep->count;
  if (!sk_is_none(args[13])) {
    SkTuple *groups = sk_as_tuple(args[13]);
    gid_t *ids = sk_scratch(vm, (groups->count + 1) * sizeof *ids);
    for (size_t i = 0; i < groups->count; i++) ids[i] = (gid_t)sk_to_index(vm, groups->items[i]);
    c->groups = ids;
    c->groups_count = (int64_t)groups->count;
  }
  pid_t pid = make_child(vm, c);
  SkValue result = pid ? sk_from_ptr(sk_tuple_pack(vm, 3, sk_int_new(vm, pid), sk_smallint(0), sk_smallint(0)))
                       : sk_from_ptr(sk_tuple_pack(vm, 3, sk_smallint(0), sk_smallint(c->stage), sk_smallint(c->error)));
  sk_scratch_release(vm, mark);
  return result;
}

SK_NATIVE(pidfd, "pidfd(pid, /)", "A descriptor that can be read when the process has ended; -1 where the system has none.") {
  sk_need(vm, SK_CAP_PROCESS, "pidfd");
  long fd = syscall(SYS_pidfd_open, (pid_t)sk_to_index(vm, args[0]), 0);
  if (fd < 0 && errno == ESRCH) sk_raise_os(vm, errno, SK_UNSET);
  sk_fd_made(vm, (int)fd);
  return sk_smallint(fd);
}

SK_NATIVE(poll_fds, "poll(fds, timeout, /)",
          "Which of the descriptors are ready: a list of those of fds, (fd, writing) pairs; timeout None or seconds; [] when time runs out.") {
  SkTuple *t = sk_to_tuple(vm, args[0]);
  size_t mark = sk_scratch_mark(vm);
  struct pollfd *p = sk_scratch(vm, (t->count + 1) * sizeof *p);
  for (size_t i = 0; i < t->count; i++) {
    SkTuple *pair = sk_as_tuple(t->items[i]);
    p[i] = (struct pollfd){.fd = sock_int(vm, pair->items[0]), .events = sk_truth(vm, pair->items[1]) ? POLLOUT : POLLIN};
  }
  int64_t deadline = sk_is_none(args[1]) ? -1 : sock_now() + (int64_t)(sk_to_double(vm, args[1]) * 1e9);
  int n;
  n = sk_thread_wait_fds(vm, p, t->count, deadline);
  if (n < 0) sk_raise_os(vm, errno, SK_UNSET);
  SkList *ready = sk_list_new(vm, (size_t)n);
  for (size_t i = 0; i < t->count; i++)
    if (p[i].revents) sk_list_append(vm, ready, t->items[i]);
  sk_scratch_release(vm, mark);
  return sk_from_ptr(ready);
}

static const SkNativeDef *const functions[] = {&spawn_def, &pidfd_def, &poll_fds_def, NULL};

const SkModuleDef sk_subprocess_module = {"_subprocess", "Starting programs.", functions, NULL};
