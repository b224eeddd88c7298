import type { history as english } from '../en/history';
import type { Translation } from '../translation';

export const history: Translation<typeof english> = {
  nothing: '空',
  runOf: (model, others, rows) => `${model}${others > 0 ? `等 ${others + 1} 个模型` : ''}${rows > 0 ? `，${rows} 行` : ''}`,
  tooLarge: (bytes, most) => `文件有 ${bytes} 字节，超过上限 ${most} 字节。`,
  noJson: '文件不是 JSON。',
  theFile: '文件',
  noRun: (index, count) => `没有记录 ${index}，一共 ${count} 条。`,
};
