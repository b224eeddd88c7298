/**
 * Reads a model and writes it again: `npx tsx scripts/rewrite-model.ts IN.tflite OUT.tflite`. Whether a runtime computes
 * the same from both files is what the browser tests ask.
 */
import { openSync, closeSync, readFileSync, writeSync } from 'node:fs';
import { openModel } from '../src/tflite/format/verify/verify';
import { writeModelParts } from '../src/tflite/format/write/writer';

const [input, output] = process.argv.slice(2);
if (input === undefined || output === undefined) {
  console.error('Usage: npx tsx scripts/rewrite-model.ts IN.tflite OUT.tflite');
  process.exit(2);
}
const model = openModel(new Uint8Array(readFileSync(input)));
const file = openSync(output, 'w');
for (const part of writeModelParts(model)) {
  for (let written = 0; written < part.length;) written += writeSync(file, part, written);
}
closeSync(file);
