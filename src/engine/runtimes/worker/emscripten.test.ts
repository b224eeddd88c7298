import { describe, expect, it } from 'vitest';
import { LitescopeError } from '../../../errors';
import { runtimeLines } from '../../testing/runtime-lines';
import { takeVector, trapToError, unsupportedOp } from './emscripten';
import { RuntimeLog } from './runtime';

function logOf(lines: readonly string[]): RuntimeLog {
  const log = new RuntimeLog();
  for (const line of lines) log.write(line);
  return log;
}

function errorsOf(lines: readonly string[]): string[] {
  return logOf(lines).errorsSince(0);
}

const litertThrew = new Error('ERROR: [third_party/odml/litert/litert/js/packages/core/src/cpp/litert_web.cc:245]\n└ ERROR: [./third_party/odml/litert/litert/cc/internal/litert_compiled_model_next.h:70]');

describe('unsupportedOp', () => {
  it.each([
    ['a version that is too high', runtimeLines.tfjsVersion, /^Didn't find op for builtin opcode 'ADD' version '9'\./, undefined],
    ['a builtin op that is newer than the runtime', runtimeLines.tfjsOutOfRange, /^Op builtin_code out of range: 159\./, undefined],
    ['a custom op, on tfjs-tflite', runtimeLines.tfjsCustom, /^Encountered unresolved custom op: TransformTensor\.$/, 'subgraph 0, op 0, TransformTensor'],
    ['a custom op, on LiteRT', runtimeLines.litertCustom, /^Encountered unresolved custom op: odml\.rms_norm\.$/, 'subgraph 0, op 12, odml.rms_norm'],
    ['an op of full TensorFlow', runtimeLines.litertFlex, /^Select TensorFlow op\(s\), included in the given model/, 'subgraph 0, op 0, FlexAddV2'],
  ])('finds %s', (_, lines, details, place) => {
    const found = unsupportedOp(errorsOf(lines));
    expect(found?.details).toMatch(details);
    expect(found?.place).toBe(place);
  });

  it.each([
    ['operands that an op refuses', runtimeLines.litertPrepare],
    ['options that are missing', runtimeLines.litertOptions],
    ['silence', []],
  ])('does not take %s for an op that is missing', (_, lines) => {
    expect(unsupportedOp(errorsOf(lines))).toBeNull();
  });
});

describe('trapToError', () => {
  it('says the runtime’s own errors before the exception', () => {
    const error = trapToError(litertThrew, 'MODEL_REFUSED', logOf(runtimeLines.litertOptions), 0);
    expect(error.code).toBe('MODEL_REFUSED');
    expect(error.details).toBe(`Could not get 'stablehlo.pad' operation parameters. · ${litertThrew.message}`);
    expect(error.cause).toBe(litertThrew);
  });

  it('names an op that the runtime printed, whatever it threw', () => {
    const error = trapToError(litertThrew, 'MODEL_REFUSED', logOf(runtimeLines.litertCustom), 0);
    expect([error.code, error.details, error.place]).toEqual(['UNSUPPORTED_OP', 'Encountered unresolved custom op: odml.rms_norm.', 'subgraph 0, op 12, odml.rms_norm']);
  });

  it.each(['memory access out of bounds', 'null function', 'unreachable', 'index out of bounds'])('takes the trap “%s” for a failed run, not for lack of memory', (message) => {
    const error = trapToError(new WebAssembly.RuntimeError(message), 'INVOKE_FAILED', logOf([]), 0);
    expect([error.code, error.details]).toEqual(['INVOKE_FAILED', message]);
  });

  it('looks at what was printed since the mark only', () => {
    const log = logOf(runtimeLines.litertCustom);
    expect(trapToError(new Error('null function'), 'INVOKE_FAILED', log, log.mark).code).toBe('INVOKE_FAILED');
  });

  it.each([
    'Aborted(OOM). Build with -sASSERTIONS for more info.',
    'Out of memory',
    'std::bad_alloc',
    'Array buffer allocation failed',
    'WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory for new instance',
    'Cannot enlarge memory arrays to size 4294967296 bytes',
  ])('takes “%s” for lack of memory', (message) => {
    expect(trapToError(new RangeError(message), 'MODEL_REFUSED', logOf([]), 0).code).toBe('OUT_OF_MEMORY');
  });

  it('takes an abort for lack of memory only where the heap refused to grow', () => {
    const thrown = new WebAssembly.RuntimeError('Aborted(). Build with -sASSERTIONS for more info.');
    const refused = trapToError(thrown, 'MODEL_REFUSED', logOf(['ERROR: Out of memory: the heap could not grow to 2147483648 bytes.', 'Aborted()']), 0);
    expect(refused.code).toBe('OUT_OF_MEMORY');
    expect(refused.details).toContain('the heap could not grow to 2147483648 bytes');
    expect(trapToError(thrown, 'MODEL_REFUSED', logOf(runtimeLines.tfjsAbort), 0).code).toBe('MODEL_REFUSED');
    const explained = trapToError(thrown, 'MODEL_REFUSED', logOf([...runtimeLines.litertPrepare, 'Aborted()']), 0);
    expect([explained.code, explained.details.split(' · ').at(-1)]).toEqual(['MODEL_REFUSED', thrown.message]);
  });

  it('does not find lack of memory inside other words', () => {
    expect(trapToError(new Error('Tensor “classroom/zoom” has no value'), 'INVOKE_FAILED', logOf([]), 0).code).toBe('INVOKE_FAILED');
  });

  it('keeps typed errors and takes C++ exceptions, which are bare numbers', () => {
    const typed = new LitescopeError('UNSUPPORTED_DTYPE', 'string');
    expect(trapToError(typed, 'MODEL_REFUSED', logOf(runtimeLines.litertCustom), 0)).toBe(typed);
    const error = trapToError(5_246_024, 'MODEL_REFUSED', logOf([]), 0);
    expect([error.code, error.details]).toEqual(['MODEL_REFUSED', '5246024']);
  });
});

describe('takeVector', () => {
  it('copies the elements and frees the vector once', () => {
    const values = ['a', 'b', 'c'];
    let freed = 0;
    expect(takeVector({ size: () => values.length, get: (index) => values[index] ?? '', delete: () => { freed++; } })).toEqual(values);
    expect(freed).toBe(1);
  });
});
