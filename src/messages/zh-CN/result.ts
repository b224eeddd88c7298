import type { result as english } from '../en/result';
import { formatCount } from '../format';
import type { Translation } from '../translation';

export const result: Translation<typeof english> = {
  heading: '结果',
  none: '运行模型，即可看到输入对应的结果、耗时以及使用的运行时。',
  tensorsOnly: '输出只以张量显示。',
  outputs: (outputs) => (outputs === 1 ? '输出' : `${outputs} 个输出`),
  log: '运行时日志',
  values: '数值',
  statistics: { min: '最小值', max: '最大值', mean: '平均值', notFinite: '非有限值' },

  figures: {
    invoke: (first) => (first ? '单次推理，首次运行' : '单次推理'),
    firstHint: '会话的首次运行要准备内存和代码，比之后的运行慢。请再次运行，或开始基准测试。',
    read: '读取图片',
    preprocess: '预处理',
    fill: '填充输入',
    decode: '解码',
    roundTrip: '往返',
    init: '模型初始化',
    start: '运行时启动',
    memory: 'WASM 内存',
  },

  ran: (variant, version) => `${variant}，版本 ${version}`,
  partlyFast: '计算图的一部分不在 XNNPACK（WebAssembly 上的快速路径）上运行。',
  partlyAccelerated: (accelerator) => `计算图的一部分不在加速后端上运行：${accelerator} 不支持的算子在 WebAssembly 上运行，每次切换都要耗时。`,

  decoded: {
    object: '物体',
    body: '人体',
    hand: (side) => (side === 'left' ? '左手' : side === 'right' ? '右手' : `${side} 手`),
    box: (width, height, x, y) => `${width} × ${height} px，位于 ${x}, ${y}`,
    turned: (box, degrees) => `${box}，旋转 ${degrees}°`,
    boxWithPoints: (box, points) => (points === 0 ? box : `${box}，${points} 个关键点`),
    keyPoints: (shown, points, box) => `${formatCount(points)} 个关键点中的 ${shown} 个${box === null ? '' : `，${box}`}`,
    legend: '图例',
    share: '占图片面积的比例',
    characters: '字符',
    character: '字符',
    step: '时间步',
    score: '得分',
    similar: '与之前图片的余弦相似度',
    similarHint: '再运行另一张图片，即可在此看到它与之前图片的相似程度：1 表示方向相同，0 表示毫无共同之处。',
    far: (value) => `远，${value}`,
    near: (value) => `近，${value}`,
    depthHint: '相对深度：数值只表示此图中的远近，不是距离。',
    ranges: {
      model: '黑色和白色对应模型声明的数值。',
      type: '黑色和白色对应 8 位的最小值和最大值。',
      values: '黑色和白色由输出的数值得出，因为模型没有声明。',
    },
    points: '各点，以图片像素为单位',
    point: '点',
    x: 'x，px',
    y: 'y，px',
    visible: '可见度',
  },
};
