import type { recognition as english } from '../en/recognition';
import type { Translation } from '../translation';
import { formatCount } from '../format';

const shaped = (shape: readonly number[]) => `[${shape.join(', ')}]`;

export const recognition: Translation<typeof english> = {
  families: {
    yolo: (task, model) => `${model} ${{ detect: '目标检测', segment: '实例分割', pose: '姿态估计', obb: '旋转框检测', classify: '图像分类' }[task]}`,
    'face-detection': 'BlazeFace 人脸检测',
    'palm-detection': 'MediaPipe 手掌检测',
    'pose-detection': 'BlazePose 人体检测',
    postProcessed: 'SSD 或 EfficientDet 目标检测',
    centerNet: 'CenterNet 目标检测',
    ssdMobileNet: 'SSD MobileNet 目标检测（无后处理）',
    efficientDet: 'EfficientDet 目标检测（无后处理）',
  },
  yoloVersions: { classes: 'YOLO v8、v9、11 或 12', objectness: 'YOLO v5 或 v7', final: 'YOLO v10 或 26' },
  because: {
    centreMaps: (size, classes) => `输出为含 ${formatCount(classes)} 个类别的热图和两个双通道图，大小均为 ${size}，即输入的四分之一。`,
    postProcessed: '含算子 TFLite_Detection_PostProcess，此类检测器以它结尾。',
    rawBoxes: (boxes, input) => `输出含 ${formatCount(boxes)} 个框及其得分，与此系列在 ${input} 像素输入上的锚点数一致。`,
    anchors: (anchors, points, input) => `输出含 ${formatCount(anchors)} 个框，每个带 ${points} 个点，与此系列在 ${input} 像素输入上的锚点数一致。`,
    yoloMetadata: (task, classes) => (task === null ? `文件自身以此系列导出工具的写法列出了 ${formatCount(classes)} 个类别。` : `文件自身写明了任务（「${task}」）和 ${formatCount(classes)} 个类别。`),
    yoloRows: (shape, input) => `输出 ${shaped(shape)} 的候选框数与此系列在 ${input} 像素输入下的数量一致。`,
    yoloFinal: (shape) => `输出 ${shaped(shape)} 的形式是 ${formatCount(shape[1] ?? 0)} 个已做过抑制的检测框。`,
  },
};
