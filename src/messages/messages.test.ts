import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it, vi } from 'vitest';

const filesOf = (language: string) => readdirSync(fileURLToPath(new URL(`${language}/`, import.meta.url))).filter((name) => name.endsWith('.ts')).map((name) => name.replace(/\.ts$/, ''));

/** The rooms' files as they are before anything was read. */
async function fresh() {
  vi.resetModules();
  const [{ chooseLanguage }, { currentLanguage }, { numbers }, { formatShape, formatCount, formatMoment }] = await Promise.all([import('./choose-language'), import('./messages'), import('./numbers'), import('./format')]);
  return { chooseLanguage, currentLanguage, numbers, formatShape, formatCount, formatMoment };
}

describe('messages', () => {
  let at: Awaited<ReturnType<typeof fresh>>;
  beforeEach(async () => { at = await fresh(); });

  it('are English until another language is chosen', () => {
    expect(at.currentLanguage()).toBe('en');
    expect(at.numbers.scalar).toBe('scalar');
  });

  it('are read in the language that was chosen', async () => {
    await at.chooseLanguage('zh-CN');
    expect(at.currentLanguage()).toBe('zh-CN');
    expect(at.formatShape([-1, 10])).toBe('任意×10');
    expect(at.formatCount(1_083_984)).toBe('1,083,984');
    expect(at.formatMoment(new Date(2026, 11, 1, 1, 12).getTime())).toBe('2026年12月1日 01:12');
  });

  it('are English again where that is chosen', async () => {
    await at.chooseLanguage('zh-CN');
    await at.chooseLanguage('en');
    expect(at.formatShape([-1, 10])).toBe('free×10');
  });
});

it('every file of English is translated as a whole', async () => {
  const { translations } = await import('./zh-CN/index');
  const english = filesOf('en').filter((name) => name !== 'counted').sort();
  expect(Object.keys(translations).sort()).toEqual(english);
  const shape = (value: unknown): unknown => (typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, shape(one)])) : typeof value);
  for (const [name, translation] of Object.entries(translations)) {
    const file = await import(`./en/${name}.ts`) as Record<string, unknown>;
    const [base] = Object.values(file);
    expect([name, shape(translation)]).toEqual([name, shape(base)]);
  }
});
