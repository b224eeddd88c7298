import type { recognition as english } from '../en/recognition';
import type { Translation } from '../translation';

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
    iris: 'MediaPipe 虹膜',
  },
  because: {
    moveNetSingle: (shape) => `唯一的输出 ${shape} 存有 17 个点的 y、x 和得分。`,
    moveNetMulti: (shape) => `唯一的输出 ${shape} 存有每个人的 17 个点、检测框和得分。`,
    poseNet: (rows, columns) => `在 ${rows} × ${columns} 的网格上输出 17 个点的热图及其偏移。`,
    poseNetOfSeveral: (rows, columns) => `在 ${rows} × ${columns} 的网格上输出 17 个点的热图、偏移以及关节之间的位移。`,
    sizes: (sizes) => `输入为正方形图片，各输出分别有 ${sizes} 个值。`,
  },
};
