import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { openModel } from '../format/verify/verify';
import { addition, buildMetadata, buildModel } from '../testing/build';
import { readMetadata } from './metadata';
import { parsePythonLiteral } from './python-literal';
import { readYoloMetadata, type YoloMetadata } from './yolo-metadata';

const encoded = (content: string): Uint8Array => new TextEncoder().encode(content);

function withFiles(files: Readonly<Record<string, string>>, model = buildModel(addition())): Uint8Array {
  const archive = zipSync(Object.fromEntries(Object.entries(files).map(([name, content]) => [name, encoded(content)])));
  const bytes = new Uint8Array(model.length + archive.length);
  bytes.set(model);
  bytes.set(archive, model.length);
  return bytes;
}

const read = (content: string, name = 'metadata.json'): YoloMetadata | null => readYoloMetadata(withFiles({ [name]: content }));

describe('what is behind a model of the YOLO family', () => {
  test('is read as JSON', () => {
    const json = JSON.stringify({ description: 'Ultralytics YOLO11n-pose model', task: 'pose', stride: 32, imgsz: [640, 640], names: { 0: 'person', 1: 'it\'s "a" dög' }, kpt_shape: [17, 3], args: { int8: true, nms: null } }, null, 2);
    expect(read(json)).toEqual({ description: 'Ultralytics YOLO11n-pose model', task: 'pose', names: ['person', 'it\'s "a" dög'], points: { count: 17, values: 3 } });
  });

  test('is read as Python writes it, with the names of YOLO v5 and without a task', () => {
    expect(read('{\'stride\': 32, \'names\': [\'person\', "driver\'s cab", \'caf\\xe9\\n\']}', 'meta.txt')).toEqual({ description: '', task: null, names: ['person', 'driver\'s cab', 'café\n'] });
    expect(read('{\'task\': \'segment\', \'batch\': 1, \'half\': False, \'shape\': (1, -2.5, None,), \'names\': {1: \'b\', 0: \'a\', 3: \'d\'}}', 'temp_meta.txt')).toEqual({ description: '', task: 'segment', names: ['a', 'b', '', 'd'] });
  });

  test.each([
    ['another exporter’s JSON', '{"job": 1, "files": ["a"]}'],
    ['a list', '["a", "b"]'],
    ['names that are none', '{"names": {"0": 1}}'],
    ['names of no class', '{"names": {"-1": "a"}}'],
    ['more names than classes can be', '{"names": {"70000": "a"}}'],
    ['no names', '{"names": {}}'],
    ['half a file', '{"names": {"0": "a"}'],
    ['code', '{"names": open("x")}'],
    ['brackets without end', `{"names": ${'['.repeat(100_000)}`],
    ['nothing', ''],
  ])('is nothing for %s', (_, content) => {
    expect(read(content)).toBeNull();
  });

  test('leaves out tasks and points that are none', () => {
    expect(read('{"names": ["a"], "task": "fly", "kpt_shape": [0, 3]}')).toEqual({ description: '', task: null, names: ['a'] });
    expect(read('{"names": ["a"], "kpt_shape": [17, 4]}')).toEqual({ description: '', task: null, names: ['a'] });
  });

  test('is no list of labels, though the metadata of that time call it one', () => {
    const metadata = buildMetadata({ subgraph_metadata: [{ output_tensor_metadata: [{ name: 'output', associated_files: [{ name: 'temp_meta.txt', type: 2 }] }] }] });
    const model = buildModel(addition({ buffers: [{}, { data: new Uint8Array(8) }, { data: metadata }], metadata: [{ name: 'TFLITE_METADATA', buffer: 2 }] }));
    const bytes = withFiles({ 'temp_meta.txt': '{\'names\': {0: \'person\'}}' }, model);
    expect(readMetadata(bytes, openModel(bytes))?.outputs).toEqual([{ name: 'output' }]);
    expect(readYoloMetadata(bytes)?.names).toEqual(['person']);
  });
});

test('a Python literal is read as Python means it', () => {
  expect(parsePythonLiteral(' [1, -2.5e-3, True, None, (), "\\u00e9\\\\", \'a"\'] ')).toEqual([1, -0.0025, true, null, [], 'é\\', 'a"']);
  expect(parsePythonLiteral('{"__proto__": {1: 2}}')).toEqual(new Map([['__proto__', new Map([['1', 2]])]]));
  for (const text of ['[1 2]', '{1}', '{None: 1}', '\'a', '"\\x4"', '"\\U00110000"', '1 1', 'abc', '[', '-']) expect(() => parsePythonLiteral(text)).toThrow(SyntaxError);
});
