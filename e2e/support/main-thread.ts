/** Whether a page answers at once while it works: how long its main thread's tasks are. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import { expect } from './fixtures';

/**
 * The longest task that the main thread may have, in milliseconds of its own processor time. The Long Tasks API counts
 * the time on the clock, in which a thread on shared cores is also held off its core; a trace tells the two apart.
 */
export const aim_ms = 50;
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Start on the trace's clock in microseconds. */
  readonly ts: number;
  /** Time on the clock in microseconds. */
  readonly dur?: number;
  /** Processor time of the thread in microseconds. */
  readonly tdur?: number;
  readonly args: { readonly name?: string; readonly chrome_mojo_event_info?: { readonly mojo_interface_tag?: string } };
}

interface MainThread {
  /** Tasks of the page's own, and those in which the test looked into the page. */
  readonly tasks: number;
  readonly lookedIn: number;
  /** Processor time of the page's longest task in milliseconds. */
  readonly longest_ms: number;
}

/**
 * What the main thread of each renderer did by a trace. Tasks that serve Chromium's debugging interface are left out:
 * there the test's own script looks into the page, which takes it up to 60 ms; keys and clicks come on the way of any
 * input and are the page's.
 */
function mainThreadTasks(trace: readonly TraceEvent[]): MainThread {
  const mainThreads = new Set(trace.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(({ pid, tid }) => `${pid} ${tid}`));
  const onMain = trace.filter(({ ph, pid, tid }) => ph === 'X' && mainThreads.has(`${pid} ${tid}`));
  const debugging = onMain.filter(({ args }) => args.chrome_mojo_event_info?.mojo_interface_tag?.includes('DevToolsSession') === true);
  const tasks = onMain.filter(({ name, tdur }) => name === 'ThreadControllerImpl::RunTask' && tdur !== undefined);
  const own = tasks.filter(({ pid, tid, ts, dur = 0 }) =>
    !debugging.some((message) => message.pid === pid && message.tid === tid && message.ts >= ts && message.ts <= ts + dur));
  return {
    tasks: own.length,
    lookedIn: tasks.length - own.length,
    longest_ms: own.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur / 1000), 0),
  };
}

/** What the main thread does by a trace of the page while something happens there, and what comes of that. */
export async function traceOf<T>(browser: Browser, page: Page, path: string, happens: () => Promise<T>): Promise<{ readonly thread: MainThread; readonly result: T }> {
  await browser.startTracing(page, { path, categories: ['toplevel'] });
  const result = await happens();
  await browser.stopTracing();
  return { thread: mainThreadTasks((JSON.parse(await readFile(path, 'utf8')) as { traceEvents: TraceEvent[] }).traceEvents), result };
}

/** Holds that no task of the page is too long while something happens, and gives what comes of that. */
export async function expectFree<T>(browser: Browser, page: Page, path: string, happens: () => Promise<T>): Promise<T> {
  const { thread: { tasks, lookedIn, longest_ms }, result } = await traceOf(browser, page, path, happens);
  console.log(`main thread: ${tasks} tasks, the longest took ${longest_ms.toFixed(1)} ms of processor time; ${lookedIn} more in which the test looked in`);
  // A trace without the page's work, or one whose tasks all count as the test's, would let anything pass.
  expect(tasks).toBeGreaterThan(100);
  expect(lookedIn).toBeLessThan(tasks);
  expect(longest_ms).toBeLessThanOrEqual(aim_ms);
  return result;
}
