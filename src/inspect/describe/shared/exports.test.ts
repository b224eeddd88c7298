import { expect, test } from 'vitest';
import { summarize } from '../../../tflite/analysis/summarize';
import { opsCsv, summaryJson } from './exports';
import { inspectGallery, oneOp } from '../../testing/models';

const face = inspectGallery('face_detection/face_detection_short_range.tflite');

test('ops as CSV: a line for each, settings and costs with their units in the head', () => {
  const lines = opsCsv(face).split('\r\n');
  expect(lines).toHaveLength(164 + 2);
  expect(lines[0]).toBe('subgraph,op,kind,custom,version,options,inputs,output,output_dtype,output_shape,macs,flops,bytes_read,bytes_written,weight_bytes,flops_per_byte,runs_once_at_load');
  expect(lines[3]).toMatch(/^0,2,CONV_2D,false,1,"kernel 5×5, stride 2×2, padding same, fused activation none",float32\[1x128x128x3\] float32\[24x5x5x3\] float32\[24\],conv2d,float32,1x64x64x24,7372800,14843904,203904,393216,3648,/);
  expect(lines.at(-1)).toBe('');
});

test('names that would be formulas or break the table are text', () => {
  const csv = opsCsv(oneOp('=1+1', [{ shape: [1] }, { name: 'a "b",\nc', shape: [1] }]));
  expect(csv).toContain("'=1+1");
  expect(csv).toContain('"a ""b"",\nc"');
});

test('the summary as JSON says which file it is of', () => {
  const summary = summarize(face.model);
  const json: unknown = JSON.parse(summaryJson({ name: 'face', bytes: 229_032, sha256: '3b' }, summary));
  expect(json).toEqual({ schema: 'litescope-summary', version: 1, file: { name: 'face', bytes: 229_032, sha256: '3b' }, ...JSON.parse(JSON.stringify(summary)) as object });
});
