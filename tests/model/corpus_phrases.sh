#!/bin/sh
# Tens of thousands of phrases of one to eight words, asked of an index and looked for in a scan of all words.
#     corpus_phrases.sh [COUNT [ARTICLES...]]    20,000 of data/articles and, where it is, ../shared/articles
set -eu
[ -x "$VERBATIM_BIN/verbatim-index" ] || { echo 'skipped: verbatim-index is not there'; exit 77; }
count=${1:-20000}
[ $# -eq 0 ] || shift
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
check() {
    "$VERBATIM_BIN/verbatim-index" build -o "$folder/phrases.vbt" "$@"
    "$VERBATIM_BIN/../tests/corpus-phrases" "$folder/phrases.vbt" "$count" 1 "$@"
}
if [ $# -gt 0 ]; then
    check "$@"
    exit
fi
check "$VERBATIM_SOURCE/data/articles"
if [ -d "$VERBATIM_SHARED/articles" ]; then
    check "$VERBATIM_SHARED/articles"
fi
