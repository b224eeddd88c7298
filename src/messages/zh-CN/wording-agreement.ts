import type { wordingAgreement as english } from '../en/wording-agreement';
import { formatCount } from '../format';
import type { Translation } from '../translation';

const alone = (missing: number, extra: number) => (missing + extra === 0 ? '没有仅一方找到的' : `仅基准找到 ${formatCount(missing)} 个，仅此模型找到 ${formatCount(extra)} 个`);
const of = (inputs: number) => (inputs === 1 ? '' : `（${formatCount(inputs)} 个输入）`);

export const wordingAgreement: Translation<typeof english> = {
  alone,

  classes: ({ inputs, best, bestShare, bestFive, bestFiveShare }) =>
    `${formatCount(inputs)} 个输入中有 ${formatCount(best)} 个最佳类别相同（${bestShare}）；有 ${formatCount(bestFive)} 个的基准最佳类别在前五之内（${bestFiveShare}）。`,
  noBox: '双方都没有检测框。',
  noCommonBox: (missing, extra) => `没有共同的检测框：${alone(missing, extra)}。`,
  boxes: ({ matched, missing, extra, mean, worst, points }) => `共同的检测框 ${formatCount(matched)} 个，${alone(missing, extra)}。IoU 平均 ${mean}，最差 ${worst}；得分最多相差 ${points} 个百分点。`,
  instances: ({ matched, missing, extra, mean, worst, points }) => `共同的物体 ${formatCount(matched)} 个，${alone(missing, extra)}。掩码 IoU 平均 ${mean}，最差 ${worst}；得分最多相差 ${points} 个百分点。`,
  masks: (inputs, mean, worst) => `掩码 IoU 平均 ${mean}${of(inputs)}，最差 ${worst}。`,
  classMaps: ({ inputs, mean, worst, same }) => `各类别的 IoU 平均 ${mean}${of(inputs)}，最差 ${worst}；${same} 的像素类别相同。`,
  landmarks: ({ inputs, mean, greatest, points }) => `关键点平均相距目标尺寸的 ${mean}${of(inputs)}，最多 ${greatest}；其概率最多相差 ${points} 个百分点。`,
  noBody: '双方都没有人体。',
  noCommonBody: (missing, extra) => `没有共同的人体：${alone(missing, extra)}。`,
  bodies: ({ matched, missing, extra, mean, worst, points }) => `共同的人体 ${formatCount(matched)} 个，${alone(missing, extra)}。各点平均相距人体尺寸的 ${mean}，最多 ${worst}；得分最多相差 ${points} 个百分点。`,
  texts: ({ inputs, same, sameShare, errors }) => `文本相同的输入有 ${formatCount(same)} / ${formatCount(inputs)} 个（${sameShare}）${errors === null ? '' : `；与基准不同的字符占 ${errors}`}。`,
  embeddings: (inputs, mean, worst) => `嵌入向量的余弦相似度平均 ${mean}${of(inputs)}，最差 ${worst}。`,
  depths: (inputs, mean, worst) => `深度平均相差远近范围的 ${mean}${of(inputs)}，最差 ${worst}。`,
  pictures: (inputs, mean, worst) => `颜色平均相差其范围的 ${mean}${of(inputs)}，最差 ${worst}。`,

  sameClass: '类别相同',
  amongFive: '类别不同，但在前五之内',
  otherClass: '类别不同',
  nothingFound: '双方都未找到',
  iou: (iou) => `IoU ${iou}`,
  iouAndAlone: (iou, missing, extra) => `IoU ${iou}；${alone(missing, extra)}`,
  apart: (distance) => `相距 ${distance}`,
  apartAndAlone: (distance, missing, extra) => `相距 ${distance}；${alone(missing, extra)}`,
  sameText: '文本相同',
  edits: (edits, characters) => `${formatCount(characters)} 个字符中有 ${formatCount(edits)} 处编辑`,
  cosine: (cosine) => `余弦相似度 ${cosine}`,
  nearnessApart: (difference) => `深度相差 ${difference}`,
  coloursApart: (difference) => `颜色相差 ${difference}`,
};
