import type { sharing as english } from '../en/sharing';
import { formatCount } from '../format';
import type { Translation } from '../translation';

export const sharing: Translation<typeof english> = {
  menu: '分享与导出',
  copyLinkHint: '复制携带报告的链接',
  copyLink: '复制链接',
  qr: '二维码',
  hideQr: '隐藏二维码',
  png: '图片，PNG',
  json: '报告，JSON',
  qrHint: '携带此报告的链接的二维码',
  qrCaption: '用手机扫码即可打开此报告，并在手机上重跑。二维码容量小于链接：采样和较快的算子可能被略去。',

  msMedian: 'ms，中位数',
  mean: '平均值 ± 标准差',
  p5ToP95: 'p5 至 p95',
  range: (low, high) => `${low} 至 ${high}`,
  first: '首次推理',
  runs: '次数',
  runsAfter: (runs, warmUp) => `${runs} 次，预热 ${warmUp} 次`,
  moreRows: (rows) => `另有 ${formatCount(rows)} 行`,
  benchmark: '基准测试',
  models: (models) => `${formatCount(models)} 个模型`,
  cores: (cores) => `${formatCount(cores)} 核`,
};
