import { cpuUsage, memoryUsage } from 'node:process';
import { sha256 } from '@noble/hashes/sha2.js';
import { base64urlnopad } from '@scure/base';
import fc from 'fast-check';
import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { LitescopeError } from '../../errors';
import { randomNumbers } from '../../tflite/testing/mutations';
import { errorOf } from '../../tflite/testing/models';
import { isMeasured, reportSchema, type Report } from '../report';
import { arbitraryReport } from '../testing/arbitrary-report';
import { madeReport } from '../testing/made-report';
import { wholeReport } from '../testing/whole-report';
import { decodeReport, encodeReport, linkLimit } from './link-codec';
import { pack, type Json } from './packing';
import { fixtureLinks } from './testing/fixture-links';
import { version1Words } from './version-1-words';

/** A link of version 1 around any bytes, with a checksum that is right. */
function forge(deflated: Uint8Array): string {
  return `1.${base64urlnopad.encode(new Uint8Array([...sha256(deflated).subarray(0, 4), ...deflated]))}`;
}

function forgeText(text: string): string {
  return forge(deflateSync(strToU8(text), { level: text.length > 12_000 ? 6 : 0 }));
}

function opsOf(report: Report): number {
  const [result] = report.results;
  return result !== undefined && isMeasured(result) ? result.op_profile?.ops.length ?? 0 : 0;
}

describe('a link', () => {
  it('gives back every report that fits into it, bit by bit', { timeout: 60_000 }, () => {
    fc.assert(fc.property(arbitraryReport({ items: 2, text: 8 }), (report) => {
      let text;
      try {
        text = encodeReport(report, 15_000);
      } catch (error) {
        expect(LitescopeError.from(error).code).toBe('LINK_TOO_LONG');
        return;
      }
      const decoded = decodeReport(text);
      if (decoded.left_out?.samples === report.left_out?.samples && decoded.left_out?.ops.length === report.left_out?.ops.length) expect(decoded).toEqual(report);
      expect(decoded.results.filter(isMeasured).map(({ latency_metrics }) => latency_metrics)).toEqual(report.results.filter(isMeasured).map(({ latency_metrics }) => latency_metrics));
    }), { numRuns: 60 });
  });

  it('holds a benchmark with a thousand samples whole', () => {
    const report = madeReport({ ops: 0, samples: 1000 });
    const text = encodeReport(report);
    expect(text.length).toBeLessThanOrEqual(linkLimit);
    expect(decodeReport(text).left_out).toBeUndefined();
    expect(decodeReport(text).results.map(({ name }) => name)).toEqual(report.results.map(({ name }) => name));
  });

  it.each([[65, 400], [300, 350], [2000, 20_000]])('with %i ops and %i samples stays short, and says what it left out', { timeout: 60_000 }, (ops, samples) => {
    const report = madeReport({ ops, samples });
    const text = encodeReport(report);
    const decoded = decodeReport(text);
    expect(text.length).toBeLessThanOrEqual(linkLimit);
    const [before, after] = [report.results[0], decoded.results[0]];
    if (before === undefined || after === undefined || !isMeasured(before) || !isMeasured(after)) throw new Error('The row was lost.');
    expect(after.latency_metrics).toEqual(before.latency_metrics);
    const missing = decoded.left_out?.ops[0];
    expect(opsOf(decoded) + (missing?.count ?? 0)).toBe(ops);
    const sumOf = (list: readonly { time_ms: number }[]) => list.reduce((sum, { time_ms }) => sum + time_ms, 0);
    expect(sumOf(after.op_profile?.ops ?? []) + (missing?.time_ms ?? 0)).toBeCloseTo(sumOf(before.op_profile?.ops ?? []), 2);
    expect(after.samples_ms.length + after.warmup_samples_ms.length + (decoded.left_out?.samples ?? 0)).toBe(samples + before.warmup_samples_ms.length);
    expect([Math.min(...after.samples_ms), Math.max(...after.samples_ms)]).toEqual([Math.min(...before.samples_ms), Math.max(...before.samples_ms)].map((value) => expect.closeTo(value, 6) as number));
  });

  it('leaves out samples before ops, and fast ops before slow ones', () => {
    const report = madeReport({ ops: 300, samples: 400 });
    const roomy = decodeReport(encodeReport(report, 15_000));
    expect([opsOf(roomy), roomy.left_out?.ops]).toEqual([300, undefined]);
    const tight = decodeReport(encodeReport(report, 5000)).results[0];
    const first = report.results[0];
    if (tight === undefined || first === undefined || !isMeasured(tight) || !isMeasured(first)) throw new Error('The row was lost.');
    const kept = new Set(tight.op_profile?.ops.map(({ op }) => op));
    const slowestLost = Math.max(...(first.op_profile?.ops ?? []).filter(({ op }) => !kept.has(op)).map(({ time_ms }) => time_ms));
    expect(Math.min(...(tight.op_profile?.ops ?? []).map(({ time_ms }) => time_ms))).toBeGreaterThanOrEqual(slowestLost - 1e-6);
  });

  it('refuses what fits no link', () => {
    const report = madeReport({ ops: 0, samples: 9 });
    expect(errorOf(() => encodeReport(report, 100))).toMatchObject({ code: 'LINK_TOO_LONG' });
  });

  it.each(fixtureLinks)('of version $version with schema $schema opens for ever: $what', ({ link, what, results, medians_ms, ops }) => {
    const report = decodeReport(link);
    expect({ what, results: report.results.map(({ name }) => name), medians_ms: report.results.filter(isMeasured).map(({ latency_metrics }) => latency_metrics.median_ms), ops: opsOf(report) })
      .toEqual({ what, results, medians_ms, ops });
  });

  it('of every part that a report may have gives back all of it', () => {
    const fixture = fixtureLinks.find(({ what }) => what.startsWith('every part'));
    expect(decodeReport(fixture?.link ?? '')).toEqual(wholeReport);
    // A part that is new in the schema belongs in a new fixture.
    expect([Object.keys(wholeReport), Object.keys(wholeReport.results[0] ?? {})].map((keys) => keys.toSorted())).toEqual([Object.keys(reportSchema.entries), Object.keys(reportSchema.entries.results.pipe[0].item.options[0].entries)].map((keys) => keys.toSorted()));
  });
});

describe('a hostile link', () => {
  const valid = encodeReport(madeReport({ ops: 4, samples: 20 }));

  it.each<[string, string, string]>([
    ['nothing', '', 'INVALID_LINK'],
    ['other text', 'hello', 'INVALID_LINK'],
    ['a version to come', `2${valid.slice(1)}`, 'UNKNOWN_LINK_VERSION'],
    ['one character less', valid.slice(0, -1), 'INVALID_LINK'],
    ['one character changed', `${valid.slice(0, 60)}${valid[60] === 'A' ? 'B' : 'A'}${valid.slice(61)}`, 'INVALID_LINK'],
    ['too many characters', `1.${'A'.repeat(20_000)}`, 'LINK_TOO_LONG'],
    ['a bomb of zeros', forge(deflateSync(new Uint8Array(11_000_000), { level: 9 })), 'LINK_TOO_LONG'],
    ['a bomb of lists', forgeText(`[[],[0${',[0]'.repeat(16_000)}]]`), 'INVALID_REPORT'],
    ['a deep nest', forgeText(`[[],${'[0,'.repeat(16_000)}1${']'.repeat(16_000)}]`), 'INVALID_LINK'],
    ['an object that is not packed', forgeText('[[],{"__proto__":{"polluted":1}}]'), 'INVALID_LINK'],
    ['a prototype', forgeText('[[["__proto__"]],[1,[1,null]]]'), 'INVALID_REPORT'],
    ['columns that differ in length', forgeText('[[["a","b"]],[2,[0,1,2],[0,1]]]'), 'INVALID_LINK'],
    ['a shape that does not exist', forgeText('[[],[3,1]]'), 'INVALID_LINK'],
    ['no JSON', forgeText('{'), 'INVALID_LINK'],
    ['another report', forgeText('[[["schema"]],[1,2]]'), 'INVALID_REPORT'],
  ])('with %s is refused', (_, link, code) => {
    expect(errorOf(() => decodeReport(link)).code).toBe(code);
    expect('polluted' in {}).toBe(false);
  });

  it('whose last character has bits left over is refused, so that a report has one spelling', () => {
    const text = forgeable(madeReport({ ops: 1, samples: 9 }));
    // Of the last two characters, 8 of 12 bits are used: the last is one of A, Q, g and w.
    const spelled = ['', ' ', '  '].map((spaces) => forgeText(text + spaces)).find((link) => (link.length - '1.'.length) % 4 === 2) ?? '';
    expect(decodeReport(spelled).results).toHaveLength(1);
    const other = `${spelled.slice(0, -1)}${String.fromCharCode(spelled.charCodeAt(spelled.length - 1) + 1)}`;
    expect(errorOf(() => decodeReport(other)).code).toBe('INVALID_LINK');
  });

  it('changed in 10,000 ways gives a report or a typed error, none taking over 50 ms', { timeout: 120_000 }, () => {
    const random = randomNumbers(7);
    const below = (limit: number) => Math.floor(random() * limit);
    const deflated = deflateSync(strToU8(version1Words.slice(-6000)), { dictionary: strToU8(version1Words) });
    const text = JSON.stringify(JSON.parse(forgeable(madeReport({ ops: 12, samples: 30 }))));
    const outcomes = new Map<string, number>();
    let slowest_ms = 0;
    for (let round = 0; round < 10_000; round += 1) {
      const link = mutated(round % 4);
      let used = attempt(link);
      // A collection of garbage that earlier links left is not this link's doing.
      for (let again = 0; again < 3 && used.ms > 50; again += 1) used = attempt(link);
      slowest_ms = Math.max(slowest_ms, used.ms);
      outcomes.set(used.outcome, (outcomes.get(used.outcome) ?? 0) + 1);
    }
    expect(slowest_ms).toBeLessThan(50);
    expect([...outcomes.keys()].filter((code) => !['INVALID_LINK', 'INVALID_REPORT', 'LINK_TOO_LONG', 'UNKNOWN_LINK_VERSION', 'report'].includes(code))).toEqual([]);
    // Otherwise the mutations would say nothing about what lies behind the checksum.
    expect(outcomes.get('report') ?? 0).toBeGreaterThan(50);
    expect(outcomes.get('INVALID_REPORT') ?? 0).toBeGreaterThan(500);

    function mutated(kind: number): string {
      if (kind === 0) {
        // The link's characters.
        const at = below(valid.length);
        return `${valid.slice(0, at)}${String.fromCharCode(33 + below(94))}${valid.slice(at + below(3))}`;
      }
      if (kind === 1) {
        // Deflated bytes behind a checksum that is right.
        const bytes = deflated.slice(0, 1 + below(deflated.length));
        for (let count = 1 + below(6); count > 0; count -= 1) bytes[below(bytes.length)] = below(256);
        return forge(bytes);
      }
      if (kind === 2) {
        // One token of the packed report.
        const tokens = text.split(/(?<=[,[\]])|(?=[,[\]])/);
        const replacements = ['-1', '1e308', 'null', '"x"', '[]', '0', '"</script><script>alert(1)</script>"', '9007199254740993', 'true', '1e-7'];
        tokens[below(tokens.length)] = replacements[below(replacements.length)] ?? '0';
        return forgeText(tokens.join(''));
      }
      // A part of it twice, or not at all.
      const [from, length] = [below(text.length), below(200)];
      return forgeText(random() < 0.5 ? text.slice(0, from) + text.slice(from + length) : text.slice(0, from) + text.slice(from, from + length) + text.slice(from));
    }
  });

  it('takes no more than 50 ms and 32 MB even where it is made to', () => {
    const heavy = [
      forge(deflateSync(new Uint8Array(11_000_000), { level: 9 })),
      forgeText(`[[],[0${',[0]'.repeat(16_000)}]]`),
      forgeText(`[[],[0${',1'.repeat(32_000)}]]`),
      forgeText(`[[["a"]],[2,[0${',1'.repeat(32_000)}]]]`),
      forgeText(`[[${'["a"],'.repeat(10_000)}[]],[1]]`),
      forgeText(`[[],${'[0,'.repeat(16_000)}1${']'.repeat(16_000)}]`),
    ];
    for (const link of heavy) {
      const before = memoryUsage();
      const tries = Array.from({ length: 5 }, () => attempt(link));
      const after = memoryUsage();
      expect(Math.min(...tries.map(({ ms }) => ms))).toBeLessThan(50);
      expect((after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / tries.length).toBeLessThan(32 * 2 ** 20);
    }
  });

  /** In milliseconds of the processor: how long it waited for one is not the link's doing. */
  function attempt(link: string): { readonly outcome: string; readonly ms: number } {
    const started = cpuUsage();
    let outcome = 'report';
    try {
      decodeReport(link);
    } catch (error) {
      outcome = error instanceof LitescopeError ? error.code : `untyped: ${String(error)}`;
    }
    const { user, system } = cpuUsage(started);
    return { outcome, ms: (user + system) / 1000 };
  }
});

function forgeable(report: Report): string {
  return JSON.stringify(pack(report as unknown as Json));
}
