"""Prints the text of PDF files as MuPDF reads it: a JSON object, file to list of pages."""
import json
import sys

import pymupdf

out = {}
for name in sys.stdin.read().splitlines():
    with pymupdf.open(name) as document:
        out[name] = [page.get_text("text") for page in document]
json.dump(out, sys.stdout)
