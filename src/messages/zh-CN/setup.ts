import type { setup as english } from '../en/setup';
import { formatCount } from '../format';
import type { Translation } from '../translation';

const fits = { crop: '裁剪', letterbox: '加黑边', stretch: '拉伸' };
const channels = { rgb: 'RGB', bgr: 'BGR', gray: '灰度' };

export const setup: Translation<typeof english> = {
  heading: '输入和配置',
  byItself: '打开模型时自动运行',

  signature: {
    label: '签名',
    unnamed: (number) => `签名 ${number}`,
    size: (input) => `<input>${input}</input> 的大小，任意维度可自行设定`,
    dimension: (input, axis) => `${input}，维度 ${axis}`,
  },

  input: {
    label: '输入',
    kinds: { image: '图片', random: '随机', zeros: '全零', file: '文件' },
    picture: (name) => `输入：${name}`,
    noPicture: '还没有图片',
    choose: '选择…',
    sample: '样例',
    dropHint: '或拖放、粘贴图片',
    seed: '种子',
    from: '下限',
    to: '上限',
    files: '.npy，或小端序的原始元素（.bin）',
    file: (name, size) => `${name}，${size}`,
    noPictureChosen: (input) => `输入「${input}」还没有图片。请选择一张。`,
    noFileChosen: (input) => `输入「${input}」还没有文件。请选择一个。`,
    samples: { photo: '样例照片', digit: '样例数字', hand: '样例手部', body: '样例人体' },
  },

  inputs: {
    noPicture: '尚未选择的图片',
    noFile: '尚未选择的文件',
    random: (seed) => `随机数值（种子 ${seed}）`,
    zeros: '全零',
    none: '无输入',
    several: (inputs) => inputs.map(({ what, name }) => `${what}（作为「${name}」）`).join('、'),
  },

  drawing: {
    label: '画板：用指针绘制，或用方向键和空格键',
    pen: (down, column, row, places) => `画笔${down ? '落下' : '抬起'}，第 ${column} 列（共 ${places}），第 ${row} 行（共 ${places}）`,
    hint: '在此绘制',
    clear: '清除',
    impossible: '没有可用于绘制的画布。',
  },

  preprocessing: {
    summary: (fit, channel, values) => `预处理：${fits[fit]}，${channels[channel]}，${values ?? '像素值'}`,
    formula: (mean, std) => `(像素 − ${mean}) ÷ ${std}`,
    fields: { fit: '适配', resize: '缩放', channels: '通道', layout: '布局' },
    fit: { crop: '裁剪填满', letterbox: '加黑边', stretch: '拉伸' },
    resize: { auto: '自动', bilinear: '双线性', area: '区域平均' },
    channels,
    layout: { nhwc: 'NHWC', nchw: 'NCHW' },
    values: '数值',
    normalise: '归一化：(像素 − mean) ÷ std',
    pixels: '像素值本身',
    mean: '均值（mean），一个或每个通道一个',
    std: '标准差（std），一个或每个通道一个',
    back: '恢复模型的默认值',
  },

  decoding: {
    label: '输出显示为',
    automatic: (task) => `自动：${task}`,
    noTask: '仅张量',
    none: '仅张量',
    presets: {
      classification: '类别，前 5 个',
      'face-short-range': '人脸检测，近距离',
      'face-full-range': '人脸检测，全距离',
      'selfie-segmentation': '自拍分割',
      'hand-landmarks': '手部关键点',
      'pose-landmarks': '姿态关键点',
      'object-detection': '物体检测框（SSD）',
      'yolo-v8': '物体检测框（YOLO v8、v9、11、12）',
      'yolo-v5': '物体检测框（YOLO v5、v7）',
      'yolo-final': '物体检测框（YOLO v10、26，自带 NMS）',
      'yolo-segmentation': '带掩码的物体（YOLO）',
      'yolo-pose': '人体关键点（YOLO）',
      'yolo-oriented': '旋转框（YOLO）',
      'key-points': '人体关键点（MoveNet）',
      segmentation: '分割图',
      image: '图片',
    },
    tasks: {
      classification: '类别',
      'face-detection': '人脸',
      'selfie-segmentation': '人像掩码',
      'hand-landmarks': '手部关键点',
      'pose-landmarks': '姿态关键点',
      'object-detection': '物体',
      'yolo-detection': '物体',
      'yolo-segmentation': '带掩码的物体',
      'yolo-pose': '人体关键点',
      'yolo-oriented': '旋转框',
      'key-points': '人体关键点',
      segmentation: '分割图',
      image: '图片',
    },
  },

  labels: {
    own: (file, labels) => `${file}，${formatCount(labels)} 个标签`,
    forget: '移除',
    open: '标签文件…',
    form: '每行一个，.txt 或 .csv',
    ofModel: (labels) => `模型自带 ${formatCount(labels)} 个标签`,
    question: (lines, file, model) => `将 ${file} 的 ${formatCount(lines)} 行用作 ${model} 的标签？`,
    first: (labels, more) => `${labels.join('、')}${more ? '…' : ''}`,
    use: '使用',
    not: '不使用',
    used: (file) => `标签已改用 ${file}。`,
    noClasses: (file, task) => `${file} 在此没有可命名的类别：输出显示为${task}，不是类别。`,
    tooLarge: (file) => `${file} 太大，不像是标签列表。`,
    noText: (file) => `${file} 不是文本。`,
    empty: (file) => `${file} 中没有标签。`,
    ofFiles: (file) => `${file} 是文件列表：请在“对比与压缩”中与它列出的文件一起选择。`,
    unfit: (file, lines, classes) => `${file} 有 ${formatCount(lines)} 行，而模型区分 ${classes.map(formatCount).join(' 或 ')} 个类别。`,
  },

  runtime: {
    label: '运行时',
    accelerator: '加速后端',
    threads: '线程',
    auto: '自动',
    unavailable: (accelerator) => `${accelerator}，不可用`,
    kernels: '在 TensorFlow.js 内核上逐个算子运行计算图：速度慢，但可作为第三方参照，检验其他运行时的融合、折叠和委托；也是唯一能给出每个中间张量的运行时：在“计算图”或“算子”中选择张量即可查看。它在 WebAssembly 上的浮点运算同样来自 XNNPACK，在纯 JavaScript 中则不是。',
    noThreads: (title, hint) => `${title}。${hint}`,
    more: '更多设置',
    watchdog: '会话无响应多少秒后结束（0 表示从不）',
    off: (accelerator, reason) => `${accelerator} 已关闭：${reason}`,
  },

  values: {
    question: (file) => `${file} 用于哪个输入？`,
    none: '都不是',
  },
};
