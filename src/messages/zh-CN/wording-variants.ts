import type { wordingVariants as english } from '../en/wording-variants';
import { formatCount } from '../format';
import type { Translation } from '../translation';

export const wordingVariants: Translation<typeof english> = {
  recipes: { int8: '全 int8', int16: 'int16 激活值，int8 权重', 'dynamic-int8': '动态范围 int8', 'weights-int8': '仅权重 int8', float16: 'Float16' },
  purposes: {
    int8: '权重和激活值为 int8，最后几层为浮点；在 int8 快的运行时上最快。需要样例。',
    int16: '激活值保留 16 位：精度接近浮点；在 XNNPACK 没有相应内核之处（如 LiteRT）慢许多倍。需要样例。',
    'dynamic-int8': '权重为 int8，激活值在每次运行时按实际取值舍入。不需要样例；在 LiteRT 上慢数倍。',
    'weights-int8': '权重存为 int8，加载模型时再转换；速度和激活值与浮点相同。',
    float16: '权重以半精度存储；速度与浮点相同，精度也几乎相同。',
  },
  schemes: { static: '整数', dynamic: 'int8 权重，运行时转为整数', weights: 'int8 权重，以浮点计算', float16: 'float16 权重', float: '浮点' },
  ranges: { mse: '最小平方误差', percentile: '99.99 百分位数', 'moving-average': '移动平均', 'min-max': '最小值和最大值' },

  nothingSmaller: '此模型没有算子的权重可以存得更小。',
  estimate: (size, weighted, changed, reason) => {
    const large = size === null ? '大小基本不变' : `约 ${size.bytes}，是此文件（${size.original}）的 ${size.ratio} 倍`;
    const why = reason === null ? '' : `（${reason}）`;
    if (changed === 0) return `${large}：${formatCount(weighted)} 个带权重的算子都不会改变${why}。`;
    return `${large}：${formatCount(changed)} 个算子的权重会改变${weighted === changed ? '' : `，另外 ${formatCount(weighted - changed)} 个不变${why}`}。`;
  },

  verdicts: { good: '良好', doubtful: '存疑', wrong: '错误', unproven: '未验证' },
  mixed: ({ isRight, slowerOn, isLarger, refusedBy }) => {
    const costs = [
      ...(slowerOn.length > 0 ? [`在 ${slowerOn.join('、')} 上更慢`] : []),
      ...(isLarger ? ['文件更大'] : []),
      ...(refusedBy.length > 0 ? [`被 ${refusedBy.join('、')} 拒绝`] : []),
    ];
    const near = isRight ? '正确' : '可用';
    return costs.length === 0 ? near : `${near}，但${costs.join('，')}`;
  },
  speeds: { faster: '更快', slower: '更慢', mixed: '有快有慢', 'no measurable difference': '无可测差异', unproven: '未对比' },
  notCompared: (runtime, reason) => `${runtime}：${reason ?? '未对比'}`,
  timesOriginal: ({ runtime, ratio, low, high }) => `${runtime}：耗时是原模型的 ${ratio} 倍（${low} 至 ${high}）`,
  ofRuntime: (runtime, told) => `${runtime}：${told}`,
  furthestOff: (runtime, ratio, off) => (off === null ? `${runtime}：偏差最大的输出也完全相等。` : `${runtime}：偏差最大的输出为 ${ratio}，数值偏差为其大小的 ${off}。`),
};
