// class_test.cc - section 6 of skein.h, classes: objects with a pointer of the host's, methods, properties, lives.
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/api/host.h"

namespace {

struct Sprite { int64_t x = 0; int *died = nullptr; };

void FreeSprite(void *data) {
  Sprite *s = static_cast<Sprite *>(data);
  if (s && s->died) ++*s->died;
  delete s;
}

class ClassTest : public HostTest {
 protected:
  void SetUp() override {
    HostTest::SetUp();
    died_ = 0;
    ASSERT_EQ(skein_class_new(vm_, skein_val{0}, "Sprite", FreeSprite, &cls_), SKEIN_OK);
    class_ = skein_class_value(vm_, cls_);
    for (const auto &d : {std::pair<const char *, skein_fn>{"move(self, by: int = 1)\nMoves it.", Move}, {"__init__(self, x: int)", Init}, {"__len__(self)", Get},
                          {"__add__(self, other: Sprite)", Add}, {"__eq__(self, other: object)", Equal}, {"@static zero()", Zero}, {"@class make(cls)", Make}})
      ASSERT_EQ(skein_def(vm_, class_, d.first, d.second, this, nullptr), SKEIN_OK) << skein_misuse(vm_) << Error();
    ASSERT_EQ(skein_def_property(vm_, class_, "x: int\nWhere it is.", Get, Set, this), SKEIN_OK) << skein_misuse(vm_) << Error();
    ASSERT_EQ(skein_def_property(vm_, class_, "same", Get, nullptr, this), SKEIN_OK) << skein_misuse(vm_);
  }

  skein_val New(int64_t x) {
    skein_val v;
    EXPECT_EQ(skein_object_new(vm_, cls_, new Sprite{x, &died_}, &v), SKEIN_OK);
    return v;
  }
  static Sprite *Of(skein_vm *vm, void *user, skein_val v) {
    Sprite *s = static_cast<Sprite *>(skein_object_data(vm, v, static_cast<ClassTest *>(user)->cls_));
    if (!s) skein_raise(vm, "ValueError", "no sprite");
    return s;
  }
  static skein_status Init(skein_vm *vm, void *user, const skein_val *args, size_t, skein_val *) {
    int64_t x;
    if (skein_get_int(vm, args[1], &x) != SKEIN_OK) return SKEIN_ERR_EXC;
    return skein_object_set(vm, args[0], new Sprite{x, &static_cast<ClassTest *>(user)->died_});
  }
  static skein_status Move(skein_vm *vm, void *user, const skein_val *args, size_t, skein_val *out) {
    Sprite *s = Of(vm, user, args[0]);
    int64_t by;
    if (!s || skein_get_int(vm, args[1], &by) != SKEIN_OK) return SKEIN_ERR_EXC;
    *out = skein_int(vm, s->x += by);
    return SKEIN_OK;
  }
  static skein_status Get(skein_vm *vm, void *user, const skein_val *args, size_t, skein_val *out) {
    Sprite *s = Of(vm, user, args[0]);
    if (!s) return SKEIN_ERR_EXC;
    *out = skein_int(vm, s->x);
    return SKEIN_OK;
  }
  static skein_status Set(skein_vm *vm, void *user, const skein_val *args, size_t, skein_val *) {
    Sprite *s = Of(vm, user, args[0]);
    return s ? skein_get_int(vm, args[1], &s->x) : SKEIN_ERR_EXC;
  }
  static skein_status Add(skein_vm *vm, void *user, const skein_val *args, size_t, skein_val *out) {
    Sprite *a = Of(vm, user, args[0]), *b = Of(vm, user, args[1]);
    if (!a || !b) return SKEIN_ERR_EXC;
    ClassTest *t = static_cast<ClassTest *>(user);
    return skein_object_new(vm, t->cls_, new Sprite{a->x + b->x, &t->died_}, out);
  }
  static skein_status Equal(skein_vm *vm, void *user, const skein_val *args, size_t, skein_val *out) {
    Sprite *a = Of(vm, user, args[0]), *b = Of(vm, user, args[1]);
    skein_exc_take(vm);
    *out = skein_bool(vm, a && b && a->x == b->x);
    return SKEIN_OK;
  }
  static skein_status Zero(skein_vm *vm, void *, const skein_val *, size_t n, skein_val *out) { *out = skein_int(vm, static_cast<int64_t>(n)); return SKEIN_OK; }
  static skein_status Make(skein_vm *vm, void *, const skein_val *args, size_t, skein_val *out) {
    skein_val five = skein_int(vm, 5);
    return skein_call(vm, args[0], &five, 1, out);
  }
  void Collect() { for (int i = 0; i < 4; i++) skein_gc(vm_); }

  skein_class *cls_ = nullptr;
  skein_val class_ = {0};
  int died_ = 0;
};

TEST_F(ClassTest, MethodsPropertiesOperators) {
  ASSERT_EQ(skein_set_global(vm_, "s", New(3)), SKEIN_OK);
  EXPECT_EQ(skein_typeof(vm_, Eval("s")), SKEIN_T_HOST);
  EXPECT_STREQ(skein_type_name(vm_, Eval("s")), "Sprite");
  EXPECT_EQ(Repr(Eval("s.move(), s.move(by=10), s.x, len(s), s.zero(), Sprite.make().x, s.same")), "(4, 14, 14, 14, 0, 5, 14)");
  ASSERT_EQ(Exec("s.x = 20\nt = s + Sprite(2)\nm = s.move\n"), SKEIN_OK);
  EXPECT_EQ(Repr(Eval("t.x, m(1), t == Sprite(22), t == 5, t != s")), "(22, 21, True, False, True)");
  EXPECT_EQ(Raised("s.x = 'a'"), "TypeError: x() argument 'value' must be int, not str");
  EXPECT_EQ(Raised("s.same = 1"), "AttributeError: property 'same' of 'Sprite' object has no setter");
  EXPECT_EQ(Raised("s.y = 1").substr(0, 15), "AttributeError:");
  EXPECT_EQ(Raised("s + 1"), "TypeError: __add__() argument 'other' must be Sprite, not int");
  EXPECT_EQ(Raised("Sprite()"), "TypeError: Sprite.__init__() missing 1 required positional argument: 'x'");
  EXPECT_EQ(Raised("Sprite.move(5)"), "ValueError: no sprite");
  EXPECT_EQ(Raised("Sprite.move = 5"), "TypeError: cannot set 'move' attribute of immutable type 'Sprite'");
  EXPECT_EQ(Repr(Eval("Sprite.__name__, Sprite.__module__, Sprite.move.__qualname__, Sprite.move.__doc__, Sprite.x.__doc__")),
            "('Sprite', '__main__', 'Sprite.move', 'Moves it.', 'Where it is.')");
}

TEST_F(ClassTest, ScriptsSubclass) {
  ASSERT_EQ(Exec("class Hero(Sprite):\n  def __init__(self, x, name):\n    super().__init__(x)\n    self.name = name\n"
                 "  def move(self, by=1): return super().move(by * 2)\n"
                 "class Lazy(Sprite):\n  def __init__(self): pass\n"
                 "h = Hero(1, 'Eva')\n"),
            SKEIN_OK);
  EXPECT_EQ(Repr(Eval("h.move(3), h.name, h.x, isinstance(h, Sprite), h + h == Sprite(14)")), "(7, 'Eva', 7, True, True)");
  EXPECT_NE(skein_object_data(vm_, Eval("h"), cls_), nullptr);
  EXPECT_EQ(skein_object_data(vm_, Eval("Lazy()"), cls_), nullptr);
  EXPECT_EQ(Raised("Lazy().move()"), "ValueError: no sprite");
  EXPECT_EQ(skein_object_data(vm_, Eval("5"), cls_), nullptr);
}

TEST_F(ClassTest, DataIsForItsClassOnly) {
  skein_class *other;
  ASSERT_EQ(skein_class_new(vm_, skein_val{0}, "Sound", nullptr, &other), SKEIN_OK);
  EXPECT_EQ(Raised("Sound()"), "TypeError: cannot create '__main__.Sound' instances");
  skein_val v = New(1);
  EXPECT_EQ(skein_object_data(vm_, v, other), nullptr);
  EXPECT_EQ(skein_object_data(vm_, v, nullptr), nullptr);
  ASSERT_EQ(skein_set_global(vm_, "s", v), SKEIN_OK);
  Exec("class A(Sprite): pass\nclass B(Sound): pass\na = A(1)\ntry: a.__class__ = B\nexcept TypeError: pass\n");
  Exec("class C(Sound, Sprite): pass\nc = C(1)\n");
  skein_exc_take(vm_);
  EXPECT_EQ(skein_object_data(vm_, Eval("a"), other), nullptr);
  skein_vm *vm2 = NewVm();
  skein_val out;
  EXPECT_EQ(skein_object_new(vm2, cls_, nullptr, &out), SKEIN_ERR_MISUSE);
  EXPECT_STREQ(skein_misuse(vm2), "a class of another VM");
  EXPECT_EQ(skein_class_value(vm2, cls_).bits, 0u);
  skein_vm_free(vm2);
}

TEST_F(ClassTest, NoCopies) {
  ASSERT_EQ(skein_set_global(vm_, "s", New(1)), SKEIN_OK);
  EXPECT_EQ(Raised("import copy\ncopy.copy(s)"), "TypeError: cannot pickle 'Sprite' object");
  EXPECT_EQ(Raised("copy.deepcopy([s])"), "TypeError: cannot pickle 'Sprite' object");
  EXPECT_EQ(Raised("import pickle\npickle.dumps(s)"), "TypeError: cannot pickle 'Sprite' object");
  EXPECT_EQ(Raised("object.__new__(Sprite)"), "TypeError: object.__new__(Sprite) is not safe, use host_object.__new__()");
}

TEST_F(ClassTest, DataIsFinalizedOnce) {
  skein_scope scope = skein_scope_open(vm_);
  for (int i = 0; i < 10; i++) New(i);
  skein_scope_close(vm_, scope);
  Collect();
  EXPECT_GE(died_, 9);  // a stale word of the C stack may keep one
  int before = died_;
  ASSERT_EQ(Exec("k = Sprite(1)\nk.__init__(2)\n"), SKEIN_OK);  // the old data goes at once
  EXPECT_EQ(died_, before + 1);
  skein_vm_free(vm_);
  vm_ = nullptr;
  EXPECT_EQ(died_, 12);
}

TEST_F(ClassTest, AScriptThatNeverReturnsGivesBack) {
  ASSERT_EQ(Exec("for i in range(200000): Sprite(i)\n"), SKEIN_OK);
  EXPECT_GT(died_, 100000);
}

TEST_F(ClassTest, WeakReferencesAndResurrection) {
  ASSERT_EQ(Exec("import weakref\nseen = []\nback = []\n"
                 "class Ghost(Sprite):\n  def __del__(self): back.append(self)\n"
                 "w = weakref.ref(Sprite(1), lambda r: seen.append(r() is None))\n"
                 "Ghost(7)\n"),
            SKEIN_OK);
  Collect();
  EXPECT_EQ(Repr(Eval("seen, [g.x for g in back]")), "([True], [7])");
  EXPECT_EQ(died_, 1);
  ASSERT_EQ(Exec("back.clear()\n"), SKEIN_OK);
  Collect();
  EXPECT_EQ(died_, 2);
}

// A finalizer that uses the VM, and tries to free it.
struct Nosy { skein_vm *vm; int64_t seen; };
void FreeNosy(void *data) {
  Nosy *n = static_cast<Nosy *>(data);
  skein_val v;
  if (skein_eval(n->vm, "40 + 2", &v) == SKEIN_OK) skein_get_int(n->vm, v, &n->seen);
  skein_gc(n->vm);
  skein_vm_free(n->vm);
}

TEST_F(ClassTest, FinalizersMayUseTheVm) {
  skein_class *c;
  static Nosy nosy;  // outlives the VM
  nosy = {vm_, 0};
  skein_val v;
  ASSERT_EQ(skein_class_new(vm_, skein_val{0}, "Nosy", FreeNosy, &c), SKEIN_OK);
  skein_scope scope = skein_scope_open(vm_);
  for (int i = 0; i < 4; i++) ASSERT_EQ(skein_object_new(vm_, c, &nosy, &v), SKEIN_OK);
  skein_scope_close(vm_, scope);
  Collect();
  EXPECT_EQ(nosy.seen, 42);
  EXPECT_EQ(Repr(Eval("1 + 1")), "2");
}

TEST_F(ClassTest, MisuseIsTold) {
  skein_class *c;
  skein_val v;
  EXPECT_EQ(skein_class_new(vm_, skein_val{0}, "no name", nullptr, &c), SKEIN_ERR_MISUSE);
  EXPECT_STREQ(skein_misuse(vm_), "no name of a class: 'no name'");
  EXPECT_EQ(c, nullptr);
  EXPECT_EQ(skein_class_new(vm_, Eval("1"), "C", nullptr, &c), SKEIN_ERR_MISUSE);
  EXPECT_EQ(skein_object_new(vm_, nullptr, nullptr, &v), SKEIN_ERR_MISUSE);
  EXPECT_EQ(skein_object_set(vm_, Eval("5"), nullptr), SKEIN_ERR_MISUSE);
  EXPECT_EQ(skein_def_property(vm_, Eval("int"), "x", Get, nullptr, nullptr), SKEIN_ERR_MISUSE);
  EXPECT_EQ(skein_def_property(vm_, class_, "x: Nope", Get, nullptr, nullptr), SKEIN_ERR_MISUSE);
  EXPECT_EQ(skein_def(vm_, class_, "__new__(cls)", Get, nullptr, nullptr), SKEIN_ERR_MISUSE);
  ASSERT_EQ(skein_class_new(vm_, class_, "Inner", nullptr, &c), SKEIN_OK);
  EXPECT_EQ(Repr(Eval("Sprite.Inner.__qualname__")), "'Sprite.Inner'");
}

}  // namespace
