import type { charts as english } from '../en/charts';
import { formatCount } from '../format';
import type { Translation } from '../translation';

const sweepTitles = { latency: '延迟', 'speed-up': '加速比' };
const threadsOf = (count: number): string => `${formatCount(count)} 个线程`;
const pointsOf = (values: readonly (readonly [threads: number, value: string])[]): string => values.map(([threads, value]) => `${threadsOf(threads)} ${value}`).join('，');

export const charts: Translation<typeof english> = {
  spoken: (name, value) => `${name}：${value}`,
  fromZero: '延迟轴从零开始',
  opName: (op, kind) => `算子 ${op}，${kind}`,
  threads: threadsOf,
  withInterval: (value, low, high) => `${value}，95 % 置信区间 ${low} 至 ${high}`,

  histogram: {
    label: (runs, median, p95) => `${formatCount(runs)} 次运行的直方图：中位数 ${median}，95 % 在 ${p95} 以内`,
    runsAxis: '运行次数',
    latencyAxis: '延迟（ms）',
    median: '中位数',
    runCount: (count) => `${formatCount(count)} 次运行`,
    byLatency: '运行次数（按延迟）',
    slower: '更慢',
    latency: '延迟',
    runs: '运行次数',
    range: (from, to) => `${from} 至 ${to} ms`,
  },

  kinds: {
    label: '各算子类型的耗时',
    kind: (kind, ops) => `${kind}，${formatCount(ops)} 个算子`,
    shareAndTime: (share, time) => `占耗时的 ${share}，${time}`,
    shares: (kinds) => kinds.map(([kind, share]) => `${kind} ${share}`).join('，'),
  },

  roof: {
    label: (ops, ceiling, bandwidth) => `Roofline：${ops} 个算子的计算强度与速率，上限为 ${ceiling} 和 ${bandwidth} GB/s。完整数据见表格。`,
    ceiling: (rate, bytes) => (bytes ? `${rate} GOP/s（int8 运算）` : `${rate} GFLOP/s`),
    rateAxis: 'GFLOP/s（对数）',
    intensityAxis: '计算强度，FLOP/B（对数）',
    point: (rate, intensity, share, doubtful, time) => `${rate} GFLOP/s，计算强度 ${intensity} FLOP/B，达到${doubtful ? '上限（存疑）' : '上限'}的 ${share}，耗时 ${time}`,
    points: 'Roofline 下的算子；按 Enter 选择',
    caption: '圆的面积表示算子耗时。斜线下方的算子访存受限，水平线下方的算力受限。斜线对应内存带宽；数据能放进缓存的算子可能高于斜线，改按缓存自身的速率衡量。',
  },

  samples: {
    label: (runs, outliers, drift) => `${formatCount(runs)} 次运行随时间的变化，${formatCount(outliers)} 个偏慢的离群值，${drift === null ? '无漂移' : `从 ${drift[0]} 漂移到 ${drift[1]}`}`,
    runAxis: '运行序号（按时间）',
    stretch: (from, to) => `采样 ${formatCount(from)} 至 ${formatCount(to)}`,
    stretchValue: (least, most, median) => `${least} 至 ${most}，中位数 ${median}`,
    run: (run, round, slow) => `第 ${formatCount(run)} 次运行${round === null ? '' : `，第 ${formatCount(round)} 轮`}${slow ? '，偏慢的离群值' : ''}`,
    inOrder: '按时间排列的运行',
    table: '运行随时间的变化（分组）',
    runs: '运行',
    least: '最小值（ms）',
    median: '中位数（ms）',
    most: '最大值（ms）',
    slowOutliers: '偏慢的离群值',
    group: (from, to) => `${from} 至 ${to}`,
    outliers: (count) => `${formatCount(count)} 个偏慢的离群值。`,
    drift: (from, to) => `从 ${from} 漂移到 ${to}。`,
    meanOf: (runs) => `每个采样为 ${formatCount(runs)} 次运行的平均值。`,
    rounds: (count) => `共 ${formatCount(count)} 轮。`,
  },

  sweep: {
    speedUp: (factor) => `单线程的 ${factor} 倍`,
    speedUpWithInterval: (factor, low, high) => `单线程的 ${factor} 倍，95 % 置信区间 ${low} 至 ${high}`,
    point: (series, threads) => `${series}，${threadsOf(threads)}`,
    latencyAxis: 'ms',
    speedUpAxis: '加速比（相对单线程）',
    threadsAxis: '线程数',
    label: (show, series) => `${sweepTitles[show]}随线程数的变化。${series.map(({ name, values }) => `${name}：${pointsOf(values)}`).join('；')}`,
    byThreads: (show) => `${sweepTitles[show]}（按线程数）`,
    ideal: '理想',
    points: pointsOf,
  },
};
