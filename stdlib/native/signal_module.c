/* signal_module.c - the module _signal: handlers in Python, run by the main thread's poll.  Layer 8.
 *
 * The C handler writes down that the signal came and makes the main thread poll; hooks.interrupted then calls the Python handler.
 * Signals belong to the process, so |owner| and |came| are the only writable statics of the library: the VM that first calls
 * signal() owns the signals until it is freed, any other gets a ValueError.  What was installed before is put back in the end.
 */
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "stdlib/native/native.h"
#include "stdlib/native/native_type.h"
#include "vm/run/thread.h"

static SkVm *owner; /* atomic */
static int came[NSIG]; /* atomic */
static int wakeup_fd = -1; /* atomic */

#define LOAD(x) __atomic_load_n(&(x), __ATOMIC_SEQ_CST)
#define STORE(x, v) __atomic_store_n(&(x), (v), __ATOMIC_SEQ_CST)

/* Per VM: what getsignal() answers, and what to put back. */
typedef struct Signals {
  SkObject head;
  SkVm *vm;
  SkValue handler[NSIG]; /* int SIG_DFL or SIG_IGN, callable, or None: set by the host */
  struct sigaction before[NSIG];
  bool ours[NSIG];
} Signals;

static void signals_trace(SkMarker *m, SkObject *o) { sk_mark_span(m, ((Signals *)o)->handler, NSIG); }

static void signals_end(SkVm *vm, SkObject *o) {
  Signals *s = (Signals *)o;
  if (LOAD(owner) != vm) return;
  for (int i = 1; i < NSIG; i++)
    if (s->ours[i]) sigaction(i, &s->before[i], NULL);
  STORE(wakeup_fd, -1);
  STORE(owner, NULL);
}

static const SkTypeDef signals_type = {
    .name = "_signal._Signals", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Signals), .trace = signals_trace, .finalize = signals_end,
    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE};

static Signals *state_of(SkVm *vm) { return (Signals *)sk_ptr(sk_dict_get_cstr(vm, vm->module_state, "_signal")); }

/* ---- arrival ------------------------------------------------------------------------------------------------------------- */

static void arrive(SkVm *vm, int sig) {
  STORE(came[sig], 1);
  __atomic_fetch_or(&vm->interrupt, SK_INTERRUPT_SIGNAL, __ATOMIC_SEQ_CST);
  sk_thread_wake_main(vm);
}

static void on_signal(int sig) {
  int saved = errno;
  SkVm *vm = LOAD(owner);
  if (vm) arrive(vm, sig);
  int fd = LOAD(wakeup_fd);
  unsigned char byte = (unsigned char)sig;
  if (fd >= 0 && write(fd, &byte, 1) < 0) { /* full: whoever reads it is behind anyway */ }
  errno = saved;
}

/* hooks.interrupted: the main thread polls.  A handler that raises leaves the others for the next poll. */
static void run_handlers(SkVm *vm, int bits) {
  Signals *s = state_of(vm);
  for (int sig = 1; bits & SK_INTERRUPT_SIGNAL && sig < NSIG; sig++) {
    if (!__atomic_exchange_n(&came[sig], 0, __ATOMIC_SEQ_CST)) continue;
    __atomic_fetch_or(&vm->interrupt, bits, __ATOMIC_SEQ_CST); /* for the rest, should this one raise */
    SkValue fn = s->handler[sig];
    SkObject *frame = sk_frame_at(vm, 0);
    if (!sk_is_smallint(fn) && !sk_is_none(fn)) sk_call2(vm, fn, sk_smallint(sig), sk_from_ptr_or(frame, SK_NONE));
    const int ours = SK_INTERRUPT_SIGNAL | SK_INTERRUPT_HOST;
    bits |= __atomic_fetch_and(&vm->interrupt, ~ours, __ATOMIC_SEQ_CST) & ours;
  }
  if (!(bits & SK_INTERRUPT_HOST)) return;
  sk_raise_exc(vm, sk_exc_new_args(vm, vm->types[SK_T_KeyboardInterrupt], NULL, 0));
}

/* ---- handlers --------------------------------------------------------------------------------------------------------------- */

static int signal_arg(SkVm *vm, SkValue v) {
  int64_t n = sk_to_index(vm, v);
  if (n < 1 || n >= NSIG) sk_raise_value(vm, "signal number out of range");
  return (int)n;
}

static void need_signals(SkVm *vm) {
  sk_need(vm, SK_CAP_SIGNAL, "");
  if (!sk_thread_is_main(vm)) sk_raise_value(vm, "signal only works in main thread of the main interpreter");
  SkVm *nobody = NULL;
  if (!__atomic_compare_exchange_n(&owner, &nobody, vm, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST) && nobody != vm)
    sk_raise_value(vm, "another interpreter of this process has the signals");
}

SK_NATIVE(s_signal, "signal(signalnum, handler, /)", "Set the action for the signal; gives the one before.") {
  int sig = signal_arg(vm, args[0]);
  SkValue fn = args[1];
  bool plain = sk_is_smallint(fn) && (sk_smallint_get(fn) == 0 || sk_smallint_get(fn) == 1);
  if (!plain && !SK_SLOTS(vm, fn)->call) sk_raise_type(vm, "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
  need_signals(vm);
  Signals *s = state_of(vm);
  struct sigaction act = {.sa_handler = !plain ? on_signal : sk_smallint_get(fn) ? SIG_IGN : SIG_DFL}, old;
  sigemptyset(&act.sa_mask);
  if (sigaction(sig, &act, &old) < 0) sk_raise_os(vm, errno, SK_UNSET);
  if (!s->ours[sig]) {
    s->ours[sig] = true;
    s->before[sig] = old;
  }
  if (sk_thread_must_poll(vm)) vm->hooks.poll(vm); /* those that came for the old handler */
  SkValue before = s->handler[sig];
  sk_write(vm, s, &s->handler[sig], plain ? sk_smallint(sk_smallint_get(fn)) : fn);
  return before;
}

SK_NATIVE(s_getsignal, "getsignal(signalnum, /)", "The current action for the signal.") { return state_of(vm)->handler[signal_arg(vm, args[0])]; }

SK_NATIVE(s_default_int_handler, "default_int_handler(signalnum, frame, /)", "Raises KeyboardInterrupt.") {
  sk_raise_exc(vm, sk_exc_new_args(vm, vm->types[SK_T_KeyboardInterrupt], NULL, 0));
}

SK_NATIVE(s_siginterrupt, "siginterrupt(signalnum, flag, /)", "Whether system calls are restarted after the signal.") {
  sk_need(vm, SK_CAP_SIGNAL, "");
  int sig = signal_arg(vm, args[0]);
  struct sigaction act;
  sigaction(sig, NULL, &act);
  if (sk_truth(vm, args[1])) act.sa_flags &= ~SA_RESTART;
  else act.sa_flags |= SA_RESTART;
  if (sigaction(sig, &act, NULL) < 0) sk_raise_os(vm, errno, SK_UNSET);
  return SK_NONE;
}

SK_NATIVE(s_set_wakeup_fd, "set_wakeup_fd(fd, /, *, warn_on_full_buffer=True)", "A descriptor that gets the number of each signal as a byte; -1: none.") {
  sk_need(vm, SK_CAP_SIGNAL, "");
  int64_t fd = sk_to_index(vm, args[0]);
  if (!sk_thread_is_main(vm)) sk_raise_value(vm, "set_wakeup_fd only works in main thread of the main interpreter");
  if (fd != -1 && (fd < 0 || lseek((int)fd, 0, SEEK_CUR) == -2 || dup2((int)fd, (int)fd) < 0)) sk_raise_value(vm, "invalid fd");
  int before = __atomic_exchange_n(&wakeup_fd, (int)fd, __ATOMIC_SEQ_CST);
  return sk_smallint(before);
}

/* ---- sending and waiting -------------------------------------------------------------------------------------------------------- */

static void poll_now(SkVm *vm) {
  if (sk_thread_must_poll(vm)) vm->hooks.poll(vm);
}

SK_NATIVE(s_raise_signal, "raise_signal(signalnum, /)", "Send a signal to this process.") {
  sk_need(vm, SK_CAP_SIGNAL, "");
  if (raise(signal_arg(vm, args[0])) != 0) sk_raise_os(vm, errno, SK_UNSET);
  poll_now(vm);
  return SK_NONE;
}

SK_NATIVE(s_simulate, "_simulate(signalnum, /)", NULL) {
  sk_need(vm, SK_CAP_SIGNAL, "");
  int sig = signal_arg(vm, args[0]);
  SkValue fn = state_of(vm)->handler[sig];
  if (sk_is_smallint(fn) || sk_is_none(fn)) return SK_NONE;
  arrive(vm, sig);
  if (sk_thread_is_main(vm)) poll_now(vm);
  return SK_NONE;
}

SK_NATIVE(s_pause, "pause()", "Wait until a signal arrives.") {
  sk_need(vm, SK_CAP_SIGNAL, "");
  sk_thread_pause(vm);
  return SK_NONE;
}

SK_NATIVE(s_alarm, "alarm(seconds, /)", "Arrange for SIGALRM after that many seconds; gives what was left of the one before.") {
  sk_need(vm, SK_CAP_SIGNAL, "");
  return sk_int_new(vm, alarm((unsigned)sk_to_index(vm, args[0])));
}

static struct timeval to_timeval(SkVm *vm, SkValue v) {
  double d = sk_number_to_double(vm, v);
  if (!(d >= 0)) sk_raise_value(vm, "itimer value must not be negative");
  return (struct timeval){(time_t)d, (suseconds_t)ceil((d - floor(d)) * 1e6) % 1000000};
}
static SkValue from_timer(SkVm *vm, const struct itimerval *t) {
  SkValue delay = sk_float_new(vm, (double)t->it_value.tv_sec + (double)t->it_value.tv_usec * 1e-6);
  SkValue interval = sk_float_new(vm, (double)t->it_interval.tv_sec + (double)t->it_interval.tv_usec * 1e-6);
  return sk_from_ptr(sk_tuple_pack(vm, 2, delay, interval));
}
SK_NATIVE(s_setitimer, "setitimer(which, seconds, interval=0.0, /)", "Start a timer that sends a signal; gives the old (delay, interval).") {
  sk_need(vm, SK_CAP_SIGNAL, "");
  struct itimerval now = {.it_value = to_timeval(vm, args[1]), .it_interval = to_timeval(vm, args[2])}, old;
  if (setitimer((int)sk_to_index(vm, args[0]), &now, &old) < 0) sk_raise_os(vm, errno, SK_UNSET);
  return from_timer(vm, &old);
}
SK_NATIVE(s_getitimer, "getitimer(which, /)", "(delay, interval) of the timer.") {
  struct itimerval now;
  if (getitimer((int)sk_to_index(vm, args[0]), &now) < 0) sk_raise_os(vm, errno, SK_UNSET);
  return from_timer(vm, &now);
}

SK_NATIVE(s_strsignal, "strsignal(signalnum, /)", "What the system calls the signal.") {
  const char *text = strsignal(signal_arg(vm, args[0]));
  return !text || !strncmp(text, "Unknown", 7) ? SK_NONE : sk_from_ptr(sk_str_from_cstr(vm, text));
}

static SkValue set_of(SkVm *vm, const sigset_t *set) {
  SkSet *out = sk_set_new(vm);
  for (int i = 1; i < NSIG; i++)
    if (sigismember(set, i) == 1) sk_set_add(vm, out, sk_smallint(i));
  return sk_from_ptr(out);
}
static void to_set(SkVm *vm, SkValue v, sigset_t *set) {
  sigemptyset(set);
  SkTuple *all = sk_to_tuple(vm, v);
  for (size_t i = 0; i < all->count; i++) sigaddset(set, signal_arg(vm, all->items[i]));
}

SK_NATIVE(s_valid_signals, "valid_signals()", "The numbers of all signals.") {
  sigset_t all;
  sigfillset(&all);
  return set_of(vm, &all);
}
SK_NATIVE(s_pthread_sigmask, "pthread_sigmask(how, mask, /)", "Block or unblock signals in this thread; gives the old mask.") {
  sk_need(vm, SK_CAP_SIGNAL, "");
  sigset_t set, old;
  to_set(vm, args[1], &set);
  int failed = pthread_sigmask((int)sk_to_index(vm, args[0]), &set, &old);
  if (failed) sk_raise_os(vm, failed, SK_UNSET);
  poll_now(vm);
  return set_of(vm, &old);
}
SK_NATIVE(s_sigpending, "sigpending()", "Signals that wait for being unblocked.") {
  sigset_t set;
  if (sigpending(&set) < 0) sk_raise_os(vm, errno, SK_UNSET);
  return set_of(vm, &set);
}
SK_NATIVE(s_sigwait, "sigwait(sigset, /)", "Wait for one of the signals.") {
  sk_need(vm, SK_CAP_SIGNAL, "");
  sigset_t set;
  to_set(vm, args[0], &set);
  int sig = 0;
  SkThread *t = sk_thread_release(vm);
  int failed = sigwait(&set, &sig);
  sk_thread_acquire(t);
  if (failed) sk_raise_os(vm, failed, SK_UNSET);
  return sk_smallint(sig);
}
SK_NATIVE(s_pthread_kill, "pthread_kill(thread_id, signalnum, /)", "Send a signal to a thread.") {
  sk_need(vm, SK_CAP_SIGNAL, "");
  int failed = pthread_kill((pthread_t)sk_to_index(vm, args[0]), (int)sk_to_index(vm, args[1]));
  if (failed) sk_raise_os(vm, failed, SK_UNSET);
  poll_now(vm);
  return SK_NONE;
}

/* ---- the module ------------------------------------------------------------------------------------------------------------------ */

static const struct { const char *name; int number; } numbers[] = {
    {"SIGHUP", SIGHUP}, {"SIGINT", SIGINT}, {"SIGQUIT", SIGQUIT}, {"SIGILL", SIGILL}, {"SIGTRAP", SIGTRAP}, {"SIGABRT", SIGABRT}, {"SIGBUS", SIGBUS},
    {"SIGFPE", SIGFPE}, {"SIGKILL", SIGKILL}, {"SIGUSR1", SIGUSR1}, {"SIGSEGV", SIGSEGV}, {"SIGUSR2", SIGUSR2}, {"SIGPIPE", SIGPIPE}, {"SIGALRM", SIGALRM},
    {"SIGTERM", SIGTERM}, {"SIGSTKFLT", SIGSTKFLT}, {"SIGCHLD", SIGCHLD}, {"SIGCONT", SIGCONT}, {"SIGSTOP", SIGSTOP}, {"SIGTSTP", SIGTSTP}, {"SIGTTIN", SIGTTIN},
    {"SIGTTOU", SIGTTOU}, {"SIGURG", SIGURG}, {"SIGXCPU", SIGXCPU}, {"SIGXFSZ", SIGXFSZ}, {"SIGVTALRM", SIGVTALRM}, {"SIGPROF", SIGPROF},
    {"SIGWINCH", SIGWINCH}, {"SIGIO", SIGIO}, {"SIGPOLL", SIGIO}, {"SIGPWR", SIGPWR}, {"SIGSYS", SIGSYS}, {"SIG_DFL", 0}, {"SIG_IGN", 1}, {"SIG_BLOCK", SIG_BLOCK},
    {"SIG_UNBLOCK", SIG_UNBLOCK}, {"SIG_SETMASK", SIG_SETMASK}, {"ITIMER_REAL", ITIMER_REAL}, {"ITIMER_VIRTUAL", ITIMER_VIRTUAL},
    {"ITIMER_PROF", ITIMER_PROF}, {"NSIG", NSIG}};

static const SkNativeDef *const functions[] = {
    &s_signal_def, &s_getsignal_def, &s_default_int_handler_def, &s_siginterrupt_def, &s_set_wakeup_fd_def, &s_raise_signal_def, &s_simulate_def,
    &s_pause_def, &s_alarm_def, &s_setitimer_def, &s_getitimer_def, &s_strsignal_def, &s_valid_signals_def, &s_pthread_sigmask_def, &s_sigpending_def,
    &s_sigwait_def, &s_pthread_kill_def, NULL};

static void signal_init(SkVm *vm, SkModule *m) {
  Signals *s = sk_object_new(vm, sk_library_type(vm, &signals_type), 0);
  s->vm = vm;
  for (int i = 0; i < NSIG; i++) {
    struct sigaction act = {0};
    bool known = i > 0 && sigaction(i, NULL, &act) == 0;
    s->handler[i] = !known ? SK_NONE : act.sa_handler == SIG_DFL ? sk_smallint(0) : act.sa_handler == SIG_IGN ? sk_smallint(1) : SK_NONE;
  }
  /* The command's own handler for Ctrl-C asks the VM for a KeyboardInterrupt: that is this one's work. */
  if (sk_may(vm, SK_CAP_SIGNAL) && sk_is_none(s->handler[SIGINT])) sk_write(vm, s, &s->handler[SIGINT], sk_dict_get_cstr(vm, m->dict, "default_int_handler"));
  sk_dict_set_str(vm, vm->module_state, sk_intern(vm, "_signal"), sk_from_ptr(s));
  vm->hooks.interrupted = run_handlers;
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) sk_module_add(vm, m, numbers[i].name, sk_smallint(numbers[i].number));
  sk_module_add(vm, m, "SIGRTMIN", sk_smallint(SIGRTMIN));
  sk_module_add(vm, m, "SIGRTMAX", sk_smallint(SIGRTMAX));
  sk_module_add(vm, m, "ItimerError", sk_from_ptr(vm->types[SK_T_OSError]));
}

const SkModuleDef sk_signal_module = {"_signal", "Signals of the operating system.", functions, signal_init};
