import type { sharedReport as english } from '../en/shared-report';
import { formatCount } from '../format';
import type { Translation } from '../translation';

export const sharedReport: Translation<typeof english> = {
  title: '来自链接的报告',
  measured: (moment, notHere) => `测量于 ${moment}。${notHere ? '报告就在链接里，没有加载模型。' : ''}`,
  close: '关闭报告',
  measuring: '按报告的配置测速',
  dropFile: (model, digest) => `要在这里运行，请把 ${model} 的文件拖到此页面。其 SHA-256 为 <digest>${digest}</digest>。`,
  fileMissing: (model, digest) => `请把 ${model} 的文件拖到页面；其 SHA-256 为 ${digest}。`,
  run: '在此设备上运行',
  loadAndRun: (hosts) => `从 ${hosts} 加载并在此设备上运行`,
  leftOut: (samples, ops) => `链接容纳不下 ${formatCount(samples)} 个采样${ops === 0 ? '' : `和 ${formatCount(ops)} 个算子（其耗时已合计）`}。所有统计量都由完整数据得出。`,
  where: '测量环境',

  what: '项目',
  there: '对方',
  here: '本机',
  differs: '，不同',

  allFigures: '全部数据',
  allFiguresOf: (model, configuration) => `${model} 的全部数据，${configuration}`,
  modelAndConfiguration: '模型和配置',
  medianThere: '对方中位数，ms',
  p95There: '对方 p95，ms',
  meanThere: '对方平均值 ± 标准差',
  medianHere: '本机中位数，ms',
  p95Here: '本机 p95，ms',
  ratio: '本机 ÷ 对方',

  opsOf: (ops, model) => `${model} 的 ${formatCount(ops)} 个算子及其耗时`,
  op: '算子',
  kind: '类型',
  time: '耗时，ms',
  share: '占比',
  output: '输出',
  fasterOps: (ops) => `${formatCount(ops)} 个更快的算子合计`,
};
