#!/usr/bin/env bash
# Builds the phone library as apps ship it (size-optimised, LTO, stripped; some minutes) and prints its size. Goal: 4 MB.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --quiet --profile phone --package minqing-mobile-ffi
for library in target/phone/libminqing_mobile_ffi.{so,dylib}; do
  if [ -f "$library" ]; then echo "$library: $(wc -c <"$library") bytes"; fi
done
