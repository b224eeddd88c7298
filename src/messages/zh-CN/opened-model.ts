import type { openedModel as english } from '../en/opened-model';
import { formatCount } from '../format';
import type { Translation } from '../translation';

export const openedModel: Translation<typeof english> = {
  model: '模型',
  moreNotes: (notes) => `另有 ${formatCount(notes)} 条提示`,
  contents: (ops, hasMetadata) => `模型内容：${formatCount(ops)} 个算子（按类型）、权重、最大的张量${hasMetadata ? '、元数据' : ''}`,
  noName: '未命名',
  inputs: () => '输入',
  outputs: () => '输出',
  none: '无',
  opsByKind: '按类型统计算子',
  kindsAndOps: (kinds, ops) => `${formatCount(kinds)} 种，${formatCount(ops)} 个算子`,
  op: '算子',
  count: '数量',
  weights: '权重',
  custom: '自定义',
  fewer: '收起',
  allKinds: (kinds) => `全部 ${kinds} 种`,
  opVersion: (version, place) => `版本 ${version}，首次出现于第 ${place} 个`,
  also: (one, other) => `${one}；${other}`,
  weightsByPrecision: '按精度统计权重',
  type: '类型',
  tensors: '张量',
  elements: '元素',
  size: '大小',
};
