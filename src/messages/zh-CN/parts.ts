import type { parts as english } from '../en/parts';
import { formatCount, formatDuration } from '../format';
import type { Translation } from '../translation';

const listed = { rows: '行', ops: '算子', layers: '层', activations: '激活值', labels: '标签', channels: '通道' };
const counters = { rows: '行', ops: '个', layers: '层', activations: '个', labels: '个', channels: '个' };
const available = (is: boolean) => (is ? '可用' : '不可用');

export const parts: Translation<typeof english> = {
  starting: '正在开始',
  cancel: '取消',
  cancelled: '已取消。此前的测量结果保留。',
  cancelledLook: '已取消，未计算任何内容。',
  left: (seconds) => `，约剩 ${formatDuration(seconds)}`,
  preview: '预览',
  table: '表格',

  copied: '已复制。',
  copyRefused: '浏览器不允许此页面复制。',
  savedAsNpy: (tensor) => `${tensor} 已保存为 .npy。`,
  downloadNpy: (tensor) => `将 ${tensor} 下载为 .npy`,
  asStored: '按存储的原始数据，供 NumPy 使用',

  where: '位置：',
  whatToDo: '怎么办：',
  dismiss: (title) => `关闭：${title}`,
  titled: (title, details) => `${title}：${details}`,
  anyRuntime: '换任意运行时重试',
  oneThread: '用 1 个线程重试',
  again: '重试',
  showGallery: '打开模型库',

  promise: '数据不会离开你的设备。',
  keptFiles: (files) => `此浏览器保留了 ${formatCount(files)} 个拖入的文件，供重新加载时使用。`,
  forget: '清除',
  kept: '保存在此设备上的内容',
  offers: '此浏览器的能力',
  isolation: (isolated, threads) => `${isolated ? '已跨源隔离' : '未跨源隔离'}，多线程${threads ? '已启用' : '已关闭'}`,
  simd: { relaxed: 'relaxed SIMD', plain: 'SIMD', none: '无 SIMD' },
  byteProducts: (are) => `8 位点积${available(are)}`,
  byteProductsHint: '保留全部位数的字节乘加，LiteRT 的快速 int8 依赖它：Arm 和带 VNNI 的 x86 具备',
  cores: (cores) => `${formatCount(cores)} 核`,
  available: (name, is) => `${name} ${available(is)}`,
  sentences: (title, hint) => `${title}。${hint}`,
  fetchedAgain: (fault, count, hint) => `${fault}：此页面有 ${formatCount(count)} 个文件不得不再次下载。${hint}`,
  appearance: '外观',
  themes: { system: '跟随系统', light: '浅色', dark: '深色' },
  language: '语言',

  paddingCleared: (layers, denormals) =>
    `已清除 LiteRT 在 ${formatCount(layers)} 层打包权重的空闲通道中留下的数据${denormals > 0 ? `，其中 ${formatCount(denormals)} 个非规格化浮点数会拖慢运行` : ''}。`,
  paddingUnknown: (layers) => `LiteRT 这次加载后可能比其他加载慢：它会在 ${formatCount(layers)} 层的权重之间留下极小的数值，而 Litescope 没能找到位置来清除。结果不受影响；耗时是否受影响，可用基准测试检查。`,

  previous: '上一页',
  next: '下一页',
  pagesOf: (what) => `${listed[what]}分页`,
  pageOf: (what, first, last, total) => `第 ${formatCount(first)} 至 ${formatCount(last)} ${counters[what]}${what === 'rows' || what === 'layers' ? '' : listed[what]}，共 ${formatCount(total)} ${counters[what]}`,
  elements: (first, count, total) => (count === 0 ? `没有值，共 ${formatCount(total)} 个` : `第 ${formatCount(first)} 至 ${formatCount(first + count - 1)} 个元素，共 ${formatCount(total)} 个`),
  index: '索引',
  position: '位置',
  stored: '存储值',
  value: '值',
};
