import type { comparing as english } from '../en/comparing';
import { formatCount } from '../format';
import type { Translation } from '../translation';

export const comparing: Translation<typeof english> = {
  parts: '“对比与压缩”的各部分',
  part: { outputs: '输出', variants: '变体', structure: '结构', runtimes: '运行时' },
  makeAndCompare: '生成并对比',
  selectionInBoth: 'A 和 B 中的选中项',
  selectionIn: (letter) => `${letter} 中的选中项`,
  nothingIn: (letter) => `${letter} 中没有与之对应的内容。`,
  heading: '对比输出',
  comparison: (name) => `与 ${name} 对比`,
  comparedOn: (inputs, configuration) => `已在 ${formatCount(inputs)} 个输入上对比，${configuration}。`,
  tables: '数据表：各模型的开销、每个输出的误差、逐层误差',
  named: (what, text) => `${what}：${text}`,
  setUp: '当前设置的输入',

  pair: {
    label: '对比对象',
    reference: 'A，作为基准',
    other: 'B，与基准对比',
    swap: '交换 A 和 B',
    open: '已打开的模型',
    variants: 'A 的变体',
    recipes: '按方案由 A 生成',
  },

  answer: {
    model: '模型',
    size: '大小',
    latency: '延迟中位数',
    awaited: (name) => `${name}，当前设置的输入`,
    preview: (expected) => `<strong>图片上会有一条分隔线，两侧分别是 A 和 B 的结果。</strong>两个模型使用同一输入运行，然后交替计时；大小、延迟和一致性会列在图片旁边。${expected}`,
    madeFirst: (purpose) => `先用当前设置的输入或下方的样本由 A 生成 B。${purpose}`,
    line: '两个结果之间的分隔线',
    lineAt: (percent, left, right) => `图片的 ${percent} % 显示 ${left} 的结果，其余显示 ${right} 的结果`,
  },

  settings: {
    latency: '交替测量并对比延迟',
    latencies: { setup: '按当前设置', all: '两个快速运行时，单线程和全部线程', none: '不测量' },
    flagAbove: '标记 MSE 超过此值的输出（输出单位的平方）',
    configurations: (outputs, latencies) => `输出：${outputs}，在“概览”中选择。${latencies.length > 1 ? `延迟：${latencies.join('；')}。` : ''}`,
    further: '同时与 A 对比',
  },

  files: {
    legend: '输入',
    setUp: '“概览”中设置的输入',
    chosen: (files) => `${formatCount(files)} 个文件`,
    labelled: (files, classes, by, unlabelled) => `${formatCount(files)} 个文件，${by} ${formatCount(classes)} 个类别${unlabelled > 0 ? `，${formatCount(unlabelled)} 个没有标签` : ''}`,
    labelledBy: { folders: '按文件夹分为', CSV: 'CSV 标注了', numbers: '标签列表标注了' },
    unused: (files) => `已忽略 ${formatCount(files)} 个其他类型的文件。`,
    unknownRows: (rows) => `CSV 中有 ${formatCount(rows)} 行所指的文件不在所选文件中。`,
    pictures: '图片…',
    rows: 'CSV、文本或 .npy…',
    hintRows: '也可以将文件拖放到这里：表格（CSV）的各行，文本模型则为每行一个句子，可带标签列；或者一个数组（.npy）加一个行数相同的标签文本文件。所有数据都不会离开你的设备。',
    folder: '文件夹…',
    testSet: '模型自带的测试集',
    backToSetUp: '当前设置的输入',
    hint: '也可以将文件拖放到这里。标签可以来自：每个类别一个文件夹；包含 file 和 label 两列的 CSV；或者一个数组（.npy）加一个行数相同的文本文件。所有数据都不会离开你的设备。',
    labelsAlone: '只有标签表：请先选择表中列出的图片。',
    nothingToRun: (files) => `${formatCount(files)} 个文件，其中没有图片或 .npy。`,
  },

  samples: {
    heading: '输入',
    order: '排序',
    orders: { disagreement: '分歧，从大到小', error: 'SQNR，从低到高', name: '名称' },
    input: '输入',
    label: '标签',
    agreement: '一致性',
    lowest: '最低 SQNR，dB',
    greatest: '最大误差',
    answer: (label, score) => `${label}，${score}`,
    both: (name) => `${name}，两个模型的结果`,
    unknown: '没有可绘制的内容：不知道输出的含义。',
    none: '没有结果。',
  },

  live: {
    heading: '实时并排对比',
    noPictures: '只有以图片为输入的模型才能处理视频帧。',
    stop: '停止',
    starting: '正在启动',
    hint: '两个模型同时处理相同的帧，较快的会等待较慢的。由于共用处理器，二者都比单独运行时慢：要对比延迟，请看上方的交替测量。所有数据都不会离开你的设备。',
    frame: (name) => `最新一帧及 ${name} 的检测结果`,
    invoke: '单次推理，中位数',
    latency: '从采集到显示，中位数',
    rate: '每秒帧数',
    shown: '已显示帧数',
  },
};
