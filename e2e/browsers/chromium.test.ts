import { describe } from 'vitest';
import { startWithPuppeteer } from './puppeteer-driver';
import { checkBrowser } from './suite';

describe('Chromium', () => { checkBrowser(() => startWithPuppeteer('Chromium', process.env['LITESCOPE_BROWSER'] ?? '')); });
