import type { tensor as english } from '../en/tensor';
import type { Translation } from '../translation';

export const tensor: Translation<typeof english> = {
  otherForm: (file, tensor) => `文件内容为 ${file}，张量为 ${tensor}。`,
  cannotHold: (element, value, type) => `文件中下标为 ${element} 的元素是 ${value}，${type} 无法表示。`,
  otherSize: (bytes, tensor, expected) => `文件有 ${bytes} 字节，张量 ${tensor} 需要 ${expected} 字节。`,
  notANumber: (element) => `下标为 ${element} 的元素不是数值（NaN），整数类型无法表示。`,
  otherCount: (values, tensor, expected) => `有 ${values} 个数值，而 ${tensor} 需要 ${expected} 个。`,
  beyond: (place, value, lowest, highest) => `第 ${place} 个数值是 ${value}，而该输入的缩放系数和零点只能表示 ${lowest} 到 ${highest}。`,
  typeCannotHold: (place, value, type) => `第 ${place} 个数值是 ${value}，${type} 无法表示。`,
  noNumber: (written, place) => (written === '' ? `第 ${place} 个数值是空的。` : `「${written}」（第 ${place} 个）不是数字。`),
  noRange: (from, to) => `随机值的范围不能是 ${from} 到 ${to}。`,
  wrongLength: (tensor, expected, bytes) => `${tensor} 需要 ${expected} 字节，实际为 ${bytes} 字节。`,
  wrongScales: (scales, dimension, shape) => `${shape} 的维度 ${dimension} 上有 ${scales} 个缩放系数。`,
  noSteps: (array, tensor) => `${array} 没有可供 ${tensor} 逐步运行的时间轴：不一致的维度多于一个，或都不匹配。`,
  unevenSteps: (array, length, each) => `${array} 的时间长度为 ${length}，不是模型每步所取 ${each} 的整数倍。`,
  npy: {
    tooFewBytes: (array, expected, bytes) => `${array} 需要 ${expected} 字节，文件只有 ${bytes} 字节。`,
    otherLength: (array, bytes) => `${array} 的大小不是 ${bytes} 字节。`,
    noSamples: (array, shape) => `${array} 中没有形状为 ${shape} 的样例。`,
    fortranSamples: 'Fortran 顺序的数组中，样例不连续存放；改用 C 顺序保存。',
    samplesTooShort: (samples, expected, bytes) => `${samples} 个样例需要 ${expected} 字节，文件只有 ${bytes} 字节。`,
    noSignature: '文件开头不是 NumPy 的标识。',
    unknownFormat: (version) => `未知的格式版本 ${version}。`,
    headerCutOff: '文件头不完整。',
    headerTooLong: (bytes) => `文件头有 ${bytes} 字节，太长。`,
    noDictionary: '文件头不是字典。',
    noPlainNumbers: '文件头描述的不是普通的数值数组。',
    unusableType: (type) => `无法使用 ${type} 类型的元素。`,
    noShape: (tuple) => `${tuple} 不是形状。`,
    tooLarge: (shape) => `${shape} 太大。`,
  },
};
