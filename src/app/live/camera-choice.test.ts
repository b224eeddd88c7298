import { expect, test } from 'vitest';
import type { Litescope } from '../../api';
import { CameraChoice } from './camera-choice.svelte';

test('a camera is asked for by its side or its name, in the size that was chosen', async () => {
  const asked: unknown[] = [];
  const litescope = { sources: { openCamera: (wanted: unknown) => { asked.push(wanted); return Promise.resolve(null); } } } as unknown as Litescope;
  const choice = new CameraChoice();
  await choice.open(litescope);
  choice.chooseCamera('environment');
  choice.chooseResolution('1280x720');
  await choice.open(litescope);
  choice.chooseCamera('abc123');
  await choice.open(litescope);
  expect(asked).toEqual([{ width: 640, height: 480 }, { width: 1280, height: 720, facing: 'environment' }, { width: 1280, height: 720, deviceId: 'abc123' }]);
});
