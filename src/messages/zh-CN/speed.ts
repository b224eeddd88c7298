import type { speed as english } from '../en/speed';
import type { Translation } from '../translation';

export const speed: Translation<typeof english> = {
  parts: '速度的各部分',
  titles: { benchmark: '分布', ops: '算子', threads: '线程', roofline: '为什么慢' },
};
