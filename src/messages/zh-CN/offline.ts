import type { offline as english } from '../en/offline';
import type { Translation } from '../translation';

export const offline: Translation<typeof english> = {
  kept: '保存在此设备上的内容',
  what: '内容',
  size: '大小',
  clear: '清除',
  clearKind: (title) => `清除：${title}`,
  cleared: (title) => `${title}：已清除。`,
  kinds: {
    page: { title: '页面', about: '及其 Worker' },
    runtimes: { title: '运行时', about: '用过的' },
    models: { title: '模型库模型', about: '打开过的' },
    runs: { title: '记录', about: '测量过的' },
    dropped: { title: '拖入的文件', about: '供重新加载' },
  },
  room: (room, persistent) => `此页面在此设备上最多可用 ${room}。${persistent ? '浏览器会一直保留，直到被清除。' : '空间不足时，浏览器可能自行清除。'}`,
  keepAll: '离线可用',
  keepAllOf: (size) => `离线可用：${size}`,
  keepAllHint: '此浏览器能用的运行时，以及模型库的全部模型。用过的内容会自动保留。',
  keeping: (done, total) => `正在保存：${done} / ${total}`,
  allKept: '没有网络也能使用全部功能。',
  notInstalled: '无法安装 Service Worker。',

  reload: '重新加载',
  reloadComes: '此主机没有发送隔离响应头。页面稍后会重新加载一次，以启用多线程。',
  reloadHelps: '此主机没有发送隔离响应头。重新加载即可启用多线程。',
  newer: '有新版本。',
  reloadNow: '立即重新加载',
  threadsOn: '页面已重新加载一次：多线程已启用。',

  sharedFile: '分享来的文件',
  noneArrived: '没有收到文件：此浏览器可能没有足够的空间。',
};
