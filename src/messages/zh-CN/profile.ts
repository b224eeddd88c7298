import type { profile as english } from '../en/profile';
import { formatCount } from '../format';
import type { Translation } from '../translation';

export const profile: Translation<typeof english> = {
  title: '逐算子分析',
  start: '分析此模型',
  again: '重新分析',
  preview: '单次推理的时间花在哪里：每个算子的耗时，按类型、按名称作用域汇总，并列出按耗时排序的表格。',
  expectedSlices: (duration) => `LiteRT 没有算子计时器：模型的各部分与整个模型轮流计时，最长 ${duration}。取消时保留已得到的结果。`,
  of: (model) => `${model} 的逐算子分析`,
  reportName: (model) => `${model} 的逐算子分析`,
  build: (variant, version) => `${variant}，版本 ${version}`,
  invokeMean: '单次推理平均值',
  together: '算子合计',
  outside: '算子之外',
  excess: '超出单次推理的时间',
  opsThatRun: '实际运行的算子',
  runOf: (run, all) => `${formatCount(run)} / ${formatCount(all)}`,
  notAccelerated: '未加速',
  opsAndTime: (ops, time) => `${formatCount(ops)} 个算子，${time}`,
  colourGraph: '按耗时为计算图着色',
  measureWhole: '测量完整运行（用于链接）',
  whyWhole: '报告除各算子的耗时外，还包含不受干扰时完整运行的耗时。',
  formats: { csv: 'CSV', text: '文本（benchmark_model 格式）', trace: 'Trace（用于 Perfetto）', 'node-data': '节点数据（用于 OpenModel Explorer）' },
  byOp: '按算子',
  byScope: '按名称作用域',
  kindTable: '按算子类型汇总的表格',
  time: '耗时',

  // Name scopes
  scopes: '按名称作用域的耗时，按执行顺序排列：方向键逐个切换算子，Enter 放大',
  opName: (op, kind) => `算子 ${op}，${kind}`,
  timeAndShare: (time, share) => `${time}，${share}`,

  // Tables
  opTimes: '各算子的耗时',
  order: '排序',
  runOrder: '执行顺序',
  byTime: '按耗时',
  hideIdle: (count) => `隐藏 ${formatCount(count)} 个没有单独耗时的算子`,
  opsWithTimes: { run: '各算子及其耗时，按执行顺序', time: '各算子及其耗时，耗时最长的在前' },
  timeByKind: '各算子类型的耗时',
  kindNotAccelerated: (count, all) => (count === all ? '未加速' : `${count} 个未加速`),
  timedOf: (timed, count) => (timed === count ? String(count) : `${timed} / ${count}`),
  columns: {
    op: '算子',
    kind: '类型',
    ops: '算子数',
    time: '耗时（ms）',
    interval: '95 %（ms）',
    bar: '占比条形图',
    share: '占比',
    sum: '累计',
    bytes: '字节',
    called: '调用次数',
    ranAs: '运行方式',
  },
};
