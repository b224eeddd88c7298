import type { quantize as english } from '../en/quantize';
import type { Translation } from '../translation';

export const quantize: Translation<typeof english> = {
  inTail: '它属于最后几层，量化的每一级都会显现在输出中',
  noIntegerKernel: 'TFLite 没有可靠的该算子整数内核',
  takesNoBits: (bits) => `它不支持 ${bits} 位激活值`,
  notInFloat: '它不以 float32 计算',
  keepsState: '它在多次推理之间保留状态',
  sparseWeights: '其权重是稀疏的',
  noWeights: '它没有可单独量化的权重',
  weightsNotInFile: '其权重不在文件中',
  weightsAre: (type) => `其权重的类型是 ${type}`,
  computedBias: '其偏置由计算得出',
  unfolded: (constants) => `${constants} 个常量由 float16 变为 float32`,

  // Files
  noRecipe: (why) => `这不是量化方案：${why}`,
  theFile: '文件',
  rule: (index) => `规则 ${index}`,
  leastWeights: '不考虑最少权重数',
  noExpression: (text) => `「${text}」不是正则表达式`,
  unknownAlgorithm: (name) => `未知的算法 ${name}`,
  noFloats: (bits) => `不支持写出 ${bits} 位浮点权重`,
  noWeightType: (type) => `不支持写出 ${type} 类型的权重`,
  noWeightBits: (bits) => `不支持写出 ${bits} 位权重`,
  weightsWithZeroPoint: '带零点的权重很慢，而且 LiteRT 的计算结果是错的',
  unknownGranularity: (granularity) => `不支持按 ${granularity} 量化权重`,
  noActivationBits: (bits) => `没有 ${bits} 位的激活值`,
  activationsWithZeroPoint: '16 位激活值没有零点',
};
