"""Section 2 of doc/evidence.md: the only form of a tar file that is a bundle."""
import re

from refusal import require

BLOCK = 512
ZEROS = bytes(BLOCK)
NUMBER = rb" *[0-7]*[ \0]*"
FIELDS = (  # offset, size, what must stand there
    (100, 8, rb"[0-7]{7}[\0 ]|[0-7]{6}[\0 ]\0", "mode"),
    (108, 8, NUMBER, "uid"),
    (116, 8, NUMBER, "gid"),
    (124, 12, rb"[0-7]{11}[\0 ]", "size"),
    (136, 12, NUMBER, "mtime"),
    (148, 8, rb"[0-7]{6}\0 ", "checksum"),
    (156, 1, rb"[05]", "type"),
    (157, 100, rb"\0*", "link name"),
    (257, 8, rb"ustar\x0000|ustar  \0", "magic"),
    (329, 8, NUMBER, "device"),
    (337, 8, NUMBER, "device"),
    (500, 12, rb"\0*", "rest"),
)
TOP_LIMIT = 100
LIMIT_PAYLOAD = 64 << 20
LIMIT_TAG = 128 << 10
LIMIT_TAG_FILES = 64


def text_field(header, at, size):
    text = header[at : at + size]
    require(re.fullmatch(rb"[^\0]*\0*", text, re.S), "something stands behind the NUL of a name")
    return text.rstrip(b"\0").decode("latin-1")


def check_header(header):
    for at, size, form, what in FIELDS:
        field = header[at : at + size]
        loose = form is NUMBER and field[:1] in (b"\x80", b"\xff", b"\0")
        require(loose or re.fullmatch(form, field), f"a header whose {what} is {field!r}")
    total = sum(header) - sum(header[148:156]) + 8 * ord(" ")
    require(int(header[148:154], 8) == total, "the checksum of a header does not fit")


def name_of(header, is_directory):
    name, prefix = text_field(header, 0, 100), text_field(header, 345, 155)
    require(not prefix or header[257:265] == b"ustar\x0000", "a prefix with GNU's magic")
    name = f"{prefix}/{name}" if prefix else name
    if is_directory:
        name = name.removesuffix("/")
    require(re.fullmatch(r"[A-Za-z0-9._/-]{1,255}", name), f"a name with other characters, or too long: {name!r}")
    for part in name.split("/"):
        require(part not in ("", ".", "..") and part[0] != "-", f"a name with a part {part!r}")
    require(is_directory or "/" in name, f"a file beside the top directory: {name}")
    return name


def check_end(data, at):
    """Two blocks of zeros, and perhaps more of them up to a multiple of 20 blocks."""
    require(data[at : at + 2 * BLOCK] == 2 * ZEROS, "the archive has no end of two blocks of zeros")
    end = at + 2 * BLOCK
    padded = -(-end // (20 * BLOCK)) * 20 * BLOCK
    require(len(data) in (end, padded) and not any(data[end:]), "something follows the end of the archive")


def check_size_of(name, size, beside):
    if name.startswith("data/"):
        require(size <= LIMIT_PAYLOAD, f"{name} is too large")
    else:
        beside.append(name)
        require(len(beside) <= LIMIT_TAG_FILES, "too many files beside data/")
        require(size <= LIMIT_TAG or name == "manifest-sha256.txt", f"{name} is too large")


def check_tree_of_names(files, directories):
    """No name is a file and a directory at once, and no directory is there without a file in it."""
    needed = {name[:i] for name in files for i, c in enumerate(name) if c == "/"}
    for name in files:
        require(name not in needed and name not in directories, f"{name} is a file and a directory at once")
    for name in directories - {""}:
        require(name in needed, f"{name}/ was added")


def read(path):
    """A bundle: the name of the top directory, and the content of each file by its name below it, in their order."""
    with open(path, "rb") as file:
        return files_of(file.read(), check_size_of)


def files_of(data, check_size):
    """The same of a tar file of any kind; `check_size` is given each file's name and size, and a list to note them in."""
    at, top, files, directories, noted = 0, None, {}, set(), []
    while data[at : at + BLOCK] != ZEROS:
        header = data[at : at + BLOCK]
        require(len(header) == BLOCK, "the tar file is cut off")
        check_header(header)
        is_directory = header[156:157] == b"5"
        first, _, name = name_of(header, is_directory).partition("/")
        require(top in (None, first), f"a second top directory: {first}")
        require(len(first) <= TOP_LIMIT, "the top directory's name is too long")
        top = first
        size = int(header[124:135], 8)
        at += BLOCK
        if is_directory:
            require(size == 0, "a directory with a content")
            require(name not in directories, f"{first}/{name} is a directory that is in the bundle twice")
            directories.add(name)
            continue
        require(name not in files, f"{name} is in the bundle twice")
        check_size(name, size, noted)
        end = at + -(-size // BLOCK) * BLOCK
        require(end <= len(data), f"the tar file is cut off within {name}")
        require(not any(data[at + size : end]), f"{name} is not padded with zeros")
        files[name] = data[at : at + size]
        at = end
    check_end(data, at)
    require(files, "an empty archive")
    check_tree_of_names(files, directories)
    return top, files
