import { expect, it } from 'vitest';
import { nameOf } from './named-source';

it.each([
  ['https://example.org/models/a%20net.tflite?key=1#top', 'a net.tflite'],
  ['https://example.org/50%.tflite', '50%.tflite'],
  ['https://example.org/%E0%A4%A.tflite', '%E0%A4%A.tflite'],
  ['https://example.org/', 'model.tflite'],
])('the name of %s is %s', (address, name) => {
  expect([nameOf(address), nameOf(new URL(address))]).toEqual([name, name]);
});

it('the name of a file is its own, and that of bytes is none', () => {
  expect([nameOf(new File([], '50%.tflite')), nameOf(new Uint8Array(4))]).toEqual(['50%.tflite', 'model.tflite']);
});
