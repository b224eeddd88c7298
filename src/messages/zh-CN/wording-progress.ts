import type { wordingProgress as english } from '../en/wording-progress';
import { formatCount } from '../format';
import type { Translation } from '../translation';

export const wordingProgress: Translation<typeof english> = {
  downloading: (what, loaded, total) => `正在下载 ${what}：${loaded}${total === null ? '' : ` / ${total}`}`,
  readingModel: '正在读取模型',
  starting: (runtime) => `正在启动 ${runtime}`,
  loadingModel: (runtime) => `正在将模型加载到 ${runtime}`,
  round: (round, rounds, row) => `第 ${round} 轮，共 ${rounds} 轮：${row}`,
  searchingLayers: (tries, ratio_db) => `正在查找敏感层：已试 ${formatCount(tries)} 次，${ratio_db} dB`,
  measuringMachine: '正在测量机器本身的速度',
  preparingInputs: '正在准备输入',
  running: '正在运行',
  listening: (heard, duration) => `正在听：${heard} / ${duration}`,
  runningSteps: (step, steps) => `正在运行：第 ${step} 步，共 ${steps} 步`,
  readingOutputs: '正在读取输出',
  rewriting: '正在改写模型',
  quantizing: '正在量化',
  findingRanges: (samples, all) => `正在统计取值范围：${samples} / ${formatCount(all)} 个样例`,
  everyTensor: (runtime) => `正在 ${runtime} 上计算所有张量`,
  comparing: (runtime) => `正在 ${runtime} 上对比`,
  everyLayer: '正在计算双方的每一层',
  runningRows: (done, total) => `第 ${formatCount(done)} / ${formatCount(total)} 行`,
  comparingOutputs: (inputs, all) => `正在对比输出：${inputs} / ${formatCount(all)} 个输入`,
  warmingUp: (runs) => `正在预热：${formatCount(runs)} 次运行`,
  profiling: (runs) => `正在逐算子分析：${formatCount(runs)} 次运行`,
  timingParts: (parts) => `正在与整体轮流为模型的各部分计时：${formatCount(parts)} 个部分；取消则保留已知结果`,
  measuring: (runs, median) => `正在测速：${formatCount(runs)} 次运行，中位数 ${median}`,
  takesAbout: (time) => `大约需要 ${time}。`,
  takesAtLeast: (time) => `至少需要 ${time}。`,
};
