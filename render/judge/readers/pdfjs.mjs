// Prints the text of PDF files as pdf.js reads it: a JSON object, file to list
// of pages. The argument is the folder that holds node_modules.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const at = (path) => process.argv[2] + '/node_modules/pdfjs-dist/' + path;
// Drawing needs these from a canvas package; reading text does not.
globalThis.DOMMatrix ??= class {};
globalThis.ImageData ??= class {};
globalThis.Path2D ??= class {};
const warn = console.warn;
console.warn = () => {};
const { getDocument } = await import(pathToFileURL(at('legacy/build/pdf.mjs')));
console.warn = warn;
const out = {};
for (const name of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const task = getDocument({ data: new Uint8Array(readFileSync(name)), standardFontDataUrl: at('standard_fonts/'), verbosity: 0 });
  const document = await task.promise;
  out[name] = [];
  for (let i = 1; i <= document.numPages; i++) {
    const content = await (await document.getPage(i)).getTextContent({ disableNormalization: true });
    out[name].push(content.items.map((x) => x.str + (x.hasEOL ? '\n' : '')).join(''));
  }
  await task.destroy();
}
process.stdout.write(JSON.stringify(out));
