#!/usr/bin/env python3
"""Words of a PDF where they stand, for paper.bats: pdf_words.py places|blank FILE.

places: a word a line: its page, its left and upper edge in points, the word. blank: characters of words that are all Chinese,
Japanese or Korean (each as wide as the other) in whose place nothing is drawn.
"""
import html
import re
import subprocess
import sys

DPI = 144
WIDE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")


def words(path):
    """(page, left, top, right, bottom, text), in points."""
    out = subprocess.run(["pdftotext", "-bbox", path, "-"], check=True, capture_output=True, text=True).stdout
    page = 0
    for line in out.splitlines():
        page += "<page " in line
        found = re.search(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*)</word>', line)
        if found:
            yield page, *(float(found[i]) for i in range(1, 5)), html.unescape(found[5])


def picture(path, page):
    """Width and grey bytes, a byte a pixel."""
    pgm = subprocess.run(["pdftoppm", "-gray", "-r", str(DPI), "-f", str(page), "-l", str(page), path],
                         check=True, capture_output=True).stdout
    head = re.match(rb"P5\s(\d+)\s(\d+)\s255\s", pgm)
    return int(head[1]), pgm[head.end():]


def is_drawn(image, left, top, right, bottom):
    width, pixels = image
    scale = DPI / 72
    rows = range(int(top * scale), int(bottom * scale))
    return any(min(pixels[y * width + int(left * scale):y * width + int(right * scale)]) < 128 for y in rows)


def blank(path):
    images = {}
    for page, left, top, right, bottom, text in words(path):
        if WIDE.fullmatch(text):
            if page not in images:
                images[page] = picture(path, page)
            each = (right - left) / len(text)
            for i, character in enumerate(text):
                if not is_drawn(images[page], left + i * each, top, left + (i + 1) * each, bottom):
                    yield character, page


def main():
    if sys.argv[1] == "places":
        for page, left, top, _, _, text in words(sys.argv[2]):
            print(page, round(left), round(top), text)
    else:
        for character, page in sorted(set(blank(sys.argv[2]))):
            print(f"{character} on page {page}")


main()
