#!/bin/sh
# The rooms that read and write the file, on machines that this one is not: compiled for them and run
# under an emulator. Their unit tests pass (on aarch64 every kernel of NEON equals the scalar one),
# they write the same files, byte for byte, and read the same out of them.
#
#     tests/cross/run.sh [FOLDER]       builds in FOLDER (build/cross)
#
# Ends with 77, saying why, where a compiler or an emulator is not installed.
set -eu
cd "$(dirname "$0")/../.."
folder=${1-build/cross}
cflags='-std=c17 -O2 -g1 -D_GNU_SOURCE -DXXH_INLINE_ALL'
tests='codec/bitpack codec/doc_block codec/kernel codec/rice codec/varint
    store/best_impacts store/grams store/gram_rule store/impact store/key store/lexicon store/norm
    store/postings store/settings store/titles base/bytes base/hash base/slice'

skip() {
    echo "cross: skipped: $*" >&2
    exit 77
}

need() {
    command -v "$1" >/dev/null || skip "there is no $1 (package $2)"
}

need aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu
need s390x-linux-gnu-gcc gcc-s390x-linux-gnu
need qemu-aarch64-static qemu-user-static
need qemu-s390x-static qemu-user-static
header=/usr/include/xxhash.h
[ -e $header ] || skip "there is no $header (package libxxhash-dev)"

# What needs no library but the C library; the blocks of documents are only stored.
sources() {
    ls shared/base/*.c shared/codec/*.c shared/store/*.c tests/unit/store/sample*.c |
        grep -v -e '/json' -e '/zip_block\.c' -e '_test\.c'
    echo tests/unit/store/crafted.c tests/cross/stored_blocks.c
}

# build NAME COMPILER: every source, then programs without what they do not call.
build() {
    out=$folder/$1
    mkdir -p "$out/objects" "$out/include"
    cp $header "$out/include/xxhash.h"
    compile="$2 $cflags -ffunction-sections -fdata-sections -isystem $out/include -Itests/cross"
    compile="$compile -Ishared -Itests"
    sources | tr ' ' '\n' | xargs -P "$(nproc)" -I{} sh -c \
        "$compile -c {} -o $out/objects/\$(echo {} | tr / -).o"
    link="$compile -static -Wl,--gc-sections"
    for test in $tests; do
        echo "tests/unit/${test}_test.c $out/$(echo "$test" | tr / -)"
    done | { cat; echo "tests/golden/write.c $out/write"; echo "tests/golden/walk.c $out/walk"; } |
        xargs -P "$(nproc)" -L1 sh -c "$link \$0 $out/objects/*.o -o \$1 -lpthread -lm"
}

# run NAME EMULATOR: the tests, then what is written and read, into files.
run() {
    out=$folder/$1
    for test in $tests; do
        $2 "$out/$(echo "$test" | tr / -)" || { echo "cross: $1: $test failed" >&2; exit 1; }
    done
    $2 "$out/write" "$out/plain.vbt" sample 5 400 300 6 200 50 0
    $2 "$out/write" "$out/grams.vbt" sample 8 600 40 3 40 0 0 200 2 2 16
    $2 "$out/walk" "$out/plain.vbt" >"$out/plain.txt"
    $2 "$out/walk" "$out/grams.vbt" >"$out/grams.txt"
}

build host "${CC-cc}"
run host ''
for machine in aarch64 s390x; do
    build $machine "$machine-linux-gnu-gcc"
    run $machine "qemu-$machine-static"
    for file in plain.vbt grams.vbt plain.txt grams.txt; do
        cmp "$folder/host/$file" "$folder/$machine/$file"
    done
    echo "cross: $machine agrees"
done
