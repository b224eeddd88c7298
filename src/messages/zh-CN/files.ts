import type { files as english } from '../en/files';
import type { Translation } from '../translation';

export const files: Translation<typeof english> = {
  folder: '该文件夹',
  separator: '、',
  dropMore: '拖入模型、图片、标签（.txt、.csv）、输入值（.npy、.bin）或运行存档（.zip）',
  dropModels: '拖入 .tflite 模型，也可以附带一张图片',
  jsonElsewhere: (names) => `${names}：JSON 文件请拖到对应的地方，运行记录到“记录”，算子数值到“计算图”，量化方案到“对比与压缩”。`,
  early: (names) => `${names}：这类文件属于某个模型。请先打开模型，再拖入一次。`,
  noModelInFolder: '该文件夹中没有模型。文件夹中的图片是“对比与压缩”的样例：请拖到那里。',
  pictureForNext: (picture) => `${picture} 将作为下一个接受图片的模型的输入。`,
  pictureNotUsed: (picture, model) => `未使用 ${picture}：${model} 不接受图片输入。`,
  soundEarly: (sound) => `${sound} 是模型的输入：先打开一个接收声音的模型。`,
  soundTaken: (sound) => `输入声音已换成 ${sound}。`,
  soundNotUsed: (sound, model) => `未使用 ${sound}：${model} 不接收声音。`,
  pictureTaken: (picture) => `${picture} 已设为输入图片。`,
  vocabularyTaken: (file) => `${file} 已设为词表。`,
  valuesTaken: (file, tensor) => `${file} 已设为输入“${tensor}”。`,
};
