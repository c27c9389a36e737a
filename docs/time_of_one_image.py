#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws where the time of one image goes, out of what `anomaloscope-cli bench score` prints.

Usage: time_of_one_image.py NAME=BENCH.json... > time_of_one_image.svg
"""
import json
import pathlib
import sys
from xml.sax.saxutils import escape

STAGES = [("decode", "decoding", "#8fb8de"), ("preprocess", "preprocessing", "#5f8fc0"), ("network", "network", "#3a5a80"),
          ("descriptors", "descriptors", "#d9a441"), ("search", "search", "#c8553d"), ("map", "map", "#7a9e5f")]
LEFT, WIDTH, BAR, GAP, TOP = 110, 620, 34, 22, 46


def main():
    if len(sys.argv) < 2 or any("=" not in argument for argument in sys.argv[1:]):
        sys.exit(__doc__)
    sets = [(name, json.loads(pathlib.Path(path).read_text()))
            for name, path in (argument.split("=", 1) for argument in sys.argv[1:])]
    longest = max(sum(bench["stages_ms"].values()) for _, bench in sets)
    height = TOP + len(sets) * (BAR + GAP)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 20} {height}" '
           'font-family="sans-serif" font-size="13">',
           f'<rect width="{LEFT + WIDTH + 20}" height="{height}" fill="#ffffff"/>']
    x = LEFT
    for _, word, colour in STAGES:
        out.append(f'<rect x="{x}" y="12" width="12" height="12" fill="{colour}"/><text x="{x + 17}" y="23">{word}</text>')
        x += 34 + 7 * len(word)
    for i, (name, bench) in enumerate(sets):
        y, x = TOP + i * (BAR + GAP), float(LEFT)
        out.append(f'<text x="{LEFT - 10}" y="{y + 22}" text-anchor="end">{escape(name)}</text>')
        for key, word, colour in STAGES:
            ms = bench["stages_ms"][key]
            width = WIDTH * ms / longest
            out.append(f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{BAR}" fill="{colour}">'
                       f'<title>{word}: {ms:.1f} ms</title></rect>')
            if width > 46:
                out.append(f'<text x="{x + width / 2:.1f}" y="{y + 22}" text-anchor="middle" fill="#ffffff">{ms:.1f} ms</text>')
            x += width
    print("\n".join([*out, "</svg>"]))


if __name__ == "__main__":
    main()
