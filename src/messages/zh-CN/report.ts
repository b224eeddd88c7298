import type { report as english } from '../en/report';
import type { Translation } from '../translation';

export const report: Translation<typeof english> = {
  verdicts: { faster: '更快', slower: '更慢', 'no measurable difference': '无可测差异' },

  slowRuns: ({ slow, all, areRuns, longest, cost }) =>
    `${all} ${areRuns ? '次运行' : '个采样'}中有 ${slow} ${areRuns ? '次' : '个'}耗时远超其余，最长 ${longest}。它们使平均值增加 ${cost}，中位数几乎不受影响。`,
  becameSlower: (from, to) => `测量期间运行逐渐变慢：从 ${from} 到 ${to}。设备可能已发热。`,
  becameFaster: (from, to) => `测量期间运行逐渐变快：从 ${from} 到 ${to}。延长预热可能有帮助。`,
  noSteadyState: (runs, before, after) => `未达到稳定状态：前 ${runs} 次运行的中位数为 ${before}，其余为 ${after}。建议延长测量时间。`,
  slowerThanOnZeros: (given, zeros, ratio) =>
    `单次推理用其输入时耗时 ${given}，用全零输入时耗时 ${zeros}，前者是后者的 ${ratio} 倍。打包后的权重中未使用的 SIMD 通道可能留有运行时未清除的非规格化浮点数：重新加载模型，下一次加载可能更快。`,
  machineSlower: (before, after) => `机器本身变慢了：同样的计算在测量前耗时 ${before}，测量后耗时 ${after}。`,
  machineFaster: (before, after) => `机器本身变快了：同样的计算在测量前耗时 ${before}，测量后耗时 ${after}。`,
  inBackground: '页面曾一度处于后台，浏览器会降低后台页面的速度。',
  timersLate: (seconds) => `页面的定时器最多延迟了 ${seconds} 秒：浏览器限制了页面，或设备曾休眠。`,
  fewPictures: (rate, isOnBattery) => `浏览器每秒只给此页面 ${rate} 帧${isOnBattery ? '，且设备正由电池供电' : ''}，这与省电模式的表现一致。`,
  severalAtOnce: (step_ms, runs) => `时钟的步长为 ${step_ms} ms，不足以分辨单次运行：每个采样是 ${runs} 次运行的平均值，其中较慢的运行不会单独显现。`,
  coarseClock: (step_ms, share) => `时钟的步长为 ${step_ms} ms，相当于单次运行的 ${share}。浏览器没有更精细的时钟：多次运行的平均值比单次运行更可信。`,
  coarseClockNotIsolated: (step_ms, share) => `时钟的步长为 ${step_ms} ms，相当于单次运行的 ${share}。跨源隔离的页面有更精细的时钟。`,
  foreignPixels: (pixels) => `此窗口有 ${pixels} 像素不属于页面，可能停靠了开发者工具。开发者工具在调试时会拖慢 WebAssembly。`,
  opsExceedInvoke: (percent) => `各算子的耗时之和比整次推理多 ${percent} %：逐算子计时本身要花时间，也有误差，因此单个算子实际上比看起来更快。`,
  roofDoubt: ({ exceeding, all, op, kind, percent, peaks }) =>
    `${all} 个算子中有 ${exceeding} 个快于屋顶线的上限，其中算子 ${op}（${kind}）达到上限的 ${percent} %。因此${peaks.map((peak) => (peak === 'memory' ? '带宽' : '算力')).join('和')}峰值并不可靠：测量峰值时可能受到了干扰，或者这些算子的实际计算量小于统计值，例如跳过了零。可在机器空闲时重新测量。`,

  theReport: '报告',
  invalidAt: (place, told, expected, received) => (expected === null ? `${place}：${told}` : `${place}：应为 ${expected}，实际为 ${received}`),
  mustBeDigest: '必须是 64 位小写十六进制数字',
  mustBeginLow: '必须从较小的一端开始',
  mustBeAddress: '必须是不含密码和参数的 http 或 https 地址',

  doesNotFit: (most) => `省去所有可省的内容后，仍超过 ${most} 个字符。`,
  tooManyCharacters: (characters, most) => `它有 ${characters} 个字符，最多读取 ${most} 个。`,
  noLinkForm: '它不是报告链接的格式。',
  otherForm: (made, known) => `其格式版本为 ${made}，此版本只支持 ${known}。`,
  tooShort: '它太短，不可能是报告。',
  wrongChecksum: '校验和不符：有一部分缺失或被改动。',
  noBase64url: '其中的字符不是 base64url。',
  inflatesToMore: (bytes) => `解压后超过 ${bytes} 字节。`,
  endsEarly: '压缩数据提前结束。',
  packed: {
    notPacked: '数据未经打包',
    damagedKeys: '键的列表已损坏',
    plainObject: '含有未经打包的对象',
    tooDeep: '嵌套过深',
    noKind: '有一个值没有说明其类型',
    otherValues: '有一个对象的值与键不对应',
    noDifference: '有一个差值不是数字',
    unevenColumns: '表格各列长度不一',
    noColumn: '有一列不是列表',
  },

  failed: (title, code, details) => `失败：${title}（${code}）。${details}`,
  samplesLeftOut: (samples) => `此报告省去了 ${samples} 个采样。`,
  warning: (code, told) => `警告：${code}：${told}`,
  comparison: '中位数对比：',
  compared: ({ row, reference, ratio, low, high, verdict }) => `${row} 的耗时是 ${reference} 的 ${ratio} 倍（${low} 至 ${high}）：${verdict}`,

  columns: { model: '模型', configuration: '配置', median: '中位数（ms）', p95: 'p95（ms）', mean: '平均值 ± 标准差（ms）', init: '初始化（ms）', runs: '运行次数', ratio: '比值', where: '环境' },
  ranAs: (runtime, accelerator, threads, build) => `${runtime}，${accelerator}，${threads} 个线程，${build}`,
  ratio: (ratio, verdict) => `${ratio}（${verdict}）`,
  where: (browser, platform, cores) => `${browser}，${platform}，${cores} 核`,

  outsideOps: '算子之外',
  oneInvoke: (runs) => `单次推理，${runs} 次的平均值`,
};
