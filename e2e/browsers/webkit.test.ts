import { describe } from 'vitest';
import { findWebKit } from '../../scripts/lib/other-browsers.mjs';
import { checkBrowser } from './suite';
import { startWebKit } from './webkit-driver';

const programs = findWebKit();

describe.skipIf(programs === null)('WebKit (skipped where a part is missing: apt-get install webkit2gtk-driver xvfb)', () => {
  checkBrowser(() => {
    if (programs === null) throw new Error('A part of WebKit is missing.');
    return startWebKit(programs);
  });
});
