import type { tflite as english } from '../en/tflite';
import type { Translation } from '../translation';

export const tflite: Translation<typeof english> = {
  // Shapes
  noSignature: (key) => `模型没有签名「${key}」`,
  noInputInSignature: (name) => `签名没有输入「${name}」`,
  noSubgraph: (subgraph) => `没有子图 ${subgraph}`,
  noInput: (name) => `模型没有输入「${name}」`,
  otherShape: (name, declared, shape, why) => `「${name}」的形状是 ${declared}，不能是 ${shape}：${why}`,
  hasDimensions: (count) => `它有 ${count} 个维度`,
  isFixed: (dimension) => `维度 ${dimension} 是固定的`,
  mustBeWhole: (dimension) => `维度 ${dimension} 必须是不小于 1 的整数`,
  moreElementsThan: (count) => `元素超过 ${count} 个`,
  sharesItsDescription: '该张量与另一个形状不变的张量共用同一份描述',

  // Constants
  isComputed: '它在模型运行时才计算。',
  inAnotherFile: '它的数值在另一个文件中。',
  contradiction: (problem) => `形状与数据互相矛盾：${problem}。`,
  notShown: (type) => `不支持显示 ${type} 类型的数值。`,
  sparseNotShown: (type) => `不支持显示 ${type} 类型的稀疏数值。`,
  stringsAreNoNumbers: '字符串不是数值。',
  noStrings: (type) => `${type} 类型的值不是字符串。`,
  unfoldedElements: (count) => `稀疏张量展开后有 ${count} 个元素。`,
  scalesDoNotFit: (scales, blockSize, elements) => `块大小为 ${blockSize} 的 ${scales} 个缩放系数与 ${elements} 个元素不符。`,
  scalesMissing: '缺少存放缩放系数的张量。',
  sparseTensor: (name, problem) => `稀疏张量「${name}」：${problem}`,
  indexLeavesShape: (indices) => `索引超出形状：${indices}`,
  describesMore: '描述的元素多于存储的元素',
  segmentsDoNotFit: '某一层的分段与索引不符',
  levelsTooLarge: '各层的规模超出形状',
};
