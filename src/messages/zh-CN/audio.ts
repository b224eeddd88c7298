import type { audio as english } from '../en/audio';
import { formatCount, formatDuration } from '../format';
import type { Translation } from '../translation';

const rate = (sampleRate: number): string => `${formatCount(sampleRate)} Hz`;

export const audio: Translation<typeof english> = {
  noWav: '文件开头不是 WAV 格式。',
  noFormat: 'WAV 文件没有说明采样的存储格式。',
  noSamples: 'WAV 文件中没有采样。',
  unknownCoding: (code, bits) => `不支持此 WAV 文件的采样编码（编号 ${code}，${bits} 位）；可读取 8 到 32 位整数和浮点数。`,
  impossible: (channels, sampleRate, bits) => `WAV 文件的声明不成立：${channels} 个声道，${bits} 位，${rate(sampleRate)}。`,
  tooLong: (seconds) => `声音长 ${formatDuration(seconds)}，超出可读取的长度。截取需要的部分再试。`,
  noDecoder: '不是 WAV 文件，此浏览器也无法解码。',
  noMicrophoneAccess: '此页面在这里无法使用声音。',
  soundDoesNotStart: '浏览器没有启动声音：没有可用的声音设备，或在等待页面上的一次点击。',
  microphoneLost: '麦克风已断开，或权限已被收回。',
  startsBehind: (start, duration) => `窗口从 ${formatDuration(start)} 开始，而声音在 ${formatDuration(duration)} 就结束了。`,
  noRows: (tensor, elements, width) => `输入「${tensor}」有 ${formatCount(elements)} 个元素，不能由每行 ${formatCount(width)} 个值填满。`,
  resampled: (from, to) => `已从 ${rate(from)} 重采样到模型的 ${rate(to)}。`,
  mixed: (channels) => `${channels} 个声道已混合为单声道。`,
  padded: (seconds) => `比模型的窗口短：末尾补了 ${formatDuration(seconds)} 的静音。`,
};
