import type { frame as english } from '../en/frame';
import { formatCount, formatDuration } from '../format';
import type { Translation } from '../translation';

export const frame: Translation<typeof english> = {
  activities: {
    run: '运行',
    rows: '批量运行',
    benchmark: '测速',
    compare: '对比配置',
    sweep: '测试线程数',
    why: '分析慢在哪里',
    profile: '逐算子计时',
    'cross-check': '交叉检查运行时',
    outputs: '对比输出',
    layers: '逐层对比',
    look: '读取张量',
    variant: '生成变体',
    overview: '初步测量',
  },
  activity: (title, model) => `${title}：${model}`,
  activityHint: (title, model, progress, givesWay) =>
    `${title}：${model}。${progress}。${givesWay ? '你启动其他操作时它会让路。' : '同一时间只测量一项，否则结果会受干扰。'}`,
  activityProgress: (model, percent, left_s) =>
    `${model}${percent === null ? '' : `，${percent} %`}${left_s === undefined ? '' : `，约剩 ${formatDuration(left_s)}`}`,
  cancelActivity: (title) => `取消：${title}`,
  cancel: '取消',
  goesOn: (title) => `正在${title}，此时开始会影响其结果。`,

  licence: '许可证',
  source: '来源',
  author: '作者',
  version: '版本',
  size: '大小',
  bytes: (bytes) => `${formatCount(bytes)} 字节`,
  copyDigest: '复制 SHA-256',
  origin: '许可证、来源和 SHA-256',
  precision: '精度',
  in: '输入',
  out: '输出',
  graph: '计算图',
  graphSize: (ops, tensors, subgraphs) => `${formatCount(ops)} 个算子，${formatCount(tensors)} 个张量${subgraphs > 1 ? `，${subgraphs} 个子图` : ''}`,

  runs: '记录',
  share: '分享',
  shareModel: (model) => `分享 ${model}`,
  nothingToShare: '还没有可以分享的测量结果。',
  whatIsShared: (median, configuration) => `每次推理 ${median}，${configuration}：链接携带全部数据，打开的人可以在自己的设备上重跑同样的测试。`,
  copyAddressHint: '复制此模型和视图的地址',
  copyAddress: '复制模型地址',
  fileStays: '文件本身留在你的设备上：链接只用 SHA-256 指明它，打开时再要求提供该文件。',

  viewsOfModel: '模型视图',
  views: { overview: '概览', live: '实时', speed: '速度', graph: '计算图', compare: '对比与压缩' },
  graphOrList: '图或列表',
  drawing: '图形',
  list: '算子列表',

  run: '运行',
  stop: '停止',
  startCamera: '打开摄像头',
  startMicrophone: '打开麦克风',
  noPictures: '此模型不接受图片输入。',
  measureAll: '全部测量',
  timeOps: '逐算子计时',
  timeOpsAgain: '重新逐算子计时',
  compare: '对比',
};
