/** The command line as the package ships it, on the built page, in a browser of its own. */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OutputsComparison } from '../src/studies/accuracy/shared/outputs-comparison';
import { decodeReport } from '../src/report/link/link-codec';
import { isMeasured, parseReport } from '../src/report/report';
import { readNpy } from '../src/tensor/npy';
import { litescope, start } from './support/command-line';
import { bareTest as test, expect, test as pageTest, timing } from './support/fixtures';

const model = 'gallery:face-detection-short-range';
const quick = ['--num_runs', '5', '--min_secs', '0'];

/** Processes that descend from one, by the system's own list. */
function descendants(of: number): number[] {
  const parents = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name): [number, number][] => {
    try {
      return [[Number(name), Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1])]];
    } catch {
      return [];
    }
  });
  const own = parents.filter(([, parent]) => parent === of).map(([pid]) => pid);
  return own.flatMap((pid) => [pid, ...descendants(pid)]);
}

let folder = '';
test.beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'litescope-cli-')); });
test.afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

test('bench prints benchmark_model’s layout, keeps budgets and fails those that are not kept', async () => {
  test.slow();
  const json = join(folder, 'report.json');
  const first = await litescope('bench', model, ...quick, '--json', json, '--csv', join(folder, 'report.csv'), '--link', 'https://example.org/litescope/', '--budget', 'median_ms<=100000');
  expect(first).toMatchObject({ code: 0 });
  expect(first.output).toMatch(/count=5 first=\d+ curr=\d+ min=\d+ max=\d+ avg=[\d.]+ std=\d+ p5=\d+ median=\d+ p95=\d+/);
  expect(first.output).toMatch(/Inference timings in us: Init: [\d.]+, First inference: [\d.]+, Warmup \(avg\): [\d.]+, Inference \(avg\): [\d.]+/);
  const report = parseReport(JSON.parse(readFileSync(json, 'utf8')));
  expect(report.results.map(isMeasured)).toEqual([true]);
  expect(readFileSync(join(folder, 'report.csv'), 'utf8').trimEnd().split('\r\n')).toHaveLength(2);
  const [, link = ''] = /https:\/\/example\.org\/litescope\/#report=(\S+)/.exec(first.output) ?? [];
  expect(decodeReport(link)).toEqual(report);
  // Without a terminal, progress is plain lines on standard error.
  expect(first.errors).toContain('Measuring\n');
  expect(first.errors).not.toContain('\u001b');

  const second = await litescope('bench', model, ...quick, '--json', '-', '--baseline', json, '--budget', 'size_mb<=0.1', '--budget', `ratio:${json}<=1000`);
  expect(second).toMatchObject({ code: 1, errors: expect.stringMatching(/Over budget: .*size_mb is 0\.2184, budget size_mb<=0\.1\n$/) });
  parseReport(JSON.parse(second.output));
  expect(second.errors).toMatch(/ratio \d+\.\d+/);
});

test('run writes what the model gives', async () => {
  const output = join(folder, 'regressors.npy');
  const { code } = await litescope('run', model, '--input', fileURLToPath(new URL('../public/samples/grace-hopper.jpg', import.meta.url)), '--output', `regressors=${output}`);
  expect(code).toBe(0);
  const bytes = new Uint8Array(readFileSync(output));
  expect(readNpy(bytes.buffer)).toMatchObject({ dtype: 'float32', shape: [1, 896, 16] });
});

for (const [runtime, method] of [['tfjs-tflite', 'profiler'], ['tfjs-kernels', 'kernels']] as const) {
  test(`bench times every op on ${runtime} where it is asked to, and its layout is benchmark_model’s`, async () => {
    const { code, output } = await litescope('bench', model, ...quick, '--runtime', runtime, '--num_threads', '1', '--enable_op_profiling', '--json', join(folder, 'profiled.json'));
    expect(code).toBe(0);
    expect(output).toContain(`Runtime: [${runtime} `);
    expect(output).toContain('============================== Run Order ==============================');
    expect(output).toMatch(/Number of nodes executed: \d+/);
    const [result] = parseReport(JSON.parse(readFileSync(join(folder, 'profiled.json'), 'utf8'))).results;
    expect(result !== undefined && isMeasured(result) ? [result.configuration.runtime, result.op_profile?.method, result.op_profile?.ops.length] : null).toEqual([runtime, method, 164]);
  });
}

test('compare tells size, latency and what differs in the outputs', async () => {
  test.slow();
  const json = join(folder, 'compared.json');
  const images = join(folder, 'images');
  mkdirSync(images);
  copyFileSync(fileURLToPath(new URL('../public/samples/grace-hopper.jpg', import.meta.url)), join(images, 'grace-hopper.jpg'));
  const pair = ['gallery:face-detection-full-range', 'gallery:face-detection-full-range-sparse'] as const;
  const { code, output } = await litescope('compare', ...pair, '--images', images, '--runtime', 'tfjs-tflite', '--num_threads', '1', ...quick, '--json', json);
  expect(code).toBe(0);
  expect(output).toContain('Size: B is 0.628 times as large as A.');
  expect(output).toMatch(/Latency: B takes \d+\.\d+ times as long as A \(\d+\.\d+ to \d+\.\d+\): /);
  const compared = JSON.parse(readFileSync(json, 'utf8')) as { size: unknown; report: unknown; compared: OutputsComparison };
  expect(compared.size).toEqual({ a_bytes: 1_083_984, b_bytes: 680_736, ratio: 680_736 / 1_083_984 });
  expect(parseReport(compared.report).comparison?.ratios).toHaveLength(1);
  expect(compared.compared.samples.map(({ name }) => name)).toEqual(['grace-hopper.jpg']);
  expect(compared.compared.models[1]?.outputs.map(({ by, flagged }) => [by, flagged])).toEqual([['position', true], ['position', true]]);
  expect(compared.compared.models[1]?.agreement).toMatchObject({ kind: 'detections', samples: 1, matched: 1, missing: 0, extra: 0 });

  // A model held against itself differs in nothing.
  const same = await litescope('compare', model, model, '--runtime', 'tfjs-tflite', '--num_threads', '1', ...quick);
  expect(same.output.match(/ 1\.000000 +equal +within$/gm)).toHaveLength(2);
});

pageTest('figures agree with the page’s, measured in turn', timing, async ({ page }) => {
  test.slow();
  await page.goto('/');
  const fastest = { page: [] as number[], commandLine: [] as number[] };
  for (let turn = 0; turn < 3; turn += 1) {
    fastest.page.push(await page.evaluate(async () => {
      const { id } = await window.litescope.openFromGallery('face-detection-short-range');
      const { results: [result] } = await window.litescope.benchmark([id], [{ runtime: 'tfjs-tflite', threads: 1 }], { num_runs: 30, min_secs: 0 });
      return result !== undefined && 'latency_metrics' in result ? result.latency_metrics.min_ms : NaN;
    }));
    const { output } = await litescope('bench', model, '--runtime', 'tfjs-tflite', '--num_threads', '1', '--num_runs', '30', '--min_secs', '0', '--json', '-');
    const [result] = parseReport(JSON.parse(output)).results;
    fastest.commandLine.push(result !== undefined && isMeasured(result) ? result.latency_metrics.min_ms : NaN);
  }
  // What a machine does besides only adds: the fastest runs are the ones to hold against each other.
  const ratio = Math.min(...fastest.commandLine) / Math.min(...fastest.page);
  expect(ratio).toBeGreaterThan(1 / 1.5);
  expect(ratio).toBeLessThan(1.5);
});

test('inspect tells what a model is made of, as text and as JSON', async () => {
  const text = await litescope('inspect', model);
  expect(text).toMatchObject({ code: 0, output: expect.stringContaining('164 ops, 250 tensors') });
  const json = JSON.parse((await litescope('inspect', model, '--json')).output) as { opList: unknown[]; file: { sha256: string } };
  expect(json.opList).toHaveLength(164);
  expect(json.file.sha256).toMatch(/^[0-9a-f]{64}$/);
});

test('speaks Chinese where it is asked to, and so does the page behind it', async () => {
  const help = await litescope('run', '--help', '--lang', 'zh-CN');
  expect(help).toMatchObject({ code: 0, output: expect.stringContaining('用法： litescope run [选项] <model>\n\n运行一次模型\n') });
  expect(await litescope('--lang', 'fr', 'run', model)).toMatchObject({ code: 2, errors: expect.stringContaining('Allowed choices are en, zh-CN.') });
  // The page itself knows what is in its gallery.
  expect(await litescope('run', 'gallery:face-detection', '--lang', 'zh-CN')).toMatchObject({ code: 3, errors: expect.stringContaining('没有“face-detection”。最接近的是 ') });
});

test('wrong use ends with 2, and a broken model with 3', async () => {
  // A dozen processes, two of them with a browser.
  test.slow();
  const broken = join(folder, 'broken.tflite');
  writeFileSync(broken, 'no model');
  for (const [parameters, code, said] of [
    [['bench'], 2, 'missing required argument'],
    [['bench', 'nothing.tflite'], 2, 'There is no file nothing.tflite'],
    [['bench', model, '--budget', 'speed<=1'], 2, 'no figure of a budget'],
    [['bench', model, '--browser', '/no/such/browser'], 2, 'no program here'],
    [['bench', model, '--runtime', 'other'], 2, 'Allowed choices'],
    [['compare', model], 2, 'missing required argument'],
    [['compare', model, model, '--images', 'nowhere'], 2, 'There is no folder nowhere'],
    [['compare', model, model, '--num_threads', '1,2'], 2, 'one number of threads'],
    [['bench', model, '--connect', 'ws://127.0.0.1:9/'], 2, 'The browser does not start'],
    [['inspect', broken], 3, 'NOT_TFLITE'],
    [['bench', broken, ...quick], 3, 'NOT_TFLITE'],
  ] as const) {
    expect({ parameters, ...await litescope(...parameters) }).toMatchObject({ code, errors: expect.stringContaining(said) });
  }
});

test('Ctrl-C leaves no browser behind', async () => {
  test.skip(process.platform !== 'linux', 'reads the list of processes from /proc');
  const running = start(['bench', model, '--min_secs', '60']);
  await expect.poll(running.errors, { timeout: 60_000 }).toContain('Measuring\n');
  const browsers = descendants(running.child.pid ?? 0);
  expect(browsers.length).toBeGreaterThan(0);
  running.child.kill('SIGINT');
  expect((await running.ended).code).toBe(130);
  // A process that has ended may wait for its parent to take notice: it runs no more.
  await expect.poll(() => browsers.filter((pid) => {
    try {
      return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
    } catch {
      return false;
    }
  }), { timeout: 20_000 }).toEqual([]);
});
