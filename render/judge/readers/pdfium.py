"""Prints the text of PDF files as PDFium reads it: a JSON object, file to list of pages."""
import json
import sys

import pypdfium2

out = {}
for name in sys.stdin.read().splitlines():
    document = pypdfium2.PdfDocument(name)
    out[name] = [page.get_textpage().get_text_range() for page in document]
    document.close()
json.dump(out, sys.stdout)
