import { expect, it } from 'vitest';
import { nearestLanguage } from './language';

it.each([
  [['zh-CN', 'en'], 'zh-CN'],
  [['zh'], 'zh-CN'],
  [['zh-Hant-TW'], 'zh-CN'],
  [['zh_CN.UTF-8'], 'zh-CN'],
  [['de-DE', 'zh-CN'], 'zh-CN'],
  [['en-GB', 'zh-CN'], 'en'],
  [['de', 'fr'], 'en'],
  [['C', '', null, undefined, 'zhuang'], 'en'],
  [[], 'en'],
] as const)('who reads %j is spoken to in %s', (asked, language) => {
  expect(nearestLanguage(asked)).toBe(language);
});
