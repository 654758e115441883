#!/bin/sh
# setup.sh - installs from Debian 12's packages what the build (and `setup.sh test`: the tests) need.
#
# Quiet and without the network when nothing is missing.
set -eu

# Compiler and its linker, the build tool, the two generators, the libraries.
need='clang-19 lld-19 bazel-bootstrap re2c lemon libutf8proc-dev libpcre2-dev libuv1-dev libcurl4-openssl-dev'
if [ "${1:-}" = test ]; then
  # The second compiler, the sanitizers' run time, GoogleTest; what hosts are built and checked with.
  need="$need g++ libclang-rt-19-dev libgtest-dev cmake pkg-config valgrind"
fi

missing=
for package in $need; do
  case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true) in
    *'ok installed') ;;
    *) missing="$missing $package" ;;
  esac
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || {
    echo "skein: these Debian packages are missing:$missing" >&2
    echo "skein: install them (apt-get install$missing) or install sudo, then try again" >&2
    exit 1
  }
  as_root=sudo
fi

echo "skein: installing from Debian:$missing" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { $as_root apt-get update &&
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; } \
  </dev/null >"$log" 2>&1; then
  cat "$log" >&2
  echo "skein: could not install:$missing" >&2
  exit 1
fi
