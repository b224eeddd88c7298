import type { recognition as english } from '../en/recognition';
import type { Translation } from '../translation';
import { formatCount } from '../format';

const shaped = (shape: readonly number[]) => `[${shape.join(', ')}]`;

export const recognition: Translation<typeof english> = {
  families: {
    moveNetSingle: 'MoveNet，单人',
    moveNetMulti: 'MoveNet，多人',
    poseNet: 'PoseNet',
    handLandmarks: 'MediaPipe 手部关键点',
    poseLandmarks: 'MediaPipe 姿态关键点',
    faceMesh: 'MediaPipe 人脸网格',
    faceMeshWithIrises: 'MediaPipe 人脸网格（含虹膜）',
    attentionMesh: 'MediaPipe 人脸网格（带注意力）',
    boxInSpace: 'MediaPipe Objectron 三维包围框',
    iris: 'MediaPipe 虹膜',
    depth: '深度估计',
    classMap: '分割',
    superResolution: (factor) => `超分辨率，${factor} 倍`,
    styleTransfer: '风格迁移',
    style: '图片风格（用于风格迁移）',
    pictureMaker: '图片到图片',
    textLine: '文本行识别',
    embedding: '嵌入向量',
    classes: '分类器',
    yolo: (task, model) => `${model} ${{ detect: '目标检测', segment: '实例分割', pose: '姿态估计', obb: '旋转框检测', classify: '图像分类' }[task]}`,
  },
  yoloVersions: { classes: 'YOLO v8、v9、11 或 12', objectness: 'YOLO v5 或 v7', final: 'YOLO v10 或 26' },
  because: {
    moveNetSingle: (shape) => `唯一的输出 ${shape} 存有 17 个点的 y、x 和得分。`,
    moveNetMulti: (shape) => `唯一的输出 ${shape} 存有每个人的 17 个点、检测框和得分。`,
    poseNet: (rows, columns) => `在 ${rows} × ${columns} 的网格上输出 17 个点的热图及其偏移。`,
    poseNetOfSeveral: (rows, columns) => `在 ${rows} × ${columns} 的网格上输出 17 个点的热图、偏移以及关节之间的位移。`,
    named: (word) => `文件或文件名中有「${word}」。`,
    wholeNumbers: (shape) => `唯一的输出 ${shape} 是整数图。`,
    argMax: (shape) => `唯一的输出 ${shape} 是 ARG_MAX 之后的图。`,
    larger: (from, to) => `由 ${from} 的图片生成 ${to} 的图片。`,
    styleAndContent: '由两张图片生成一张图片，其中一张名为风格。',
    bottleneckAndContent: (shape) => `由一张图片和风格向量 ${shape} 生成图片。`,
    bottleneck: (shape) => `唯一的输出 ${shape} 正是 Magenta 风格迁移所用的风格向量。`,
    sameSize: (shape) => `唯一的输出 ${shape} 是图片，与某个输入图片大小相同。`,
    stepsAndClasses: (steps, classes, width, height) => `输入为 ${width} × ${height} 的图片，输出 ${steps} 步，每步 ${classes} 个类别。`,
    characters: (shape) => `输入为宽而矮的图片，唯一的输出 ${shape} 是整数列表。`,
    normalised: (shape) => `唯一的输出 ${shape} 是长度为 1 的向量（L2_NORMALIZATION）。`,
    unnamedVector: (shape) => `唯一的输出 ${shape} 是没有标签的向量，长度与常见嵌入向量一致，且未转换为概率。`,
    labelled: (labels) => `有一个输出的值个数与文件中的标签数 ${labels} 相同。`,
    sizes: (sizes) => `输入为正方形图片，各输出分别有 ${sizes} 个值。`,
    yoloMetadata: (task, classes) => (task === null ? `文件自身以此系列导出工具的写法列出了 ${formatCount(classes)} 个类别。` : `文件自身写明了任务（「${task}」）和 ${formatCount(classes)} 个类别。`),
    yoloRows: (shape, input) => `输出 ${shaped(shape)} 的候选框数与此系列在 ${input} 像素输入下的数量一致。`,
    yoloFinal: (shape) => `输出 ${shaped(shape)} 的形式是 ${formatCount(shape[1] ?? 0)} 个已做过抑制的检测框。`,
  },
};
