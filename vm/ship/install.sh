#!/bin/sh
# install.sh - puts Skein below a directory:  bazel run -c opt //:install -- PREFIX
#
# The tree may be moved afterwards: its pkg-config and CMake files find it by where they are.
set -eu
if [ $# != 1 ]; then
  echo 'usage: bazel run -c opt //:install -- PREFIX' >&2
  exit 2
fi
case $1 in
  /*) prefix=$1 ;;
  *) prefix=${BUILD_WORKING_DIRECTORY:-$PWD}/$1 ;;
esac
version=$(sed -n 's/^#define SKEIN_VERSION "\(.*\)"$/\1/p' vm/api/skein.h)

put() { # put MODE SOURCE... DIRECTORY
  mode=$1
  shift
  for to; do :; done
  mkdir -p "$prefix/$to"
  while [ $# -gt 1 ]; do
    install -m "$mode" "$1" "$prefix/$to/"
    shift
  done
}
fill() { # fill TEMPLATE DIRECTORY
  mkdir -p "$prefix/$2"
  name=${1##*/}
  sed "s/@VERSION@/$version/g" "$1" >"$prefix/$2/${name%.in}"
}

put 755 vm/cli/skein bin
put 644 libskein.a lib
put 755 libskein.so.1 lib
ln -sf libskein.so.1 "$prefix/lib/libskein.so"
put 644 vm/api/skein.h vm/api/skein.hpp include
put 644 vm/ship/skein.c vm/ship/skein.h vm/ship/skein.BUILD share/skein
fill vm/ship/skein.pc.in lib/pkgconfig
fill vm/ship/SkeinConfig.cmake.in lib/cmake/Skein
fill vm/ship/SkeinConfigVersion.cmake.in lib/cmake/Skein
echo "Skein $version is in $prefix"
