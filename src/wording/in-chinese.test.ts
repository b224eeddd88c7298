import { afterAll, beforeAll, expect, it } from 'vitest';
import { chooseLanguage } from '../messages/choose-language';
import { summaryText } from './agreement-text';
import { configurationLine, reasonOf } from './configuration-text';
import { pairSentence } from './pair-text';
import { describeProgress } from './progress';
import { estimateText, recipeTitle } from './variant-text';

beforeAll(() => chooseLanguage('zh-CN'));
afterAll(() => chooseLanguage('en'));

// What code would put together in the order of English.
it('sentences have the order and the signs of Chinese', () => {
  expect(pairSentence({ bytes: [229_032, 188_000], ratio: { ratio: 1.104, verdict: 'slower' }, agreement: summaryText({ kind: 'mask', samples: 2, mean_iou: 0.98, least_iou: 0.9 }) }))
    .toBe('B 为 188 kB，大小是 A 的 0.82 倍，耗时是 A 的 1.10 倍。掩码 IoU 平均 0.980（2 个输入），最差 0.900。');
  expect(configurationLine({ runtime: 'auto', accelerator: 'auto', threads: 2 }, { runtime: 'litert', accelerator: 'wasm', threads: 2 })).toBe('litert（自动），WebAssembly（自动），2 个线程');
  expect(configurationLine({ runtime: 'litert', accelerator: 'auto', threads: 'auto' }, null)).toBe('litert，其余自动');
  expect(reasonOf({ code: 'INTERNAL', title: '标题', hint: '', details: '详情。', place: 'op 3' })).toBe('标题：详情（op 3）。');
  expect(describeProgress({ kind: 'find-ranges', samples: 3, total: 12, fraction: 0.25 })).toEqual({ text: '正在统计取值范围：3 / 12 个样例', fraction: 0.25 });
  expect(estimateText({ original_bytes: 1000, bytes: 300, weighted: 12, changed: 10, reasons: [{ reason: '它们是 int8', ops: 2 }] })).toBe('约 300 B，是此文件（1.00 kB）的 0.30 倍：10 个算子的权重会改变，另外 2 个不变（它们是 int8）。');
  expect(recipeTitle('int8')).toBe('全 int8');
});
