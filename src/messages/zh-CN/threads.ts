import type { threads as english } from '../en/threads';
import type { Translation } from '../translation';

export const threads: Translation<typeof english> = {
  unreadableMessage: '有一条消息无法读取。',
  partNotLoaded: '此页面的一部分无法加载。',
  noReason: 'Worker 没有给出原因。',
  noSignOfLife: (seconds) => `${seconds} 秒没有响应。`,
};
