#!/bin/sh
# ship_test.sh - installs Skein, moves the tree, and builds and runs every host of examples/: with pkg-config, CMake and Bazel from
# the tree, and from the amalgamation; in C17 and as C++17, with gcc and clang; under AddressSanitizer and valgrind, which may find no leak.
set -eu
here=$PWD
work=${TEST_TMPDIR:-$(mktemp -d)}/ship
rm -rf "$work"
mkdir -p "$work"
examples=$here/examples
check=$here/tests/ship/check.sh
toolchain=$(dirname "$(dirname "$(readlink -f "$0")")")/toolchain # packages of their own: no data of this test
warnings='-Wall -Wextra -Werror'
failed=0
begun=$(date +%s)

step() { echo "== $* ($(($(date +%s) - begun)) s)"; }
run() { "$@" || failed=$((failed + 1)); }
# C++ compilers of the C ones.
plus() { case $1 in gcc) echo g++ ;; clang-19) echo clang++-19 ;; esac; }
c_hosts() { for f in "$examples"/*.expected; do f=${f%.expected}; [ ! -e "$f.c" ] || basename "$f"; done; }
cpp_hosts() { for f in "$examples"/*.expected; do f=${f%.expected}; [ ! -e "$f.cpp" ] || basename "$f"; done; }
all_hosts() { c_hosts && cpp_hosts; }
expected() { echo "$examples/$1.expected"; }

step install
./install "$work/first" >/dev/null
mv "$work/first" "$work/tree" # it must not know where it was
tree=$work/tree
[ "$("$tree/bin/skein" -c 'print(6 * 7)')" = 42 ]
# Nothing but the functions of skein.h is to be seen.
for library in libskein.a libskein.so.1; do
  [ "$library" = libskein.a ] && dynamic= || dynamic=-D
  if nm $dynamic --defined-only --extern-only "$tree/lib/$library" | awk 'NF == 3 && $3 !~ /^(skein_|SKEIN_1)/ { print; bad = 1 } END { exit !bad }'; then
    echo "FAILED: $library shows more than skein.h" >&2
    failed=$((failed + 1))
  fi
done

# ---- pkg-config

export PKG_CONFIG_PATH="$tree/lib/pkgconfig"
build() { # build HOW COMPILER LANGUAGE HOST: the program's path
  how=$1 compiler=$2 language=$3 host=$4
  program=$work/$how-$compiler-$language-$host
  case $how in
    shared) flags="$(pkg-config --cflags --libs skein) -Wl,-rpath,$tree/lib" ;;
    static) flags="$(pkg-config --cflags skein) $tree/lib/libskein.a $(pkg-config --static --libs skein | sed 's/-lskein//')" ;;
    one) flags="-I$tree/share/skein -I$tree/include $work/$compiler.o -lm" ;;
    asan) flags="-fsanitize=address -I$tree/share/skein -I$tree/include $work/$compiler-asan.o -lm" ;;
  esac
  case $language in
    c) $compiler -std=c17 -O1 $warnings -o "$program" "$examples/$host.c" $flags -lpthread ;;
    c++) $(plus "$compiler") -std=c++17 -O1 $warnings -o "$program" -x c++ "$examples/$host.c" -x none $flags -lpthread ;;
    cpp) $(plus "$compiler") -std=c++17 -O1 $warnings -o "$program" "$examples/$host.cpp" $flags -lpthread ;;
  esac
}
try() { # try HOW COMPILER LANGUAGE HOST [COMMAND...]
  if build "$1" "$2" "$3" "$4"; then
    host=$4
    shift 4
    run "$check" "$program" "$(expected "$host")" "$@"
  else
    echo "FAILED: to build $*" >&2
    failed=$((failed + 1))
  fi
}

step pkg-config
run pkg-config --exact-version "$(sed -n 's/^#define SKEIN_VERSION "\(.*\)"$/\1/p' "$tree/include/skein.h")" skein
for host in $(c_hosts); do
  try shared gcc c "$host"
  try static gcc c++ "$host"
  try static clang-19 c "$host"
  try shared clang-19 c++ "$host"
done
for host in $(cpp_hosts); do
  try shared gcc cpp "$host"
  try static clang-19 cpp "$host"
done

# ---- CMake

step CMake
sources=
for host in $(all_hosts); do sources="$sources;$(ls "$examples/$host".c*)"; done
cmake -S "$here/tests/ship" -B "$work/cmake" -DCMAKE_PREFIX_PATH="$tree" -DHOSTS="${sources#;}" -DCMAKE_C_COMPILER=gcc -DCMAKE_CXX_COMPILER=g++ >"$work/cmake.log" 2>&1 &&
  cmake --build "$work/cmake" -j 2 >>"$work/cmake.log" 2>&1 || cat "$work/cmake.log" >&2
for host in $(all_hosts); do
  run "$check" "$work/cmake/$host" "$(expected "$host")"
  run "$check" "$work/cmake/$host-static" "$(expected "$host")"
done

# ---- Bazel

step Bazel
other=$work/bazel
mkdir -p "$other"
cp -L "$examples"/*.c "$examples"/*.cpp "$other"
cp -L "$tree/share/skein/skein.BUILD" "$other/skein.BUILD"
{
  echo 'workspace(name = "hosts")'
  for stub in rules_cc rules_java remote_coverage_tools; do
    cp -RL "$toolchain/$stub" "$work/$stub"
    echo "local_repository(name = \"$stub\", path = \"$work/$stub\")"
  done
  echo "new_local_repository(name = \"skein\", path = \"$tree\", build_file = \"//:skein.BUILD\")"
} >"$other/WORKSPACE"
for host in $(c_hosts); do
  for kind in skein static; do
    echo "cc_binary(name = \"$host-$kind\", srcs = [\"$host.c\"], linkopts = [\"-lpthread\"], deps = [\"@skein//:$kind\"])"
  done
done >"$other/BUILD"
for host in $(cpp_hosts); do
  for kind in skein static; do
    echo "cc_binary(name = \"$host-$kind\", srcs = [\"$host.cpp\"], copts = [\"-std=c++17\"], deps = [\"@skein//:$kind\"])"
  done
done >>"$other/BUILD"
(cd "$other" && HOME=$work bazel --nosystem_rc --nohome_rc --batch --output_user_root="$work/bazel_root" --host_jvm_args=-Xmx512m \
  build --jobs=2 --spawn_strategy=local --symlink_prefix=built- //... >"$work/bazel.log" 2>&1) || cat "$work/bazel.log" >&2
for host in $(all_hosts); do
  for kind in skein static; do
    run "$check" "$other/built-bin/$host-$kind" "$(expected "$host")"
  done
done
chmod -R u+w "$work/bazel_root" && rm -rf "$work/bazel_root"

# ---- the amalgamation

one() { # one COMPILER NAME FLAGS
  compiler=$1 name=$2
  shift 2
  if ! $compiler -std=c17 $warnings -c "$tree/share/skein/skein.c" -o "$work/$name.o" "$@" 2>"$work/$name.err"; then
    cat "$work/$name.err" >&2
    echo "FAILED: $compiler skein.c" >&2
  fi
}
step amalgamation
one gcc gcc -O2 &
one clang-19 clang-19 -O2 &
wait
step 'amalgamation for the sanitizer'
one gcc gcc-asan -O1 -g1 -fsanitize=address &
one clang-19 clang-19-asan -O1 -g1 -fsanitize=address &
wait
step 'hosts with the amalgamation'
# The collector reads whole stacks: they must not be moved.
export ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=0
for compiler in gcc clang-19; do
  for host in $(c_hosts); do
    try one $compiler c "$host"
    try asan $compiler c++ "$host"
  done
  for host in $(cpp_hosts); do try asan $compiler cpp "$host"; done
done
if ldd "$work/one-gcc-c-minimal" | grep -Ev 'linux-vdso|libm\.|libc\.|ld-linux'; then
  echo 'FAILED: the amalgamation needs more than libc and libm' >&2
  failed=$((failed + 1))
fi

step valgrind
# It reads stacks and registers as they are, so values that were never set are nothing to report.
for host in embed_hello minimal plugins rules; do # the others look at the clock
  [ -e "$work/one-gcc-c-$host" ] || continue
  run "$check" "$work/one-gcc-c-$host" "$(expected "$host")" valgrind -q --undef-value-errors=no --leak-check=full --errors-for-leak-kinds=all \
    --show-leak-kinds=all --error-exitcode=9
done

step end
[ "$failed" = 0 ] || echo "$failed failed" >&2
[ "$failed" = 0 ]
