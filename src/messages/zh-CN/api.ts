import type { api as english } from '../en/api';
import type { Translation } from '../translation';

export const api: Translation<typeof english> = {
  missing: (place) => `缺少${place}。`,
  missingAndWanted: (place, wanted) => `缺少${place}，应为 ${wanted}。`,
  notWanted: (place, given, wanted, nearest) => `${place}为 ${given}，应为 ${wanted}${nearest === null ? '' : `；可能是指 ${nearest}`}。`,
  noSuchKey: (place, key, nearest) => `${place}没有“${key}”；可能是指“${nearest}”。`,
  unknownKey: (place, key, known) => `${place}没有“${key}”${known.length === 0 ? '' : `，只有 ${known.map((each) => `“${each}”`).join('、')}`}。`,
  oneOf: (choices) => choices.join(' 或 '),
  objectWith: (methods) => `带有 ${methods.join(' 和 ')} 的对象`,
  wholeNumber: '整数',
  finiteNumber: '有限的数',
  regularExpression: '正则表达式',

  noPicture: (input) => `输入“${input}”看起来不是图片；需说明如何把图片转换成它（preprocessing）。`,
  noSound: (input) => `输入「${input}」不像声音输入；需指定如何预处理。`,
  noVocabulary: (input) => `输入「${input}」接收数字，而文件没有指明把文本变成数字的分词器。`,
  twoMeanings: ({ input, type, model, otherType, otherModel }) => `输入“${input}”在“${model}”中是 ${type}，在“${otherModel}”中是 ${otherType}：需为每个模型分别给出输入。`,
  inputsOfStranger: (id, models) => `给出了“${id}”的输入，但它不在这些模型之中：${models.map((model) => `“${model}”`).join('、')}。`,
  rawOfOtherType: ({ input, type, other, otherType }) => `输入“${input}”以 ${type} 的原始元素给出，而“${other}”需要 ${otherType}：应改用带有数据类型的数组（.npy）。`,
  sample: (number) => `输入 ${number}`,

  notOpen: (id) => `没有打开模型“${id}”。`,
  noGalleryModel: (asked, near) => `没有“${asked}”。${near.length === 0 ? '' : `最接近的是 ${near.join('、')}。`}`,
  closedBefore: (model) => `“${model}”在运行之前已被关闭。`,
  rewritten: (model) => `${model}（已改写）`,
  quantized: (model) => `${model}（已量化）`,
  notBefore: (detector, model) => `「${detector}」的检测结果不能作为「${model}」的输入区域。`,
};
