import type { text as english } from '../en/text';
import type { Translation } from '../translation';

export const text: Translation<typeof english> = {
  noWords: '它不是每行一个词的词表。',
  lacks: (word) => `词表中没有表示未知词的 ${word}。`,
  noPattern: (pattern) => `用于分词的「${pattern}」不是正则表达式。`,
  noSentencePiece: '它不是 SentencePiece 模型，或文件不完整。',
  otherAlgorithm: '它是按整词或按字符切分的 SentencePiece 模型；只支持 unigram 和 BPE。',
  notUnpacked: '它以压缩形式附在模型之后，但无法解压。',
  unknownKind: '其中没有 WordPiece 的 [UNK]，也没有 Model Maker 正则分词器的 <UNKNOWN>，也不是 SentencePiece 模型。',
  tooManySentences: (given, most) => `有 ${given} 个句子，而模型只接受${most === 1 ? '一个' : '一个或两个'}。`,
  noToken: '文本中没有可供词表查找的内容。',
  beyondTable: (size, rows) => `词表有 ${size} 个词，而模型的嵌入表只有 ${rows} 行：这个词表属于另一个模型。`,
};
