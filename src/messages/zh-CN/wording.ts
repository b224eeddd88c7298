import type { wording as english } from '../en/wording';
import { formatCount } from '../format';
import type { Translation } from '../translation';

export const wording: Translation<typeof english> = {
  threads: (threads) => `${formatCount(threads)} 个线程`,
  anyRuntime: '任意运行时',
  anyAccelerator: '任意加速后端',
  threadsByChoice: '线程数自动',
  allAuto: '自动：运行时、加速后端和线程数',
  autoCameTo: (parts) => `自动：${parts.join('，')}`,
  configuration: (parts, isRestAuto) => parts.map(({ text, isAuto }) => (isAuto ? `${text}（自动）` : text)).join('，') + (isRestAuto ? '，其余自动' : ''),
  askedFor: (refused, ran) => `指定的是 ${refused}，实际运行的是 ${ran}。`,
  passedOver: (refused, ran) => `跳过了 ${refused}，实际运行的是 ${ran}。`,
  reason: (title, details, place) => {
    const reason = details === '' ? title : `${title}：${details}`;
    return place === null ? reason : `${reason.replace(/[.。]$/, '')}（${place}）。`;
  },

  noWeights: '无权重',
  noEdges: '无',
  severalEdges: (tensors, first) => `${formatCount(tensors)} 个张量，首个为 ${first}`,
  scales: (scales, dimension) => `沿维度 ${dimension} 有 ${scales} 个缩放系数`,
  scale: (scale, zeroPoint) => `缩放系数 ${scale}，零点 ${zeroPoint}`,
  inputPicture: ({ width, height, isTurnedBack, isExchanged, hasAlpha }) => [
    `输入张量，${width} × ${height} 像素${isTurnedBack ? '，数值已按均值和标准差还原为亮度' : ''}。`,
    ...(isExchanged ? ['其通道为 B、G、R，按模型的顺序画作红、绿、蓝，因此红蓝看起来互换。'] : []),
    ...(hasAlpha ? ['第四个通道（alpha）未绘制。'] : []),
  ].join(''),

  nothingFound: '未检测到目标',
  found: (objects, name) => `检测到 ${formatCount(objects)} 个${name === null ? '目标' : ` ${name}`}`,
  landmarksAlone: (points) => `${formatCount(points)} 个关键点`,
  landmarks: (points, score) => `${formatCount(points)} 个关键点，得分 ${score}`,
  notInPicture: (score) => `画面中没有目标，得分 ${score}；不绘制关键点`,
  nobodyFound: '未检测到人体',
  bodiesFound: (bodies) => `检测到 ${formatCount(bodies)} 个人体`,
  keyPoints: (shown, all, score) => `${formatCount(all)} 个关键点中显示 ${formatCount(shown)} 个，得分 ${score}`,
  classMap: (width, height, classes) => `${width} × ${height} 像素的类别图，${formatCount(classes)} 个类别`,
  noText: '没有读出文本',
  line: (line) => `“${line}”`,
  scoredLine: (line, score) => `“${line}”，得分 ${score}`,
  embedding: (values, length) => `${formatCount(values)} 个值的嵌入向量，长度 ${length}`,
  depth: (width, height) => `${width} × ${height} 像素的深度图，亮处为近`,
  enlargedPicture: ({ width, height, factor, black, white }) => `${width} × ${height} 像素的图片，长宽均为输入的 ${factor} 倍，黑为 ${black}，白为 ${white}`,
  picture: ({ width, height, black, white }) => `${width} × ${height} 像素的图片，黑为 ${black}，白为 ${white}`,
  mask: (width, height) => `${width} × ${height} 像素的掩码`,
  noClass: '没有类别有得分',
  bestClass: (label, score) => `${label}，${score}`,

  oneRun: (time) => `只计时了一次运行，耗时 ${time}。`,
  belowClock: '单次运行过短，此浏览器的时钟无法分辨。',
  mostBelowClock: (mean_us) => `多数运行短于时钟的步长，平均每次 ${mean_us} µs。`,
  timedTogether: (runs, median, p95) => `每 ${formatCount(runs)} 次合并计时：50 % 的运行不超过 ${median}，95 % 不超过 ${p95}（每次）。`,
  distribution: (median, p95) => `50 % 的运行不超过 ${median}，95 % 不超过 ${p95}。`,
  pair: ({ isSameSize, size, sizeRatio, time, agreement }) => {
    const large = isSameSize ? `B 与 A 一样大，均为 ${size}` : `B 为 ${size}，大小是 A 的 ${sizeRatio} 倍`;
    const fast = time === null ? '' : time.ratio === null ? '，速度无可测差异' : `，耗时是 A 的 ${time.ratio} 倍`;
    return `${large}${fast}。${agreement === null ? '' : `${agreement.replace(/。$/, '')}。`}`;
  },

  yes: '是',
  no: '否',
  none: '无',
  environment: { browser: '浏览器', platform: '平台', cores: '核心数', memory: '内存', isolated: '跨源隔离（可用线程）', simd: 'SIMD', relaxedSimd: 'Relaxed SIMD', gpuAdapter: 'WebGPU 适配器' },
  memoryNotTold: '未知',
  memoryAtLeast: (gigabytes) => `至少 ${gigabytes} GB`,

  result: {
    model: '模型', ran: '配置', runs: '运行次数', median: '中位数', mean: '平均值', p5ToP95: 'p5 至 p95', minToMax: '最小至最大', init: '初始化', firstInference: '首次推理',
    warmUpMean: '预热平均值', wasmMemory: 'WASM 内存', measured: '测量环境',
  },
  resultModel: (name, size, sha256) => `${name}（${size}，SHA-256 ${sha256}）`,
  resultRan: (configuration, build, version) => `${configuration}（${build}，版本 ${version}）`,
  resultRuns: (runs, warmUpRuns) => `${runs}，此前预热 ${warmUpRuns} 次`,
  resultMean: (mean, deviation) => `${mean} ± ${deviation}（标准差）`,
  fromTo: (from, to) => `${from} 至 ${to}`,
  beforeAfter: (before, after) => `运行前 ${before}，运行后 ${after}`,
  resultMeasured: (when, userAgent, cores) => `${when}，${userAgent}，${cores} 核`,
  // Fonts do not agree on how wide these letters are beside others, so nothing is aligned by spaces.
  resultRows: (rows) => rows.map(([name, value]) => `${name}：${value}`).join('\n'),
};
