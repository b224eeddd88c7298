import { describe, expect, it } from 'vitest';
import { chooseLanguage } from '../src/messages/choose-language';
import { isMeasured, type Report } from '../src/report/report';
import { madeReport } from '../src/report/testing/made-report';
import { exceeded, parseBaseline, parseBudget } from './budgets';
import { UsageError } from './errors';

const made = madeReport({ ops: 0, samples: 9 });

function withMedian(median_ms: number, sha256 = '0f'.repeat(32)): Report {
  return { ...made, results: made.results.map((result) => (isMeasured(result) ? { ...result, model: { ...result.model, sha256 }, latency_metrics: { ...result.latency_metrics, median_ms } } : result)) };
}

describe('a budget', () => {
  it.each([
    ['median_ms<=20', 20, []],
    ['median_ms <= 20', 20.01, ['median_ms is 20.01, budget median_ms <= 20']],
    ['size_mb<=4', 20, []],
    ['size_mb<=3', 20, ['size_mb is 3.332, budget size_mb<=3']],
    ['ratio:old.json<=1.1', 11, []],
    ['ratio:old.json<=1.1', 11.1, ['ratio is 1.110 (11.10 ms, was 10.00 ms), budget ratio:old.json<=1.1']],
  ])('of %s with a median of %d ms', (text, median, lines) => {
    const name = made.results[0]?.name ?? '';
    expect(exceeded(withMedian(median), [parseBudget(text)], new Map([['old.json', withMedian(10)]]))).toEqual(lines.map((line) => `${name}: ${line}`));
  });

  it('compares a model that was changed with the one of its name, and fails where there is none', () => {
    const budget = [parseBudget('ratio:old.json<=1.1')];
    expect(exceeded(withMedian(11), budget, new Map([['old.json', withMedian(10, 'ab'.repeat(32))]]))).toEqual([]);
    expect(exceeded(withMedian(11), budget, new Map([['old.json', { ...made, results: [] }]]))).toEqual([expect.stringContaining('has no row')]);
  });

  it('is told in Chinese too, its figures and names as they are', async () => {
    await chooseLanguage('zh-CN');
    try {
      const name = made.results[0]?.name ?? '';
      expect(exceeded(withMedian(20.01), [parseBudget('median_ms<=20')], new Map())).toEqual([`${name}：median_ms 为 20.01，预算为 median_ms<=20`]);
      expect(() => parseBudget('speed<=3')).toThrow('“speed”不是预算可用的指标。可用的有 median_ms、avg_ms、');
    } finally {
      await chooseLanguage('en');
    }
  });

  it.each(['median_ms', 'median_ms<20', 'speed<=3', 'median_ms<=fast', 'median_ms<=-1'])('%s is none', (text) => {
    expect(() => parseBudget(text)).toThrow(UsageError);
  });

  it.each([['{', 'is no JSON'], ['{}', 'is no report']])('refuses a baseline of %s', (text, message) => {
    expect(() => parseBaseline(text, 'old.json')).toThrow(message);
  });
});
