import type { threadsView as english } from '../en/threads-view';
import { formatCount } from '../format';
import type { Translation } from '../translation';

export const threadsView: Translation<typeof english> = {
  title: '线程',
  measure: '测量线程数',
  again: '重新测量',
  sentence: (title) => `${title}。`,
  untilThen: (hint) => `${hint}在此之前只能测量一个线程。`,
  threadsOf: (model) => `${model} 的线程扫描`,
  reportName: (model) => `${model} 的线程扫描`,
  measuredInTurn: (counts, rounds) => `${formatCount(counts)} 种线程数，轮流测量 ${formatCount(rounds)} 轮。`,
  preview: '模型速度如何随线程数变化：各线程数轮流测量，并指出从多少个线程起不再有收益。',
  plan: (runtimes, counts, _onlyOne, models, ops) => `计划：${runtimes}，${counts} 个线程${models === 1 ? '' : `，${formatCount(models)} 个模型`}${ops ? '，并逐算子计时' : ''}`,
  runtimes: '运行时（WebAssembly）',
  otherModels: '同时测量这些模型',
  counts: (cores) => `线程数（此设备有 ${formatCount(cores)} 核，可以尝试更多）`,
  everyOp: '同时逐算子计时',

  range: (low, high) => `${low} 至 ${high}`,
  series: '系列',
  bars: '误差线为 95 % 置信区间。',
  barsAndLaw: '误差线为 95 % 置信区间。虚线是穿过所有区间的扩展律。',
  threadsOfConfigurations: (configurations) => `${formatCount(configurations)} 种配置的线程扫描，轮流测量`,
  configuration: '配置',
  median: '中位数，ms',
  intervalMs: '95 % 置信区间，ms',
  speedUp: '加速比',
  interval: '95 % 置信区间',
  efficiency: '并行效率',
  noSeries: '单次推理短于此浏览器时钟的分辨率：无法比较线程数。',
  failed: (name) => `${name}：`,

  opsNotTimed: (runtime, threads) => `无法在 ${formatCount(threads)} 个线程上为 ${runtime} 的算子计时：`,
  opsByLoss: (runtime, threads) => `${runtime} 的算子，按 ${formatCount(threads)} 个线程时相对理想加速的损失排序`,
  op: '算子',
  threadsMs: (threads) => `${formatCount(threads)} 线程，ms`,
  serialShare: '串行占比',
  lost: '损失，ms',
  firstOnly: '只看前几个',
  allOps: (ops) => `全部 ${ops} 个算子`,
};
