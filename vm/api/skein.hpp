/* skein.hpp - skein.h for C++17: handles that close themselves, results, functions of the host as lambdas.
 *
 *   skein::vm vm;
 *   vm.def("area(w: float, h: float) -> float", [](double w, double h) { return w * h; }).value();
 *   double a = vm.eval("area(6, 7)").as<double>().value();
 *
 * Everything here is inline and stands on skein.h alone, whose rules hold: one thread at a time in a VM, handles end with their scope.
 *
 *  Results   What can fail returns a result<T>: ask it (if (r) use(*r)), or call value(), which throws skein::exception.  A result
 *            passes its failure on: vm.eval("f").call(1).as<int>() needs one look at the end.
 *  Throwing  With SKEIN_NO_EXCEPTIONS defined (the default under -fno-exceptions) nothing throws: value() of a failure ends the process
 *            like a failed assertion, so look first.
 *            Exceptions that leave a lambda become exceptions of the script: nothing unwinds through the VM.
 *  Memory    Only def, exception and what returns std::string allocate.  A std::string_view lives as long as the handle it came from.
 */
#ifndef SKEIN_HPP
#define SKEIN_HPP

#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "skein.h"

#if !defined(SKEIN_NO_EXCEPTIONS) && !defined(__cpp_exceptions)
#define SKEIN_NO_EXCEPTIONS 1
#endif
#ifndef SKEIN_NO_EXCEPTIONS
#include <exception>
#endif

namespace skein {

class context;
class value;
template <class T> class result;
template <> class result<value>;

/* ---- failures --------------------------------------------------------------------------------------------------------- */

/* Why something failed: a status and, with SKEIN_ERR_EXC, the exception's handle, which ends with its scope. */
class error {
 public:
  error(skein_vm *vm, skein_status status) : vm_(vm), status_(status) {
    if (status == SKEIN_ERR_EXC) exc_ = skein_exc_take(vm);
  }
  skein_status status() const { return status_; }
  skein_vm *vm() const { return vm_; }
  skein_val exc() const { return exc_; }
  /* "ValueError", or the status's name. */
  std::string_view type() const {
    const char *s = exc_.bits ? skein_exc_type(vm_, exc_) : nullptr;
    return s ? s : skein_status_name(status_);
  }
  std::string_view message() const {
    const char *s = exc_.bits ? skein_exc_message(vm_, exc_) : status_ == SKEIN_ERR_MISUSE && vm_ ? skein_misuse(vm_) : nullptr;
    return s ? s : "";
  }
  bool is(const char *type) const { return exc_.bits && skein_exc_match(vm_, exc_, type); }
  std::string text() const {
    std::string s(type());
    if (!message().empty()) s.append(": ").append(message());
    return s;
  }
  /* The traceback as skein_exc_format makes it; |format| nullptr: as CPython prints it. */
  std::string format(const skein_format *format = nullptr) const {
    std::string out;
    auto add = [](void *to, int, const char *s, size_t n) { static_cast<std::string *>(to)->append(s, n); };
    if (exc_.bits) skein_exc_format(vm_, exc_, format, add, &out);
    return out;
  }

 private:
  skein_vm *vm_;
  skein_status status_;
  skein_val exc_ = {0};
};

/* Keeps a value alive outside of scopes.  Ends before its VM does. */
class ref {
 public:
  ref() = default;
  ref(skein_vm *vm, skein_val v) : vm_(vm), ref_(v.bits ? skein_ref_new(vm, v) : nullptr) {}
  explicit ref(const value &v);
  ref(ref &&other) noexcept : vm_(other.vm_), ref_(std::exchange(other.ref_, nullptr)) {}
  ref &operator=(ref &&other) noexcept {
    std::swap(vm_, other.vm_);
    std::swap(ref_, other.ref_);
    return *this;
  }
  ~ref() { if (ref_) skein_ref_free(vm_, ref_); }
  explicit operator bool() const { return ref_ != nullptr; }
  value get() const; /* a new handle of the innermost scope */

 private:
  skein_vm *vm_ = nullptr;
  skein_ref *ref_ = nullptr;
};

#ifndef SKEIN_NO_EXCEPTIONS
/* What value() throws.  Keeps the script's exception alive, so it must not outlive the VM; its text may. */
class exception : public std::exception {
 public:
  explicit exception(const error &e) : status_(e.status()), type_(e.type()), text_(e.text()) {
    if (e.exc().bits) exc_ = std::make_shared<ref>(e.vm(), e.exc());
  }
  const char *what() const noexcept override { return text_.c_str(); }
  skein_status status() const { return status_; }
  const std::string &type() const { return type_; }
  const ref *exc() const { return exc_.get(); } /* nullptr: a stop or a misuse */

 private:
  skein_status status_;
  std::string type_, text_;
  std::shared_ptr<ref> exc_;
};
#endif

[[noreturn]] inline void fail(const error &e) {
#ifndef SKEIN_NO_EXCEPTIONS
  throw exception(e);
#else
  std::fprintf(stderr, "skein: value() of a failure: %s\n", e.text().c_str());
  std::abort();
#endif
}

/* A T, or why there is none. */
template <class T> class [[nodiscard]] result {
 public:
  result(T v) : value_(std::move(v)) {}
  result(const skein::error &e) : error_(e) {}
  explicit operator bool() const { return value_.has_value(); }
  T &operator*() { return *value_; }
  const T &operator*() const { return *value_; }
  T *operator->() { return &*value_; }
  T value() && { return check(), std::move(*value_); }
  T &value() & { return check(), *value_; }
  T value_or(T other) const { return value_ ? *value_ : std::move(other); }
  const skein::error &error() const { return *error_; } /* of a failure */
  skein_status status() const { return value_ ? SKEIN_OK : error_->status(); }

 private:
  void check() const { if (!value_) fail(*error_); }
  std::optional<T> value_;
  std::optional<skein::error> error_;
};

template <> class [[nodiscard]] result<void> {
 public:
  result() = default;
  result(const skein::error &e) : error_(e) {}
  explicit operator bool() const { return !error_; }
  void value() const { if (error_) fail(*error_); }
  const skein::error &error() const { return *error_; }
  skein_status status() const { return error_ ? error_->status() : SKEIN_OK; }

 private:
  std::optional<skein::error> error_;
};

/* ---- values ------------------------------------------------------------------------------------------------------------- */

/* A handle and its VM: copied freely, ends with its scope. */
class value {
 public:
  value() = default;
  value(skein_vm *vm, skein_val v) : vm_(vm), v_(v) {}
  skein_vm *vm() const { return vm_; }
  skein_val raw() const { return v_; }
  explicit operator bool() const { return v_.bits != 0; } /* not absent; as<bool>() is the script's truth */
  skein_type type() const { return skein_typeof(vm_, v_); }
  const char *type_name() const { return skein_type_name(vm_, v_); }
  bool is_none() const { return type() == SKEIN_T_NONE; }
  bool is(const value &other) const { return skein_is(vm_, v_, other.v_); }

  /* bool, integers, double, float, std::string_view, std::string, value, std::optional of those (None: empty). */
  template <class T> result<T> as() const;

  result<value> attr(const char *name) const;
  template <class T> result<void> set_attr(const char *name, T &&to);
  result<value> operator[](const char *key) const;
  result<value> operator[](int64_t i) const;
  result<value> operator[](int i) const;
  result<value> operator[](const value &key) const;
  template <class T> result<void> set(const char *key, T &&to); /* self[key] = to */
  template <class T> result<void> append(T &&item);
  result<size_t> size() const {
    size_t n;
    if (skein_status s = skein_len(vm_, v_, &n)) return error(vm_, s);
    return n;
  }
  result<value> repr() const;
  result<value> str() const;
  /* Calls it; arguments become values. */
  template <class... A> result<value> call(A &&...args) const;
  template <class... A> result<value> call_method(const char *name, A &&...args) const;
  /* Calls |each| with every item, until it returns false if it returns bool. */
  template <class F> result<void> for_each(F &&each) const;

 private:
  skein_vm *vm_ = nullptr;
  skein_val v_ = {0};
};

/* A failed result passes on: eval("x").attr("y").call(1).as<int>(). */
template <> class [[nodiscard]] result<value> {
 public:
  result(skein::value v) : value_(v) {}
  result(const skein::error &e) : error_(e) {}
  explicit operator bool() const { return !error_; }
  skein::value &operator*() { return value_; }
  skein::value *operator->() { return &value_; }
  skein::value value() const { if (error_) fail(*error_); return value_; }
  const skein::error &error() const { return *error_; }
  skein_status status() const { return error_ ? error_->status() : SKEIN_OK; }

  template <class T> result<T> as() const { if (error_) return *error_; return value_.as<T>(); }
  result attr(const char *name) const { return error_ ? *this : value_.attr(name); }
  template <class K> result operator[](K &&key) const { return error_ ? *this : value_[std::forward<K>(key)]; }
  template <class... A> result call(A &&...args) const { return error_ ? *this : value_.call(std::forward<A>(args)...); }
  template <class... A> result call_method(const char *name, A &&...args) const {
    return error_ ? *this : value_.call_method(name, std::forward<A>(args)...);
  }

 private:
  skein::value value_;
  std::optional<skein::error> error_;
};

namespace detail {
/* The result of a call of skein.h that stores a handle: fn(..., &v). */
template <class F> result<value> made(skein_vm *vm, F &&fn) {
  skein_val v = {0};
  if (skein_status s = fn(&v)) return error(vm, s);
  return value(vm, v);
}
} // namespace detail

inline result<value> value::attr(const char *name) const { return detail::made(vm_, [&](skein_val *v) { return skein_get_attr(vm_, v_, name, v); }); }
inline result<value> value::operator[](const char *key) const { return detail::made(vm_, [&](skein_val *v) { return skein_get_key(vm_, v_, key, v); }); }
inline result<value> value::operator[](int64_t i) const { return detail::made(vm_, [&](skein_val *v) { return skein_get_index(vm_, v_, i, v); }); }
inline result<value> value::operator[](int i) const { return (*this)[static_cast<int64_t>(i)]; }
inline result<value> value::operator[](const value &k) const { return detail::made(vm_, [&](skein_val *v) { return skein_get_item(vm_, v_, k.v_, v); }); }
inline result<value> value::repr() const { return detail::made(vm_, [&](skein_val *v) { return skein_repr(vm_, v_, v); }); }
inline result<value> value::str() const { return detail::made(vm_, [&](skein_val *v) { return skein_text(vm_, v_, v); }); }

inline ref::ref(const value &v) : ref(v.vm(), v.raw()) {}
inline value ref::get() const { return value(vm_, ref_ ? skein_ref_get(vm_, ref_) : skein_val{0}); }

/* ---- C++ to values and back ------------------------------------------------------------------------------------------------ */
namespace detail {

template <class T> struct is_optional : std::false_type {};
template <class T> struct is_optional<std::optional<T>> : std::true_type {};
template <class T> struct is_result : std::false_type {};
template <class T> struct is_result<result<T>> : std::true_type {};

template <class T> skein_status to_value(skein_vm *vm, const T &v, skein_val *out) {
  if constexpr (std::is_same_v<T, value>) *out = v.raw();
  else if constexpr (std::is_same_v<T, skein_val>) *out = v;
  else if constexpr (std::is_same_v<T, ref>) *out = v.get().raw();
  else if constexpr (std::is_same_v<T, std::nullptr_t>) *out = skein_none(vm);
  else if constexpr (is_optional<T>::value) {
    if (v) return to_value(vm, *v, out);
    *out = skein_none(vm);
  } else if constexpr (std::is_same_v<T, bool>) *out = skein_bool(vm, v);
  else if constexpr (std::is_integral_v<T> && (sizeof(T) < 8 || std::is_signed_v<T>)) *out = skein_int(vm, static_cast<int64_t>(v));
  else if constexpr (std::is_integral_v<T>) return skein_build(vm, out, "u", static_cast<uint64_t>(v));
  else if constexpr (std::is_floating_point_v<T>) *out = skein_float(vm, static_cast<double>(v));
  else {
    std::string_view s(v);
    return skein_str(vm, s.data(), s.size(), out);
  }
  return out->bits ? SKEIN_OK : SKEIN_ERR_NOMEM;
}

template <class T> skein_status from_value(skein_vm *vm, skein_val v, T *out) {
  if constexpr (std::is_same_v<T, value>) return *out = value(vm, v), SKEIN_OK;
  else if constexpr (is_optional<T>::value) {
    skein_type t = skein_typeof(vm, v);
    if (t == SKEIN_T_NONE || t == SKEIN_T_ABSENT) return *out = std::nullopt, SKEIN_OK;
    return from_value(vm, v, &out->emplace());
  } else if constexpr (std::is_same_v<T, bool>) return skein_get_bool(vm, v, out);
  else if constexpr (std::is_integral_v<T>) {
    int64_t i;
    if (skein_status s = skein_get_int(vm, v, &i)) return s;
    *out = static_cast<T>(i);
    if (static_cast<int64_t>(*out) == i && (i < 0) == (*out < T(0))) return SKEIN_OK;
    return skein_raise(vm, "OverflowError", "int too large to convert");
  } else if constexpr (std::is_floating_point_v<T>) {
    double d;
    skein_status s = skein_get_float(vm, v, &d);
    return *out = static_cast<T>(d), s;
  } else {
    const char *p;
    size_t n;
    if (skein_status s = skein_get_str(vm, v, &p, &n)) return s;
    return *out = T(p, n), SKEIN_OK;
  }
}

/* The arguments of a call as handles. */
template <size_t N> struct arguments {
  skein_val items[N ? N : 1] = {};
  skein_status status = SKEIN_OK;
  template <class... A> explicit arguments(skein_vm *vm, const A &...args) {
    size_t i = 0;
    [[maybe_unused]] auto add = [&](const auto &a) {
      if (!status) status = to_value(vm, a, &items[i++]);
      return 0;
    };
    (void)std::initializer_list<int>{0, add(args)...};
  }
};

/* Arguments that stand before their conversion: a failed one leaves the rest as they are. */
template <class T> struct argument {
  std::decay_t<T> v{};
  argument(skein_vm *vm, skein_val h, skein_status *status) { if (!*status) *status = from_value(vm, h, &v); }
};

} // namespace detail

template <class T> result<T> value::as() const {
  T out{};
  if (skein_status s = detail::from_value(vm_, v_, &out)) return error(vm_, s);
  return out;
}

template <class T> result<void> value::set_attr(const char *name, T &&to) {
  detail::arguments<1> a(vm_, to);
  if (!a.status) a.status = skein_set_attr(vm_, v_, name, a.items[0]);
  if (a.status) return error(vm_, a.status);
  return {};
}

template <class T> result<void> value::set(const char *key, T &&to) {
  detail::arguments<1> a(vm_, to);
  if (!a.status) a.status = skein_set_key(vm_, v_, key, a.items[0]);
  if (a.status) return error(vm_, a.status);
  return {};
}

template <class T> result<void> value::append(T &&item) {
  detail::arguments<1> a(vm_, item);
  if (!a.status) a.status = skein_append(vm_, v_, a.items[0]);
  if (a.status) return error(vm_, a.status);
  return {};
}

template <class... A> result<value> value::call(A &&...args) const {
  detail::arguments<sizeof...(A)> a(vm_, args...);
  return detail::made(vm_, [&](skein_val *v) { return a.status ? a.status : skein_call(vm_, v_, a.items, sizeof...(A), v); });
}

template <class... A> result<value> value::call_method(const char *name, A &&...args) const {
  detail::arguments<sizeof...(A)> a(vm_, args...);
  return detail::made(vm_, [&](skein_val *v) { return a.status ? a.status : skein_call_method(vm_, v_, name, a.items, sizeof...(A), v); });
}

/* ---- scopes, code --------------------------------------------------------------------------------------------------------- */

/* Handles made while it is open end with it.  Scopes close in the reverse order of their opening, as blocks do. */
class scope {
 public:
  explicit scope(skein_vm *vm) : vm_(vm), scope_(skein_scope_open(vm)) {}
  scope(const scope &) = delete;
  scope &operator=(const scope &) = delete;
  ~scope() { if (vm_) skein_scope_close(vm_, scope_); }
  /* Closes it; the value stays, as a handle of the scope around. */
  value escape(const value &v) { return value(v.vm(), skein_scope_escape(std::exchange(vm_, nullptr), scope_, v.raw())); }

 private:
  skein_vm *vm_;
  skein_scope scope_;
};

template <class F> result<void> value::for_each(F &&each) const {
  skein_status s;
  {
    scope outer(vm_);
    skein_val iterator, item;
    s = skein_iter(vm_, v_, &iterator);
    for (bool more = true; !s;) {
      scope one(vm_);
      s = skein_next(vm_, iterator, &item, &more);
      if (s || !more) break;
      if constexpr (std::is_same_v<decltype(each(*this)), bool>) {
        if (!each(value(vm_, item))) break;
      } else {
        each(value(vm_, item));
      }
    }
  }
  if (s) return error(vm_, s); /* its handle lives on, so it is made out here */
  return {};
}

/* Compiled code: belongs to no VM and may be shared between threads. */
class code {
 public:
  code() = default;
  explicit code(skein_code *owned) : code_(owned) {}
  code(const code &other) : code_(other.code_ ? skein_code_retain(other.code_) : nullptr) {}
  code(code &&other) noexcept : code_(std::exchange(other.code_, nullptr)) {}
  code &operator=(code other) noexcept { return std::swap(code_, other.code_), *this; }
  ~code() { skein_code_release(code_); }
  skein_code *get() const { return code_; }
  std::string save() const {
    std::string out;
    auto add = [](void *to, int, const char *s, size_t n) { static_cast<std::string *>(to)->append(s, n); };
    if (code_ && skein_code_save(code_, add, &out)) out.clear();
    return out;
  }
  static result<code> load(std::string_view bytes) {
    skein_code *c;
    if (skein_status s = skein_code_load(bytes.data(), bytes.size(), &c, nullptr)) return error(nullptr, s);
    return code(c);
  }

 private:
  skein_code *code_ = nullptr;
};

/* ---- the VM ------------------------------------------------------------------------------------------------------------------ */

/* A VM that somebody else owns: what host functions get, and all that a vm can do. */
class context {
 public:
  explicit context(skein_vm *vm) : vm_(vm) {}
  skein_vm *raw() const { return vm_; }

  result<void> exec(std::string_view source, const char *filename = nullptr) { return done(skein_exec(vm_, source.data(), source.size(), filename)); }
  result<value> eval(const char *expression) {
    return detail::made(vm_, [&](skein_val *v) { return skein_eval(vm_, expression, v); });
  }
  result<code> compile(std::string_view source, const char *filename = "<string>", skein_mode mode = SKEIN_EXEC) {
    skein_code *c;
    if (skein_status s = skein_compile(vm_, source.data(), source.size(), filename, mode, &c)) return error(vm_, s);
    return code(c);
  }
  result<value> run(const code &c, value module = {}) {
    return detail::made(vm_, [&](skein_val *v) { return skein_run_code(vm_, c.get(), module.raw(), v); });
  }
  result<value> import(const char *name) {
    return detail::made(vm_, [&](skein_val *v) { return skein_import(vm_, name, v); });
  }
  result<value> module(const char *name) {
    return detail::made(vm_, [&](skein_val *v) { return skein_module(vm_, name, v); });
  }
  result<value> global(const char *name) {
    return detail::made(vm_, [&](skein_val *v) { return skein_get_global(vm_, name, v); });
  }
  template <class T> result<void> set_global(const char *name, T &&to) {
    detail::arguments<1> a(vm_, to);
    return done(a.status ? a.status : skein_set_global(vm_, name, a.items[0]));
  }
  /* A value of the script from one of C++. */
  template <class T> result<value> make(const T &v) {
    detail::arguments<1> a(vm_, v);
    return detail::made(vm_, [&](skein_val *v) { return *v = a.items[0], a.status; });
  }
  result<value> list() { return build("[]"); }
  result<value> dict() { return build("{}"); }

  /* Defines |f| by skein_def's signature text.  Its parameters take what value::as gives, std::optional for what may be missing; a context
   * as the first one is this VM.  It returns what make takes, void, or a result of such.  Lives as long as the function. */
  template <class F> result<void> def(const char *signature, F f, value where = {});

  result<void> set_limits(const skein_limits &limits) { return done(skein_set_limits(vm_, &limits)); }
  skein_status stopped() const { return skein_stopped(vm_); }
  void interrupt(skein_stop what) { skein_interrupt(vm_, what); } /* [any thread] [signal] */
  void gc() { skein_gc(vm_); }
  skein_stats stats() const {
    skein_stats s = {};
    s.size = sizeof s;
    skein_vm_stats(vm_, &s);
    return s;
  }

 protected:
  result<void> done(skein_status s) {
    if (s) return error(vm_, s);
    return {};
  }
  result<value> build(const char *pattern) {
    return detail::made(vm_, [&](skein_val *v) { return skein_build(vm_, v, pattern); });
  }
  skein_vm *vm_;
};

/* A VM of one's own. */
class vm : public context {
 public:
  /* Throws when there is no memory or |setup| failed. */
  explicit vm(const skein_config *config = nullptr) : context(nullptr) {
    if (skein_status s = skein_vm_new(config, &vm_)) fail(error(nullptr, s));
  }
  explicit vm(const skein_config &config) : vm(&config) {}
  static result<vm> create(const skein_config *config = nullptr) {
    skein_vm *v;
    if (skein_status s = skein_vm_new(config, &v)) return error(nullptr, s);
    return vm(v, 0);
  }
  vm(vm &&other) noexcept : context(std::exchange(other.vm_, nullptr)) {}
  vm &operator=(vm &&other) noexcept { return std::swap(vm_, other.vm_), *this; }
  ~vm() { skein_vm_free(vm_); }
  result<void> reset() { return done(skein_vm_reset(vm_)); }

 private:
  vm(skein_vm *owned, int) : context(owned) {}
};

inline skein_config config() {
  skein_config c;
  skein_config_init(&c);
  return c;
}

/* ---- functions of the host ---------------------------------------------------------------------------------------------------- */
namespace detail {

template <class... A> struct first_is_context : std::false_type {};
template <class F, class... A> struct first_is_context<F, A...> : std::is_same<std::decay_t<F>, context> {};

/* Raises what |e| is about, in the VM. */
inline skein_status raise(skein_vm *vm, const error &e) {
  return e.exc().bits ? skein_raise_exc(vm, e.exc()) : skein_raise(vm, "RuntimeError", e.text().c_str());
}

template <class R> skein_status give(skein_vm *vm, R &&r, skein_val *out) {
  using T = std::decay_t<R>;
  if constexpr (is_result<T>::value) {
    if (!r) return raise(vm, r.error());
    if constexpr (!std::is_same_v<T, result<void>>) return to_value(vm, *r, out);
    else return SKEIN_OK;
  } else {
    return to_value(vm, r, out);
  }
}

template <class F, class R, class... A> struct caller {
  static constexpr bool wants_context = first_is_context<A...>::value;

  template <size_t... I> static skein_status apply(F &f, skein_vm *vm, const skein_val *args, size_t n, skein_val *out, std::index_sequence<I...>) {
    skein_status status = SKEIN_OK;
    auto handle = [&](size_t i) { return i < n ? args[i] : skein_val{0}; };
    (void)handle;
    return invoke(f, vm, out, &status, pick<A>(vm, handle, I, &status)...);
  }

  template <class T, class H> static auto pick(skein_vm *vm, H &handle, size_t i, skein_status *status) {
    if constexpr (std::is_same_v<std::decay_t<T>, context>) return context(vm);
    else return std::move(argument<T>(vm, handle(wants_context ? i - 1 : i), status).v);
  }

  template <class... V> static skein_status invoke(F &f, skein_vm *vm, skein_val *out, skein_status *status, V &&...v) {
    if (*status) return *status;
    if constexpr (std::is_void_v<R>) return f(std::forward<V>(v)...), SKEIN_OK;
    else return give(vm, f(std::forward<V>(v)...), out);
  }

  static skein_status run(skein_vm *vm, void *user, const skein_val *args, size_t n, skein_val *out) {
    F &f = *static_cast<F *>(user);
#ifndef SKEIN_NO_EXCEPTIONS
    try {
      return apply(f, vm, args, n, out, std::index_sequence_for<A...>());
    } catch (const exception &e) {
      if (e.exc()) return skein_raise_exc(vm, e.exc()->get().raw());
      return skein_raise(vm, "RuntimeError", e.what());
    } catch (const std::exception &e) {
      return skein_raise(vm, "RuntimeError", e.what());
    } catch (...) {
      return skein_raise(vm, "RuntimeError", "the host threw something that is no std::exception");
    }
#else
    return apply(f, vm, args, n, out, std::index_sequence_for<A...>());
#endif
  }
};

template <class F, class S> struct caller_of;
template <class F, class R, class C, class... A> struct caller_of<F, R (C::*)(A...) const> : caller<F, R, A...> {};
template <class F, class R, class C, class... A> struct caller_of<F, R (C::*)(A...)> : caller<F, R, A...> {};
template <class R, class... A> struct caller_of<R (*)(A...), void> : caller<R (*)(A...), R, A...> {};

template <class F, class = void> struct shape { using type = caller_of<F, void>; };
template <class F> struct shape<F, std::void_t<decltype(&F::operator())>> { using type = caller_of<F, decltype(&F::operator())>; };

} // namespace detail

template <class F> result<void> context::def(const char *signature, F f, value where) {
  auto *kept = new F(std::move(f));
  auto drop = [](void *p) { delete static_cast<F *>(p); };
  return done(skein_def(vm_, where.raw(), signature, detail::shape<F>::type::run, kept, drop));
}

} // namespace skein
#endif
