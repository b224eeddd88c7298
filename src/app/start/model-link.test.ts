import { describe, expect, it } from 'vitest';
import { asWebAddress, classifyModelLink, configureFrom } from './model-link';

const base = 'https://play.example/app/?x=1';
const classify = (asked: string | null) => classifyModelLink(asked, base, ['face-detection']);

describe('classifyModelLink', () => {
  it('finds nothing where nothing is asked', () => {
    expect(classify(null)).toEqual({ kind: 'none' });
    expect(classify('  ')).toEqual({ kind: 'none' });
  });

  it('knows the gallery and the page’s own origin', () => {
    expect(classify('face-detection')).toEqual({ kind: 'gallery', id: 'face-detection' });
    expect(classify('models/a.tflite')).toEqual({ kind: 'own', url: 'https://play.example/app/models/a.tflite' });
    expect(classify('https://play.example/a.tflite')).toEqual({ kind: 'own', url: 'https://play.example/a.tflite' });
  });

  it.each(['nothing', 'Face Detection', 'face_detection'])('takes %s for a name that the gallery does not have', (asked) => {
    expect(classify(asked)).toEqual({ kind: 'unknown', name: asked });
  });

  it.each(['face.tflite', 'models/face', './face', '?model=face'])('takes %s for an address', (asked) => {
    expect(classify(asked).kind).toBe('own');
  });

  it.each(['https://evil.example/a.tflite', '//evil.example/a.tflite', 'http://play.example/a.tflite', 'https://play.example@evil.example/', 'https://play.example:8443/a', String.raw`\\evil.example\a`])('asks before it opens %s', (asked) => {
    expect(classify(asked).kind).toBe('foreign');
  });

  it('names the host that a foreign address really leads to', () => {
    expect(classify('https://play.example@evil.example/a')).toMatchObject({ host: 'evil.example' });
  });

  it.each(['javascript:alert(1)', 'data:text/plain,x', 'blob:https://play.example/1', 'file:///etc/passwd', 'https://'])('refuses %s', (asked) => {
    expect(classify(asked).kind).toBe('invalid');
  });
});

describe('asWebAddress', () => {
  it('takes whole addresses only', () => {
    expect(asWebAddress(' https://a.example/m.tflite\n')).toBe('https://a.example/m.tflite');
    expect(asWebAddress('see https://a.example')).toBeNull();
    expect(asWebAddress('https://a.example and more')).toBeNull();
    expect(asWebAddress('m.tflite')).toBeNull();
  });
});

describe('configureFrom', () => {
  const configured = (address: string): string[] => {
    const chosen: string[] = [];
    const note = (value: string | number): void => { chosen.push(String(value)); };
    configureFrom(new URLSearchParams(address), { chooseRuntime: note, chooseAccelerator: note, chooseThreads: note });
    return chosen;
  };

  it.each([
    ['runtime=tfjs-kernels&accelerator=cpu&threads=1', ['tfjs-kernels', 'cpu', '1']],
    ['runtime=litert&accelerator=webgpu', ['litert', 'webgpu']],
    ['runtime=auto&threads=auto', ['auto', 'auto']],
    ['runtime=other&accelerator=npu&threads=0', []],
    ['threads=1e3', []],
  ])('takes what it knows of %s', (address, chosen) => {
    expect(configured(address)).toEqual(chosen);
  });
});
