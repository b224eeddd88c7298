import type { compiler as english } from '../en/compiler';
import type { Translation } from '../translation';

export const compiler: Translation<typeof english> = {
  lacks: (ops) => `编译器没有以下算子的内核：${ops.join('、')}。`,
  ofType: (op, type) => `${type} 类型的 ${op}`,
  onlyFloats: (tensor, type) => `编译器的输入和输出只能是 float32；「${tensor}」是 ${type}。`,
  sizedInRuns: (op) => `${op} 的输出大小要到推理时才能确定。`,
  tooLarge: (mebibytes) => `权重和张量需要 ${mebibytes} MiB 内存。`,
  noSubgraph: (index) => `没有子图 ${index}。`,

  // Kernels, as a plan names them
  convolution: (window) => `卷积 ${window}`,
  groupedConvolution: (window, groups) => `卷积 ${window}，${groups} 组`,
  transposedConvolution: (window) => `转置卷积 ${window}`,
  depthwise: (window) => `深度卷积 ${window}`,
  fullyConnected: '全连接',
  pooling: { maximum: (window) => `${window} 最大池化`, mean: (window) => `${window} 平均池化`, sum: (window) => `${window} 求和池化` },
  reduction: { maximum: (axes) => `沿 ${axes} 求最大值`, minimum: (axes) => `沿 ${axes} 求最小值`, mean: (axes) => `沿 ${axes} 求平均`, sum: (axes) => `沿 ${axes} 求和` },
  axes: ['批', '高', '宽', '通道'],
  softmax: 'softmax',
  resizeBilinear: '双线性缩放',
  resizeNearest: '最近邻缩放',
  copy: '复制',
  concatenation: '拼接',
  slice: '切片',
  split: '拆分',
  transpose: '转置',
  pad: '填充',
  tile: '平铺',
  broadcast: '广播',
  spaceToDepth: '空间转深度',
  spaceToBatches: '空间转批',
  batchesToSpace: '批转空间',
  depthToSpace: '深度转空间',
  ops: (_, indices) => `（算子 ${indices}）`,
};
