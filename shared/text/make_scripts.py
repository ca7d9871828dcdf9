#!/usr/bin/env python3
"""Writes scripts_table.h from UnicodeData.txt: make_scripts.py UnicodeData.txt > scripts_table.h

The file has no scripts, but a letter's name begins with its script's. To be run again for a new
Unicode.
"""
import sys

LOSE_MARKS = ("LATIN ", "GREEK ", "CYRILLIC ", "ARABIC ", "HEBREW ")
CLUSTERS = ("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH", "<CJK Ideograph", "HIRAGANA ",
            "HENTAIGANA ", "KATAKANA ", "KATAKANA-HIRAGANA ", "THAI ", "LAO ", "KHMER ", "MYANMAR ",
            "TIBETAN ", "HANGZHOU NUMERAL ", "OLD CHINESE ITERATION MARK",
            "IDEOGRAPHIC ITERATION MARK", "IDEOGRAPHIC CLOSING MARK", "IDEOGRAPHIC NUMBER ZERO",
            "VERTICAL IDEOGRAPHIC ITERATION MARK", "VERTICAL KANA REPEAT ")


def characters(path):
    first = None
    for line in open(path, encoding="ascii"):
        code, name, category = line.split(";")[:3]
        code = int(code, 16)
        if name.endswith(", First>"):
            first = code
            continue
        for c in range(first if name.endswith(", Last>") else code, code + 1):
            yield c, name, category


def ranges(codes):
    out = []
    for c in codes:
        if out and out[-1][1] == c - 1:
            out[-1][1] = c
        else:
            out.append([c, c])
    return out


def write(name, codes):
    print(f"static const struct script_range {name}[] = {{")
    row = "   "
    for low, high in ranges(codes):
        item = f" {{0x{low:04X}, 0x{high:04X}}},"
        if len(row) + len(item) > 98:
            print(row)
            row = "   "
        row += item
    print(row)
    print("};")


def main():
    lose, clusters = [], []
    for code, name, category in characters(sys.argv[1]):
        if category[0] == "L" and name.startswith(LOSE_MARKS):
            lose.append(code)
        # Nl: the ideographic zero and the Hangzhou numerals, which are Han.
        if (category[0] == "L" or category == "Nl") and name.startswith(CLUSTERS):
            clusters.append(code)
    print("/* Made by make_scripts.py from UnicodeData.txt. Included by scripts.c alone. */")
    print("/* clang-format off */")
    write("lose_marks", lose)
    write("clusters", clusters)


main()
