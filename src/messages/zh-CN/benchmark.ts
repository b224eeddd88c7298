import type { benchmark as english } from '../en/benchmark';
import { formatCount } from '../format';
import type { Translation } from '../translation';

export const benchmark: Translation<typeof english> = {
  title: '基准测试',
  start: '开始测速',
  again: '重新测速',
  of: (model) => `${model} 的基准测试`,
  preview: '按当前设置的配置和输入，测出每次运行的耗时及其波动：新建会话，先预热，再计时运行。',
  build: (variant, version) => `${variant}，版本 ${version}`,
  copy: '将结果复制为文本',
  copyShort: '复制为文本',
  calibration: (before, after) => `机器本身：同样的运算在测速前耗时 ${before}，测速后 ${after}。`,
  doubts: '对这些数值的疑问',

  // Figures
  mean: '平均值',
  deviation: '标准差',
  min: '最小值',
  max: '最大值',
  median: '中位数',
  initialization: '初始化',
  firstInference: '首次推理',
  warmUpMean: '预热平均值',
  memory: 'WASM 内存',
  memoryChange: (before, after) => `${before} → ${after}`,
  runs: '运行次数',
  runCounts: (runs, warmUp) => `${formatCount(runs)} + 预热 ${formatCount(warmUp)}`,

  // The plan
  plan: (warmUpRuns, warmUpSeconds, runs, seconds, mostSeconds) =>
    `计划：预热至少 ${formatCount(warmUpRuns)} 次且 ${warmUpSeconds} 秒，再计时至少 ${formatCount(runs)} 次且 ${seconds} 秒，最长 ${mostSeconds} 秒`,
  planFields: {
    warmup_runs: '预热：最少次数',
    warmup_min_secs: '预热：最短秒数',
    num_runs: '计时：最少次数',
    min_secs: '计时：最短秒数',
    max_secs: '计时：最长秒数',
  },
  defaults: 'benchmark_model 的默认值',

  // Tables
  modelAndConfiguration: '模型与配置',
  medianColumn: '中位数（ms）',
  medianBar: '中位数条形图',
  p95Column: 'p95（ms）',
  measured: '打开页面以来的测量',
  measuredResults: (count) => `打开页面以来的测量：${formatCount(count)} 个结果`,

  // In turn
  compared: {
    title: '对比配置',
    about: '各配置轮流运行，每轮顺序随机，每次使用单独的会话：期间没有其他任务，机器变慢时对各配置的影响相同。',
    reference: (configuration) => `${configuration}（基准）`,
    remove: '移除',
    models: '同时对比这些模型',
    of: (model) => `${model} 的对比`,
    add: '添加当前设置',
    start: '对比',
    plan: (rounds, confidence, seed) => `${rounds} 轮，${confidence} 置信区间，种子 ${seed}`,
    rounds: '轮数',
    confidence: '置信度（%）',
    seed: '顺序的随机种子',
    reportName: (model) => `${model} 的对比`,
    caption: (rounds, confidence, most) => `相对第一行的耗时，轮流测量 ${formatCount(rounds)} 轮；${confidence} 置信区间，刻度 0 至 ${most}`,
    ratio: '比值',
    interval: '置信区间',
    ratioMark: '比值图示',
    verdict: '结论',
    referenceRow: '基准',
    range: (low, high) => `${low} 至 ${high}`,
    verdicts: { faster: '更快', slower: '更慢', 'no measurable difference': '无可测差异' },
    moreTime: (share) => `耗时多 ${share}`,
    lessTime: (share) => `耗时少 ${share}`,
    rowRuns: (rows, doubtful) => `${formatCount(rows)} 行的运行随时间的变化${doubtful === 0 ? '' : `，其中 ${doubtful} 行存疑`}`,
    runsOf: (row) => `${row} 的运行`,
  },
};
