import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it, test } from 'vitest';
import { LitescopeError, type ErrorCode } from '../../errors';
import { foreignFile, type ForeignFile } from './foreign';
import { identify } from './identify';

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const joined = (...parts: readonly (Uint8Array | string | readonly number[])[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...(typeof part === 'string' ? ascii(part) : part)]));
const zipped = (...names: readonly string[]): Uint8Array => zipSync(Object.fromEntries(names.map((name) => [name, ascii(`content of ${name}`)])), { level: 0 });

/** A message's field that has a length, as protobuf writes it. */
const field = (number: number, content: Uint8Array | string): Uint8Array => {
  const bytes = typeof content === 'string' ? ascii(content) : content;
  const length: number[] = [];
  for (let rest = bytes.length; ; rest >>>= 7) {
    length.push(rest < 0x80 ? rest : (rest & 0x7f) | 0x80);
    if (rest < 0x80) break;
  }
  return joined([(number << 3) | 2], length, bytes);
};
const varint = (number: number, value: number): Uint8Array => Uint8Array.of(number << 3, value);
/** What follows the beginning of a real file. */
const more = new Uint8Array(300).fill(7);

const wav = joined('RIFF', [0x24, 0x7d, 0, 0], 'WAVEfmt ', [16, 0, 0, 0, 1, 0, 1, 0, 0x80, 0x3e, 0, 0, 0, 0x7d, 0, 0, 2, 0, 16, 0], 'data', [0, 0x7d, 0, 0]);
const graph = field(7, field(1, joined(field(1, 'x'), field(2, 'y'))));

/** As the formats' own tools write them; bytes of headers by their specifications. */
const files: readonly (readonly [what: string, bytes: Uint8Array, code: ErrorCode, kind: ForeignFile['kind']])[] = [
  ['a WAV recording', wav, 'NOT_TFLITE', 'wav'],
  ['a web page', ascii('<!DOCTYPE html>\n<html><head><title>404</title>'), 'WEB_PAGE', 'webPage'],
  ['a web page behind blank lines', ascii('\n\n\n   \n\t<!doctype html>\n<html lang="en">'), 'WEB_PAGE', 'webPage'],
  ['a web page behind a byte order mark and a comment', joined([0xef, 0xbb, 0xbf], '\r\n<!-- saved from url -->\r\n<html>'), 'WEB_PAGE', 'webPage'],
  ['XHTML', ascii('<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">'), 'WEB_PAGE', 'webPage'],
  ['an XML file', ascii('<?xml version="1.0"?>\n<net name="model" version="10">'), 'NOT_TFLITE', 'xml'],
  ['a Git LFS pointer', ascii('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 123\n'), 'GIT_LFS_POINTER', 'lfsPointer'],
  ['an ONNX model of PyTorch', joined(varint(1, 8), field(2, 'pytorch'), field(3, '2.1.0'), graph), 'OTHER_FORMAT', 'onnx'],
  ['an ONNX model without a producer', joined(varint(1, 10), graph, field(8, varint(2, 17))), 'OTHER_FORMAT', 'onnx'],
  ['a Core ML model', joined(varint(1, 4), field(2, joined(field(1, joined(field(1, 'image'), field(3, 'x'))), field(10, field(1, 'classLabel')))), more), 'OTHER_FORMAT', 'coreml'],
  ['a SavedModel', joined(varint(1, 1), field(2, joined(field(1, joined(field(2, field(1, joined(field(1, 'Add'), more))), field(4, 'serve'))), more))), 'OTHER_FORMAT', 'savedModel'],
  ['a frozen graph', joined(field(1, joined(field(1, 'input'), field(2, 'Placeholder'), field(5, more))), more), 'OTHER_FORMAT', 'graphDef'],
  ['PyTorch’s zip', zipped('archive/data.pkl', 'archive/data/0', 'archive/version'), 'OTHER_FORMAT', 'pytorch'],
  ['TorchScript', zipped('model/constants.pkl', 'model/code/__torch__.py'), 'OTHER_FORMAT', 'pytorch'],
  ['PyTorch’s zip without its end', zipped('yolov8n/data.pkl', 'yolov8n/data/0').subarray(0, 60), 'OTHER_FORMAT', 'pytorch'],
  ['PyTorch’s old pickle', joined([0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e, 0x80, 2]), 'OTHER_FORMAT', 'pytorch'],
  ['a pickle of scikit-learn', joined([0x80, 4, 0x95, 0x21, 2, 0, 0, 0, 0, 0, 0, 0x8c], 'sklearn'), 'OTHER_FORMAT', 'pickle'],
  ['Safetensors', joined([0x40, 0, 0, 0, 0, 0, 0, 0], '{"weight":{"dtype":"F32","shape":[2]'), 'OTHER_FORMAT', 'safetensors'],
  ['a Core ML package', zipped('Face.mlpackage/Manifest.json', 'Face.mlpackage/Data/com.apple.CoreML/model.mlmodel'), 'OTHER_FORMAT', 'coreml'],
  ['a .keras model', zipped('metadata.json', 'config.json', 'model.weights.h5'), 'OTHER_FORMAT', 'keras'],
  ['a Keras .h5 model', joined([0x89], 'HDF\r\n\x1a\n', [0, 0, 0, 0]), 'OTHER_FORMAT', 'hdf5'],
  ['a model of TensorFlow.js', ascii('{\n  "format": "graph-model", "modelTopology": {}'), 'OTHER_FORMAT', 'tensorflowJs'],
  ['an ONNX Runtime model', joined([0x28, 0, 0, 0], 'ORTM', more), 'OTHER_FORMAT', 'onnxRuntime'],
  ['an ExecuTorch program', joined([0x28, 0, 0, 0], 'ET12', more), 'OTHER_FORMAT', 'executorch'],
  ['a GGUF model', joined('GGUF', [3, 0, 0, 0], more), 'LANGUAGE_MODEL', 'gguf'],
  ['a LiteRT-LM bundle', joined('LITERTLM', [1, 0, 0, 0, 4, 0, 0, 0], more), 'LANGUAGE_MODEL', 'litertlm'],
  ['an Edge TPU executable', joined([0x1c, 0, 0, 0], 'DWN1', more), 'EDGE_TPU', 'edgeTpu'],
  ['a JPEG picture', joined([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF', [0]), 'NOT_TFLITE', 'picture'],
  ['a WebP picture', joined('RIFF', [0, 1, 0, 0], 'WEBPVP8 '), 'NOT_TFLITE', 'picture'],
  ['an MP4 video', joined([0, 0, 0, 0x20], 'ftypisom', more), 'NOT_TFLITE', 'video'],
  ['an Ogg recording', joined('OggS', [0, 2], more), 'NOT_TFLITE', 'sound'],
  ['a NumPy array', joined([0x93], 'NUMPY', [1, 0, 0x76, 0]), 'NOT_TFLITE', 'npy'],
  ['a JSON file', ascii('  {"labels": ["cat"]}'), 'NOT_TFLITE', 'json'],
  ['a gzip archive', joined([0x1f, 0x8b, 8, 0], more), 'ARCHIVE', 'gzip'],
  ['a zip of something else', zipped('README.md', 'labels.txt'), 'ARCHIVE', 'zip'],
  ['a zip without its end', joined('PK\x03\x04', new Uint8Array(60)), 'TRUNCATED', 'tornZip'],
  ['a tar archive', joined(new Uint8Array(257).fill(0x61), 'ustar', [0]), 'ARCHIVE', 'archive'],
];

/** The code of the error that opening it gives. */
function codeOf(bytes: Uint8Array): ErrorCode | null {
  try {
    identify(bytes);
    return null;
  } catch (error) {
    return LitescopeError.from(error).code;
  }
}

describe('what is dropped in place of a model', () => {
  test.each(files)('%s is named', (_, bytes, code, kind) => {
    expect(foreignFile(bytes)).toEqual({ code, kind });
    expect(codeOf(bytes)).toBe(code);
  });

  test.each(files)('%s is named with junk behind it, and any beginning of it is refused', (_, bytes, code, kind) => {
    expect(foreignFile(joined(bytes, more))).toEqual(kind === 'zip' || kind === 'tornZip' || kind === 'pytorch' || kind === 'coreml' || kind === 'keras' ? expect.anything() : { code, kind });
    for (let length = 0; length < bytes.length; length += 1) expect(codeOf(bytes.subarray(0, length))).not.toBeNull();
  });
});

describe('what is not known', () => {
  it.each<[what: string, bytes: Uint8Array]>([
    ['text', ascii('# This is a README and not a model.\n')],
    ['zeros', new Uint8Array(100)],
    ['a number and a string that is none', joined(varint(1, 8), [0x12, 3, 0, 1, 2], more)],
    ['a version that none has', joined(varint(1, 100), field(2, 'pytorch'))],
    ['a text that says it is longer than the file', joined(varint(1, 8), [0x12, 90], 'pytorch')],
    ['a bracket', ascii('{ not json')],
  ])('%s gets no name', (_, bytes) => {
    expect(foreignFile(bytes)).toBeNull();
    expect(codeOf(bytes)).toBe('NOT_TFLITE');
  });

  it('never throws anything but its error', () => {
    const beginnings = fc.constantFrom(...files.map(([, bytes]) => bytes));
    fc.assert(fc.property(beginnings, fc.uint8Array({ maxLength: 64 }), fc.nat(80), (bytes, junk, at) => {
      const damaged = bytes.slice();
      damaged.set(junk.subarray(0, Math.max(0, damaged.length - at)), Math.min(at, damaged.length));
      expect(codeOf(damaged)).not.toBe('INTERNAL');
    }), { numRuns: 1000 });
  });
});
