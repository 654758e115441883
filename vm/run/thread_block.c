/* thread_block.c - waiting for descriptors with the VM's lock given away, ended by whatever ends a wait.  Layer 7.
 *
 * The main thread has the VM's wake event among what it polls, so that an interrupt, a kill or a posted job is seen at once; and nobody
 * waits beyond the VM's deadline.  The other threads are woken by signals when the VM ends (thread.c).
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <time.h>

#include "vm/heap/vm.h"
#include "vm/run/thread.h"

/* One wait: how many are ready; 0: time, or something to poll for; -1: errno. */
static int wait_once(SkVm *vm, struct pollfd *all, size_t n, size_t events, int64_t until) {
  struct timespec left = {0}, *limit = NULL;
  if (until >= 0) {
    int64_t ns = until - sk_thread_now();
    if (ns > 0) left = (struct timespec){ns / 1000000000, ns % 1000000000};
    limit = &left;
  }
  SkThread *t = sk_thread_release(vm);
  int ready = ppoll(all, n + events, limit, NULL), why = errno;
  sk_thread_acquire(t);
  if (ready > 0 && events && all[n].revents) {
    sk_thread_clear_wake(vm);
    ready--;
  }
  errno = why;
  return ready;
}

static bool wake_event(SkVm *vm, struct pollfd *p) {
  int fd = sk_thread_is_main(vm) ? sk_thread_wake_fd(vm) : -1;
  *p = (struct pollfd){.fd = fd, .events = POLLIN};
  return fd >= 0;
}

int sk_thread_wait_fds(SkVm *vm, struct pollfd *fds, size_t n, int64_t deadline) {
  size_t mark = sk_scratch_mark(vm);
  struct pollfd few[8], *all = n < 8 ? few : sk_scratch(vm, (n + 1) * sizeof *all);
  if (n) memcpy(all, fds, n * sizeof *all);
  size_t events = wake_event(vm, &all[n]);
  int ready;
  for (;;) {
    if (sk_thread_must_poll(vm)) vm->hooks.poll(vm);
    ready = wait_once(vm, all, n, events, sk_limits_until(vm, deadline));
    if (ready < 0 && errno == EINTR) {
      vm->hooks.poll(vm); /* a signal's handler may raise */
      continue;
    }
    if (ready != 0 || (deadline >= 0 && sk_thread_now() >= deadline)) break;
  }
  int why = errno;
  for (size_t i = 0; i < n; i++) fds[i].revents = all[i].revents;
  sk_scratch_release(vm, mark);
  errno = why;
  return ready;
}

bool sk_thread_wait_fd(SkVm *vm, int fd, short events) {
  struct pollfd p = {.fd = fd, .events = events};
  if (poll(&p, 1, 0) != 0) return true;
  int flags = fcntl(fd, F_GETFL);
  if (flags < 0 || flags & O_NONBLOCK) return false;
  sk_thread_wait_fds(vm, &p, 1, SK_NO_DEADLINE);
  return true;
}

void sk_thread_pause(SkVm *vm) {
  struct pollfd event;
  size_t events = wake_event(vm, &event);
  wait_once(vm, &event, 0, events, sk_limits_until(vm, SK_NO_DEADLINE));
  if (sk_thread_must_poll(vm)) vm->hooks.poll(vm);
}
