import type { numbers as english } from '../en/numbers';
import type { Translation } from '../translation';

export const numbers: Translation<typeof english> = {
  equal: '相等',
  free: '任意',
  scalar: '标量',
  seconds: (seconds) => `${seconds} 秒`,
  minutes: (minutes, seconds) => `${minutes} 分 ${seconds} 秒`,
};
