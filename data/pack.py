#!/usr/bin/env python3
"""Packs data/archived into data/articles/archive: storm-of-1987.txt into a .gz, briefs/ into a .zip and
reviews/ into a .tar.zst. The same files give the same archives, but for what versions of the packers do."""
import gzip
import io
import pathlib
import subprocess
import tarfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
SOURCES, TARGET = HERE / "archived", HERE / "articles" / "archive"


def pack_gzip():
    data = (SOURCES / "storm-of-1987.txt").read_bytes()
    (TARGET / "storm-of-1987.txt.gz").write_bytes(gzip.compress(data, 9, mtime=0))


def pack_zip():
    with zipfile.ZipFile(TARGET / "briefs.zip", "w", zipfile.ZIP_DEFLATED) as out:
        for path in sorted((SOURCES / "briefs").iterdir()):
            member = zipfile.ZipInfo(path.name, (2026, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(member, path.read_bytes())


def pack_tar():
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w", format=tarfile.USTAR_FORMAT) as out:
        for path in sorted((SOURCES / "reviews").iterdir()):
            member = tarfile.TarInfo("reviews/" + path.name)
            member.size = path.stat().st_size
            out.addfile(member, io.BytesIO(path.read_bytes()))
    packed = subprocess.run(["zstd", "-q", "-19", "-c"], input=tar.getvalue(), stdout=subprocess.PIPE, check=True)
    (TARGET / "reviews.tar.zst").write_bytes(packed.stdout)


TARGET.mkdir(exist_ok=True)
pack_gzip()
pack_zip()
pack_tar()
