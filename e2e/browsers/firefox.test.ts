import { describe } from 'vitest';
import { findFirefox } from '../../scripts/lib/other-browsers.mjs';
import { startWithPuppeteer } from './puppeteer-driver';
import { checkBrowser } from './suite';

const path = findFirefox();

describe.skipIf(path === null)('Firefox (skipped where there is none: apt-get install firefox-esr)', () => { checkBrowser(() => startWithPuppeteer('Firefox', path ?? '')); });
