import { report as text } from '../messages/report';
import { csvTable } from './csv';
import { excessText } from './invoke-balance';
import type { OpFate, OpProfile } from './op-profile';
import { type KindRow, type ProfileRow, kindRows, profileRows } from './profile-figures';

/** All ops in the order in which they run, one a row. */
export function profileCsv(profile: OpProfile): string {
  const head = [
    'op', 'kind', 'name', 'fate', 'into_op', 'time_ms', 'time_low_ms', 'time_high_ms', 'share', 'cumulative_share', 'macs', 'gflops', 'bytes', 'times_called', 'accelerated', 'kernel',
  ];
  return csvTable([head, ...profileRows(profile, 'run').map(({ op, kind, name, fate, time_ms, interval_ms, share, cumulative, macs, gflops, bytes, times_called, accelerated, kernel }) => [
    op, kind, name, fate.kind, intoOf(fate), time_ms, interval_ms?.[0] ?? null, interval_ms?.[1] ?? null, share, cumulative, macs, gflops, bytes, times_called,
    accelerated === null ? null : String(accelerated), kernel,
  ])]);
}

function intoOf(fate: OpFate): number | null {
  return fate.kind === 'fused' ? fate.into : null;
}

/** What nobody measured: the layout has a column for it. */
const unknown = '-';

/** Ops that a summary lists by time, as many as benchmark_model does. */
const topCount = 10;

/**
 * The tables of benchmark_model in its layout (tensorflow/lite/profiling/profile_summary_formatter.cc and
 * stats_calculator.cc), for people and scripts that read those. Ops that do not run are not in it.
 */
export function profileText(profile: OpProfile): string {
  const inOrder = profileRows(profile, 'run').filter(({ fate }) => fate.kind === 'timed');
  const excess = excessText(profile);
  const byTime = profileRows(profile, 'time').filter(({ fate }) => fate.kind === 'timed');
  return [
    title('Run Order'), head(), ...inOrder.map(opLine), '',
    title('Top by Computation Time'), head(), ...byTime.slice(0, topCount).map(opLine), '',
    `Number of nodes executed: ${inOrder.length}`,
    title('Summary by node type'), kindHead(), ...kindRows(profile).filter(({ timed }) => timed > 0).map(kindLine), '',
    `Timings (microseconds): count=${profile.runs} avg=${Math.round(profile.invoke_ms * 1000)}`,
    `${inOrder.length} nodes observed`, ...(excess === null ? [] : [excess]), '',
  ].join('\n');
}

const title = (name: string): string => `============================== ${name} ==============================`;

function line(type: string, first: string, average: string, share: string, cumulative: string, memory: string, called: string, name: string): string {
  return `\t${type.padStart(24)}\t${first.padStart(9)}\t${average.padStart(9)}\t${share.padStart(8)}\t${cumulative.padStart(8)}\t${memory.padStart(10)}\t${called.padStart(9)}\t${name}`;
}

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

function head(): string {
  return line('[node type]', '[first]', '[avg ms]', '[%]', '[cdf%]', '[mem KB]', '[times called]', '[Name]');
}

function opLine({ op, kind, name, time_ms, share, cumulative, times_called }: ProfileRow): string {
  // Names may hold what would break the table.
  const plain = name.replace(/\s+/g, ' ');
  return line(kind.replace(/\s+/g, ' '), unknown, time_ms.toFixed(3), percent(share), percent(cumulative), unknown, String(times_called), `[${plain}]:${op}`);
}

function kindHead(): string {
  return `\t${'[Node type]'.padStart(24)}\t${'[count]'.padStart(9)}\t${'[avg ms]'.padStart(10)}\t${'[avg %]'.padStart(11)}\t${'[cdf %]'.padStart(11)}\t${'[mem KB]'.padStart(10)}\t${'[times called]'.padStart(10)}`;
}

function kindLine({ kind, timed, time_ms, share, cumulative, times_called }: KindRow): string {
  return `\t${kind.replace(/\s+/g, ' ').padStart(24)}\t${String(timed).padStart(9)}\t${time_ms.toFixed(3).padStart(10)}\t${percent(share).padStart(11)}\t${percent(cumulative).padStart(11)}\t${unknown.padStart(10)}\t${String(times_called).padStart(10)}`;
}

/**
 * One invoke as a trace in the Trace Event Format, which Perfetto and chrome://tracing open: ops one after the other, as
 * long as they took on average, and what belongs to no op at the end.
 */
export function profileTrace(profile: OpProfile, modelName: string): string {
  const where = { pid: 1, tid: 1 };
  let at_us = 0;
  const ops = profile.ops.filter(({ fate }) => fate.kind === 'timed').map(({ op, kind, name, time_ms, kernel, macs, bytes, accelerated }) => {
    const event = { ...where, ph: 'X', name: kind, cat: accelerated === false ? 'op,not accelerated' : 'op', ts: at_us, dur: time_ms * 1000, args: { op, output: name, kernel, macs, bytes } };
    at_us += event.dur;
    return event;
  });
  const other = profile.other_ms > 0 ? [{ ...where, ph: 'X', name: text.outsideOps, cat: 'runtime', ts: at_us, dur: profile.other_ms * 1000, args: {} }] : [];
  const names = [
    { ...where, ph: 'M', name: 'process_name', args: { name: modelName } },
    { ...where, ph: 'M', name: 'thread_name', args: { name: text.oneInvoke(profile.runs) } },
  ];
  return `${JSON.stringify({ displayTimeUnit: 'ms', traceEvents: [...names, ...ops, ...other] }, null, 1)}\n`;
}
