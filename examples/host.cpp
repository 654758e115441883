/* host.cpp - a host in C++: lambdas as functions, results, exceptions in both directions. */
#include <cstdio>
#include <map>
#include <stdexcept>
#include <string>

#include "skein.hpp"

namespace {

/* A store of settings that scripts read and write. */
class Settings {
 public:
  void define(skein::vm &vm) {
    vm.def("get(key: str, default: str | None = None) -> str | None",
           [this](std::string_view key, std::optional<std::string_view> other) -> std::optional<std::string> {
             auto found = values_.find(std::string(key));
             if (found != values_.end()) return found->second;
             if (other) return std::string(*other);
             return std::nullopt;
           }).value();
    vm.def("put(key: str, value: str)", [this](std::string_view key, std::string_view value) {
      if (key.empty()) throw std::invalid_argument("a setting needs a name");
      values_[std::string(key)] = std::string(value);
    }).value();
  }
  size_t size() const { return values_.size(); }

 private:
  std::map<std::string, std::string> values_;
};

void show(const skein::error &e) { std::printf("%s\n", e.text().c_str()); }

} // namespace

int main() {
  Settings settings;
  {
    skein::vm vm;
    settings.define(vm);

    vm.exec("put('colour', 'red')\n"
            "put('size', str(6 * 7))\n").value();
    std::printf("colour is %s\n", vm.eval("get('colour')").as<std::string>().value().c_str());
    std::printf("shape is %s\n", vm.eval("get('shape', 'round')").as<std::string>().value().c_str());

    /* A failure is a result that says why... */
    if (auto r = vm.exec("put('', 'x')"); !r) show(r.error());
    if (auto r = vm.eval("get(1)"); !r) show(r.error());
    /* ... or an exception, for who asks for the value. */
    try {
      std::printf("%d\n", vm.eval("{'a': [1, 2]}")["a"][5].as<int>().value());
    } catch (const skein::exception &e) {
      std::printf("%s (%s)\n", e.what(), e.type().c_str());
    }

    /* Callbacks keep their script alive by a ref. */
    vm.exec("def each(n):\n  return n * n\n").value();
    skein::ref each(vm.global("each").value());
    vm.def("squares(n: int)", [&each](skein::context in, int n) {
      skein::value list = in.list().value();
      for (int i = 0; i < n; i++) list.append(each.get().call(i).value()).value();
      return list;
    }).value();
    int sum = 0;
    vm.eval("squares(5)").value().for_each([&sum](skein::value v) { sum += v.as<int>().value(); }).value();
    std::printf("squares add up to %d\n", sum);
  }
  std::printf("%zu settings\n", settings.size());
}
