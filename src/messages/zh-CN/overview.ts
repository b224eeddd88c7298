import type { overview as english } from '../en/overview';
import { formatCount } from '../format';
import type { Translation } from '../translation';

export const overview: Translation<typeof english> = {
  title: '概览',
  cancelled: '已取消。此前的测量结果保留。',
  waits: (size) => `大于 ${size} 的模型不会自动运行，等你启动。`,
  promise: '在样例上运行模型，并测量几秒钟。',
  goOn: '继续',
  start: '运行并测量',
  graphOf: (ops) => `${formatCount(ops)} 个算子的计算图`,

  latency: '延迟',
  latencyPreview: '连续多次推理的中位数及其可信程度，约需一秒。',
  medianOf: (runs, low, high) => `${formatCount(runs)} 次推理的中位数；95 % 置信区间 ${low} 至 ${high}`,

  ops: '时间花在哪里',
  opsPreview: '一次推理的时间花在哪几类算子上。',
  timedOn: (timed, runtime) => `在 ${timed} 上计时：${runtime} 没有算子级计时。`,

  threads: '线程',
  threadsPreview: '更多线程能快多少，约需几秒。',
  noSeries: '单次推理短于此浏览器时钟的分辨率：无法比较线程数。',
  oneThread: (reason) => `${reason}：只能用一个线程。`,
  oneThreadHere: '只有一个线程可用：此设备只有一个核，或者模型不在 WebAssembly 上运行。',

  smaller: '更小更快',
  smallerPreview: '对这个文件，8 位量化能带来什么。',
  makingInt8: (model) => `${model} 的 int8 变体`,
  tried: (ratio, verdict) => `，为原大小的 ${ratio} 倍${verdict === null ? '' : `：${verdict}`}`,
  compare: '在图片上对比',
  nothingSmaller: '此模型没有可以压缩存储的权重。',
  tryIt: '试一试',

  inputPicture: (name) => `输入图片 ${name}`,
  awaited: '模型的运行结果将显示在这里。',
  given: (input) => `输入：${input}`,
  madeUp: '没有适合其输入的样例，因此用随机生成的值运行：请在左侧选择自己的输入。',
  outputs: (count) => `${formatCount(count)} 个输出`,
  output: (shape, dtype, lowest, highest) => `${shape} ${dtype}，${lowest} 至 ${highest}`,
  cutOff: '变暗的部分被裁掉了，模型没有看到。',
  found: (picture, result) => `${picture}：${result}`,

  seeWhy: '查看原因',
  makeVariant: '生成变体',
  lookCloser: '进一步查看',
  nothingFound: '没有发现可以省去的耗时。',
  onlySmaller: (smaller) => `没有发现每次推理都可以省去的耗时。${smaller}`,
  finding: (title, cost, atMost, once, advice) => `${title}。代价：${atMost ? '至多 ' : ''}${cost}，${once ? '仅一次' : '每次推理'}。${advice}`,
  runOn: (threads) => `用 ${formatCount(threads)} 个线程运行`,
};
