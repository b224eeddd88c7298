import type { golden as english } from '../en/golden';
import type { Translation } from '../translation';

export const golden: Translation<typeof english> = {
  noArchive: '它不是 zip 压缩包，或已损坏。',
  missingFile: (file) => `其中没有 ${file}。`,
  damagedFile: (file) => `其中的 ${file} 已损坏。`,
  damagedTensor: (file, reason) => `其中的 ${file} 已损坏：${reason}`,
  otherTensor: (file, found, told) => `${file} 中是 ${found}，而 run.json 写的是 ${told}。`,
  noJson: (file) => `其中的 ${file} 不是 JSON。`,
  noRun: '其中的 run.json 描述的是别的内容。',
  wrongPlace: (place) => `其中 run.json 的 ${place} 不符合要求。`,
  newer: (version, known) => `它是第 ${version} 版，此 Litescope 支持第 ${known} 版。`,
  needsModel: (name, sha256) => `它由「${name}」产生，SHA-256 为 ${sha256}。`,
  stateInside: (step) => `这次运行是一个自带变量的模型的第 ${step} 步。`,
  noInputsKept: '这次运行没有保留输入。',

  save: '保存此次运行',
  saveHint: '一个文件，包含输入、输出和预处理，以及用 Python、JavaScript 和 Kotlin 填充输入的程序，用来找出应用的差异。将它拖到页面上即可重放。',
  saved: '已保存此次运行。将文件拖到页面上即可重放。',
  heading: (file) => `重放 ${file}`,
  asSetUp: '按当前设置重放',
  close: '关闭',
  savedOn: (saved) => `保存时：${saved}`,
  ranOn: (now) => `此次运行：${now}`,
  sameOutputs: (outputs) => (outputs === 1 ? '输出逐位相同。' : `全部 ${outputs} 个输出逐位相同。`),
  sameAsSaved: (output) => `「${output}」逐位相同。`,
  differs: ({ output, greatest, share, mean, differing, elements, first }) =>
    `「${output}」的 ${elements} 个元素中有 ${differing} 个不同：最大相差 ${greatest}（其取值范围的 ${share}），平均相差 ${mean}；第一处在 [${first}]。`,
  otherForm: (output, saved, now) => (now === null ? `「${output}」（${saved}）已不存在。` : `「${output}」原为 ${saved}，现为 ${now}。`),
  expected: (sameConfiguration) => (sameConfiguration
    ? '运行时、构建版本和线程数都与保存时相同：结果应当相同。'
    : '其他运行时、构建版本或线程数的累加顺序不同：相差取值范围的百万分之一左右属于舍入误差。'),
};
