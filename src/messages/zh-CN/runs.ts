import type { runs as english } from '../en/runs';
import { formatCount } from '../format';
import type { Translation } from '../translation';

export const runs: Translation<typeof english> = {
  title: '记录',
  close: '关闭记录',
  about: '在这里测得的全部结果，只保存在此浏览器中。',
  added: (count, file) => `已从 ${file} 添加 ${formatCount(count)} 条记录。`,
  deleted: (count) => `已删除 ${formatCount(count)} 条记录。`,
  notKept: (count) => `${formatCount(count)} 条记录未能保存。`,
  whatToDo: '解决办法：',
  rescue: '下载未保存的记录',
  find: '按名称、标签、模型或运行时查找',
  add: '从 JSON 添加…',
  downloadChosen: (count) => `下载选中的 ${formatCount(count)} 条记录`,
  downloadAll: '下载显示的全部记录',
  chosenAs: (count) => `${formatCount(count)} 条记录，导出为`,
  allAs: '显示的全部记录，导出为',
  delete: '删除',
  deleteChosen: (count) => `删除 ${formatCount(count)} 条记录`,
  nothingYet: '还没有测量结果。运行一次基准测试、对比或线程扫描，或添加保存为 JSON 的报告。',
  noneFits: '没有符合条件的记录。',

  // The table
  caption: (runs, rows) => `${formatCount(runs)} 条记录，共 ${formatCount(rows)} 行；比值由不同时间测得的中位数相除得到，没有置信区间`,
  chooseAll: '选择全部记录',
  nameAndTags: '名称与标签',
  modelAndConfiguration: '模型与配置',
  median: '中位数（ms）',
  medianBar: '中位数条形图',
  p95: 'p95（ms）',
  ratio: '比值',
  against: '基准',
  whenAndWhere: '时间与环境',
  choose: (run) => `选择 ${run}`,
  name: '记录的名称',
  tags: (run) => `${run} 的标签`,
  tagsHint: '标签，用 , 分隔',
  goneLater: '未保存：离开页面后将丢失',
  compareWith: (run, configuration) => `以 ${run}（${configuration}）为基准`,
  unnamedBrowser: '未知浏览器',
  where: (browser, platform, cores) => `${browser}，${platform}，${formatCount(cores)} 核`,
};
