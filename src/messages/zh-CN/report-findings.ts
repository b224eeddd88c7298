import type { reportFindings as english } from '../en/report-findings';
import { formatCount } from '../format';
import type { Translation } from '../translation';

export const reportFindings: Translation<typeof english> = {
  kinds: (counts, areMore) => counts.map(([kind, ops]) => `${ops} × ${kind}`).join('、') + (areMore ? ' 等' : ''),

  notAccelerated: {
    title: '有算子在 XNNPACK 之外运行',
    proof: (ops, kinds, own, invoke) => `${formatCount(ops)} 个算子（${kinds}）由解释器自带的内核执行，在整次推理的 ${invoke} 中占 ${own}；换成更快的内核也仍需其中一部分时间。`,
    advice: '把这些算子或其数据类型换成 XNNPACK 支持的，或试试另一个运行时。',
  },
  requantization: {
    title: '数值在途中被量化和反量化',
    proof: (kinds, own, invoke) => `${kinds} 在整次推理的 ${invoke} 中占 ${own}；其中无法省去的部分仍会保留。`,
    advice: '把夹在它们之间的算子也量化，或去掉模型输入输出处的浮点数。',
  },
  legacyUint8: {
    title: '权重是旧式 8 位：无符号、逐张量',
    atMost: (ops, own, invoke) => `带此类权重的 ${formatCount(ops)} 个算子在整次推理的 ${invoke} 中占 ${own}：转换最多能缩短这部分时间。`,
    timed: ({ runs, unsigned, signed, low, high }) => `两者轮流各运行 ${runs} 次：模型原样单次耗时 ${unsigned}，权重改为有符号、逐通道缩放后耗时 ${signed}，缩短 ${low} 至 ${high}（95 %）。`,
    advice: '转换为有符号 8 位权重（见“对比与压缩”），运行时对其有更快的内核。',
  },
  singleThreaded: {
    title: '页面未跨源隔离，全部工作由一个线程完成',
    proof: ({ ops, own, invoke, cores, onTwo, onAll }) =>
      `运行时可分摊到多个线程的 ${formatCount(ops)} 个算子在整次推理的 ${invoke} 中占 ${own}。设备有 ${formatCount(cores)} 个核心：两个线程最多节省 ${onTwo}${onAll === null ? '' : `，${cores} 个线程最多节省 ${onAll}`}。实际能节省多少，在此页面中无法测量。`,
    advice: '让服务器为页面发送响应头 Cross-Origin-Opener-Policy: same-origin 和 Cross-Origin-Embedder-Policy: require-corp。',
  },
  threadCount: {
    moreThreads: '增加线程会更快',
    tooManyThreads: '线程过多',
    proof: (here, hereThreads, best, bestThreads) => `线程扫描测得 ${formatCount(hereThreads)} 个线程为 ${here}，${formatCount(bestThreads)} 个线程为 ${best}，两者的置信区间不重叠。`,
    advice: (threads) => `选用 ${formatCount(threads)} 个线程。`,
  },
  memoryBound: {
    title: '算子访存受限',
    proof: (ops, own, bandwidth_gbs) =>
      `${formatCount(ops)} 个算子耗时 ${own}，其速率超过此浏览器读取同样多字节的最高速率的一半（内存 ${bandwidth_gbs} GB/s，缓存更高）；更快的计算对它们没有帮助。`,
    advice: '更小的数据类型有帮助：8 位的权重和激活值只需搬运四分之一的字节。',
  },
  denormalWeights: {
    title: '非规格化数拖慢了乘法',
    advice: '这是运行时的缺陷，不是模型的问题。重新加载模型，或改用 tfjs-tflite。',
  },
  firstInference: {
    title: '首次运行远慢于后续运行',
    proof: (first, median) => `首次运行耗时 ${first}，后续运行的中位数为 ${median}。`,
    advice: '在有人等待结果之前，先用任意输入运行一次。',
  },
  float16Unfolded: {
    title: '加载模型时要展开半精度权重',
    proof: ({ loads, half, float, low, high, stored_mb, unfolded_mb }) =>
      `两者轮流各加载 ${loads} 次：模型原样耗时 ${half}，同样的权重存为 float32 时耗时 ${float}，前者多 ${low} 至 ${high}（95 %）。${stored_mb} MB 的权重占用 ${unfolded_mb} MB 内存。`,
    advice: '半精度使下载量减半。若更看重加载速度，可把权重存为 float32（见“对比与压缩”）。',
  },
};
