import type { crossCheck as english } from '../en/cross-check';
import { formatCount } from '../format';
import type { Translation } from '../translation';

export const crossCheck: Translation<typeof english> = {
  heading: '交叉检查运行时',
  again: '重新交叉检查',
  start: '交叉检查',
  progress: (model) => `${model} 的交叉检查`,
  preview: '检查各运行时在一次运行的每个张量上是否一致；若不一致，找出第一个出现差异的算子，以及是哪个运行时与其他不同。TensorFlow.js 内核会用其他运行时给出的相同输入重新计算每个算子，作为第三方参照。它在 WebAssembly 上的浮点运算同样来自 XNNPACK，因此无法发现 XNNPACK 自身的运算错误。',
  agree: (runtimes, tensors) => `${runtimes.join('、')} 在 ${formatCount(tensors)} 个张量上一致。`,
  fault: (op, kind, apart) => `首个分歧：算子 ${op}，${kind}。${apart.length === 1 ? `只有 ${apart.join('')} 与其他不同。` : `${apart.join(' 与 ')} 在此不一致。`}`,
  refused: (runtime, title, details) => `${runtime} 未参与：${title}。<details>${details}</details>`,
  leftState: (tensors) => `未检查：${formatCount(tensors)} 个在多次运行间保留的张量。`,
  leftType: (tensors, type) => `未检查：${formatCount(tensors)} 个 ${type} 张量，并非所有运行时都能输出它们。`,
  leftElsewhere: (ops) => `未检查：${formatCount(ops)} 个不在首个子图中的算子，它们位于控制流体内，或由其他签名运行。`,
  colour: '按差异为计算图着色',
  caption: '最大差异，占张量取值范围（自 0 起）的比例',
  op: '算子',
  kind: '类型',
  tensor: '张量',
  tensorNumber: (index) => `张量 ${index}`,
  thisOp: (runtime) => `${runtime}，本算子`,
  thisOpHint: (runtime) => `${runtime} 的算子对比 TensorFlow.js 内核，两者都使用 ${runtime} 给出的输入`,
  soFar: (runtimes) => `${runtimes}，累计`,
  soFarHint: '包含之前所有算子的影响',
  atMost: (difference) => `以张量自身单位表示最多 ${difference}`,
  withSteps: (share, off) => `${share}，${off} 的值相差超过 2 个量化步长`,
  againstKernels: (runtime) => `${runtime} 对比内核`,
  unit: '% 取值范围',
};
