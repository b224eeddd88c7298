import type { wordingSpeed as english } from '../en/wording-speed';
import { formatCount, formatList } from '../format';
import type { Translation } from '../translation';

export const wordingSpeed: Translation<typeof english> = {
  perSecond: (rate) => `每秒约 ${rate} 次`,
  secondsEach: (seconds) => `每次约 ${seconds} 秒`,
  noOpTimed: '没有算子单独计得时间。',
  largestKind: (kind, percent) => `${kind} 占 ${percent} % 的时间。`,
  onlyOneThread: '只能测得单线程。',
  threadsSlower: (threads, times) => `${formatCount(threads)} 个线程的耗时是单线程的 ${times} 倍。`,
  noDifference: '增加线程没有可测差异。',
  threadsUnsure: (threads, low, high) => `各轮差别太大，尚无定论：${formatCount(threads)} 个线程的速度可能是单线程的 ${low} 至 ${high} 倍。`,
  bringNothing: '增加线程没有好处。',
  threadsFaster: (threads, times, isEnough) => `${formatCount(threads)} 个线程的速度是单线程的 ${times} 倍${isEnough ? '，再多没有好处' : ''}。`,
  nothingToGain: (reason) => `没有可压缩的余地：${reason}。`,
  int8AsLarge: '量化为 int8 后大小基本不变。',
  int8Size: (size, ratio) => `量化为 int8 后约 ${size}，是现在的 ${ratio} 倍。`,

  fastest: (name, threads, time) => `${name}：${formatCount(threads)} 个线程最快，为 ${time}。`,
  noFewer: '没有更少的线程数与其相差在 5 % 以内。',
  fewer: (threads) => `${formatCount(threads)} 个线程与其相差在 5 % 以内。`,
  slower: (threads, times) => `${formatList(threads)} 个线程慢于单线程：耗时${threads.length > 1 ? '分别' : ''}是其 ${formatList(times)} 倍。`,
  noDifferenceOf: (threads) => `${formatList(threads)} 个线程与单线程没有可测差异。`,
  amdahl: (serial) => `符合 Amdahl 定律，串行部分占 ${serial} 的时间。`,
  scalability: (contention, coherence) => `符合通用可扩展性定律（USL），争用系数为 ${contention}，一致性系数为 ${coherence}。`,

  fates: { folded: '加载时已折叠', elided: '无需运行', unknown: '未能区分' },
  fusedInto: (op) => `融合到算子 ${op}`,
  notAccelerated: (kernel) => `未加速${kernel === null ? '' : ` · ${kernel}`}`,
  byProfiler: (runs) => `由运行时自带的分析器在单独的会话中测得，取四分位数之间 ${formatCount(runs)} 次运行的平均值。`,
  byKernels: (runs) => `由运行时的时钟在单独的会话中为每个内核计时，取四分位数之间 ${formatCount(runs)} 次运行的平均值。`,
  bySlicing: (runs) => `将模型的各部分与整体轮流计时测得，共 ${formatCount(runs)} 次运行：算子单独计时，再按模型在切点之间的耗时校正。`,
  spokenOp: ({ op, kind, time, percent }) => `算子 ${formatCount(op)}，${kind}，${time}，百分之 ${percent}`,
  spokenFate: (op, kind, fate) => `算子 ${formatCount(op)}，${kind}，${fate}`,
  longestOp: ({ op, kind, time, share }) => `耗时最长的是算子 ${formatCount(op)}（${kind}）：${time}，占 ${share}。`,
};
