// host.h - what the tests of skein.h share: a VM, text in and out, errors as "Type: message".
#ifndef SKEIN_TESTS_UNIT_API_HOST_H
#define SKEIN_TESTS_UNIT_API_HOST_H

#include <gtest/gtest.h>

#include <string>

#include "vm/api/skein.h"

class HostTest : public testing::Test {
 protected:
  void SetUp() override { vm_ = NewVm(); }
  void TearDown() override { skein_vm_free(vm_); }

  static skein_vm *NewVm() {
    skein_config c;
    skein_config_init(&c);
    skein_vm *vm = nullptr;
    EXPECT_EQ(skein_vm_new(&c, &vm), SKEIN_OK);
    return vm;
  }

  skein_status Exec(const std::string &text) { return skein_exec(vm_, text.data(), text.size(), "<test>"); }

  skein_val Eval(const std::string &expression) {
    skein_val v = {0};
    EXPECT_EQ(skein_eval(vm_, expression.c_str(), &v), SKEIN_OK) << expression << ": " << Error();
    return v;
  }

  std::string Repr(skein_val v) {
    skein_val text;
    const char *s = nullptr;
    size_t n = 0;
    EXPECT_EQ(skein_repr(vm_, v, &text), SKEIN_OK) << skein_misuse(vm_);
    EXPECT_EQ(skein_get_str(vm_, text, &s, &n), SKEIN_OK);
    return s ? std::string(s, n) : "?";
  }

  // "Type: message" of the pending exception, which is taken.
  std::string Error() {
    skein_val exc = skein_exc_take(vm_);
    if (!exc.bits) return "no error";
    return std::string(skein_exc_type(vm_, exc)) + ": " + skein_exc_message(vm_, exc);
  }

  // What running the text raises.
  std::string Raised(const std::string &text) { return Exec(text) == SKEIN_ERR_EXC ? Error() : "no error"; }

  skein_vm *vm_ = nullptr;
};

#endif
