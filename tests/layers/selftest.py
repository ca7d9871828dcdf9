#!/usr/bin/env python3
"""Shows that check.py can fail: small trees, each with one fault, and the words that must name it."""
import os
import subprocess
import sys
import tempfile
import unittest

import check

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "check.py")


def sound_tree():
    """{path: text} of a house in which nothing is wrong."""
    tree = {}
    for path, drawn in check.ARROWS.items():
        room = os.path.basename(path)
        includes = "".join(f'#include "{other}/{other}.h"\n' for other in drawn)
        tree[f"{path}/CMakeLists.txt"] = (
            f"# verbatim_room(other DEPENDS nothing)\n"
            f"verbatim_room({room}\n  SOURCES {room}.c\n  DEPENDS {' '.join(drawn)})\n")
        tree[f"{path}/{room}.h"] = f"int {room}(void);\n"
        tree[f"{path}/{room}.c"] = (
            f'#include "{room}/{room}.h"\n{includes}#include <stdio.h>\n'
            f'/* #include "nowhere/at_all.h" */\n'
            f"int {room}(void)\n{{\n    return 0;\n}}\n")
    tree["shared/base/CMakeLists.txt"] = "verbatim_room(base SOURCES base.c PARTS part_xxhash)\n"
    tree["shared/base/hash.c"] = '#include "base/base.h"\n#include <xxhash.h>\n'
    tree["indexer/verbatim_index.c"] = '#include "build/build.h"\n#include "input/input.h"\n'
    tree["server/verbatim_serve.c"] = '#include "http/http.h"\n#include "search/search.h"\n'
    return tree


def run(tree):
    """The exit status and the words of check.py on the tree."""
    with tempfile.TemporaryDirectory() as root:
        for path, text in tree.items():
            whole = os.path.join(root, path)
            os.makedirs(os.path.dirname(whole), exist_ok=True)
            with open(whole, "w", encoding="utf-8") as file:
                file.write(text)
        done = subprocess.run([sys.executable, SCRIPT, root], capture_output=True, text=True,
                              check=False)
        return done.returncode, done.stdout + done.stderr


class Layers(unittest.TestCase):
    def expect_fault(self, words, files):
        """files: {path: text put behind what stands there}. Returns the findings."""
        tree = sound_tree()
        for path, text in files.items():
            tree[path] = tree.get(path, "") + text
        status, said = run(tree)
        self.assertEqual(status, 1, said)
        findings = [line for line in said.splitlines() if ":" in line and "functions:" not in line]
        self.assertTrue(any(words in line for line in findings), said)
        return findings

    def one_fault(self, words, files):
        self.assertEqual(len(self.expect_fault(words, files)), 1)

    def test_a_sound_house_stands(self):
        status, said = run(sound_tree())
        self.assertEqual(status, 0, said)
        self.assertIn("the house stands as drawn", said)

    def test_every_arrow_that_is_not_drawn(self):
        rooms = [os.path.basename(path) for path in check.ARROWS]
        for path, drawn in check.ARROWS.items():
            room = os.path.basename(path)
            for other in rooms:
                if other != room and other not in drawn:
                    with self.subTest(room=room, other=other):
                        self.expect_fault(f"arrow not drawn: {room} includes '{other}/{other}.h'",
                                          {f"{path}/more.c": f'#include "{other}/{other}.h"\n'})

    def test_programs_have_arrows_too(self):
        self.one_fault("arrow not drawn: server/verbatim_serve.c includes 'build/build.h'",
                       {"server/verbatim_serve.c": '#include "build/build.h"\n'})
        self.one_fault("arrow not drawn: indexer/verbatim_index.c includes 'search/search.h'",
                       {"indexer/verbatim_index.c": '#  include "search/search.h"\n'})

    def test_programs_have_headers_of_their_own(self):
        sound = sound_tree()
        sound["server/options.h"] = "int options(void);\n"
        sound["server/verbatim_serve.c"] += '#include "options.h"\n'
        self.assertEqual(run(sound)[0], 0)
        self.one_fault("'none.h' does not exist",
                       {"server/verbatim_serve.c": '#include "none.h"\n'})

    def test_spelling(self):
        self.one_fault("'text.h' is not spelled room/file",
                       {"shared/text/more.c": '#include "text.h"\n'})
        self.one_fault("'../base/base.h' is not spelled room/file",
                       {"shared/text/more.c": '#include "../base/base.h"\n'})
        self.one_fault("'base/none.h' does not exist",
                       {"shared/text/more.c": '#include "base/none.h"\n'})
        self.one_fault("'base/base.h' is ours",
                       {"shared/text/more.c": "#include <base/base.h>\n"})

    def test_build_says_otherwise(self):
        tree = sound_tree()
        place = "server/rank/CMakeLists.txt"
        tree[place] = tree[place].replace("DEPENDS base store match", "DEPENDS base store")
        status, said = run(tree)
        self.assertEqual(status, 1)
        self.assertIn("DEPENDS of rank is not as drawn: base store match", said)
        tree[place] = "verbatim_room(rank SOURCES rank.c DEPENDS base store match search)\n"
        self.assertIn("DEPENDS of rank is not as drawn", run(tree)[1])
        tree[place] = "verbatim_room(ranks SOURCES rank.c DEPENDS base store match)\n"
        self.assertIn("the room in server/rank is not called rank", run(tree)[1])
        del tree[place]
        self.assertIn("room rank has sources but no verbatim_room", run(tree)[1])

    def test_circle_of_headers(self):
        self.one_fault("circle of headers: shared/base/a.h -> shared/base/b.h -> shared/base/a.h",
                       {"shared/base/a.h": '#include "base/b.h"\n',
                        "shared/base/b.h": '#include "base/a.h"\n'})
        self.one_fault("circle of headers: shared/base/a.h -> shared/base/a.h",
                       {"shared/base/a.h": '#include "base/a.h"\n'})

    def test_circle_of_rooms(self):
        found = self.expect_fault("circle of rooms: base -> text -> base",
                                  {"shared/base/more.c": '#include "text/text.h"\n'})
        self.assertEqual(len(found), 2)

    def test_library_in_two_rooms(self):
        for library in ("xxhash.h", "json-c/json.h", "utf8proc.h", "gumbo.h", "archive_entry.h",
                        "libdeflate.h", "zlib.h", "microhttpd.h", "libstemmer.h", "expat.h",
                        "uchardet/uchardet.h", "iconv.h", "seccomp.h"):
            with self.subTest(library=library):
                self.expect_fault("one room alone may",
                                  {"shared/text/more.c": f"#include <{library}>\n",
                                         "indexer/input/more.c": f"#include <{library}>\n"})

    def test_part_in_two_rooms(self):
        tree = sound_tree()
        tree["shared/codec/CMakeLists.txt"] = (
            "verbatim_room(codec SOURCES codec.c DEPENDS base PARTS part_xxhash)\n")
        self.assertIn("part_xxhash is linked by base and codec", run(tree)[1])

    def test_lengths_of_files(self):
        self.one_fault("601 lines; at most 600", {"shared/text/more.c": "\n" * 601})
        self.one_fault("151 lines; at most 150", {"shared/text/more.h": "\n" * 151})
        self.one_fault("101 columns; at most 100", {"shared/text/more.h": "/" * 101 + "\n"})
        sound = sound_tree()
        sound["shared/text/more.c"] = "\n" * 600
        sound["shared/text/more.h"] = "\n" * 149 + "/* " + "€" * 94 + " */\n"
        self.assertEqual(run(sound)[0], 0)

    def test_depth_of_includes(self):
        chain = {f"shared/base/h{i}.h": f'#include "base/h{i + 1}.h"\n' for i in range(1, 6)}
        chain["shared/base/h6.h"] = "\n"
        sound = sound_tree() | chain
        sound["shared/base/more.c"] = '#include "base/h1.h"\n'
        self.assertEqual(run(sound)[0], 0)
        chain["shared/base/h6.h"] = '#include "base/h7.h"\n'
        chain["shared/base/h7.h"] = "\n"
        chain["shared/base/more.c"] = '#include "base/h1.h"\n'
        self.one_fault("shared/base/more.c:1: includes 7 deep; at most 6", chain)

    def test_length_of_a_function(self):
        body = "".join(f"    more({i}); /* }} */\n" for i in range(67))
        function = f'static int much(int a)\n{{\n{body}    return "}}"[a];\n}}\n'
        self.one_fault("shared/text/more.c:3: much has 71 lines; at most 70",
                       {"shared/text/more.c": "#define OPEN(a) \\\n    {\n" + function})
        sound = sound_tree()
        sound["shared/text/more.c"] = function.replace("    more(3); /* } */\n", "")
        self.assertEqual(run(sound)[0], 0)

    def test_tables_are_no_functions(self):
        sound = sound_tree()
        sound["shared/text/more.c"] = (
            "static const int table[] = {\n" + "    (1),\n" * 90 + "};\n"
            "struct many {\n" + "    int x;\n" * 90 + "};\n")
        self.assertEqual(run(sound)[0], 0)

    def test_words(self):
        self.one_fault("unfinished work is named", {"shared/text/more.c": "/* TODO more */\n"})
        self.one_fault("a symbol is called 'index'", {"shared/text/more.c": "int index;\n"})
        sound = sound_tree()
        sound["shared/text/more.c"] = '/* the index */ const char *a = "index", *index_name;\n'
        self.assertEqual(run(sound)[0], 0)


if __name__ == "__main__":
    unittest.main()
