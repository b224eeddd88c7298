import type { start as english } from '../en/start';
import type { Translation } from '../translation';

export const start: Translation<typeof english> = {
  title: '把 .tflite 模型拖到页面任意位置，或从下方选一个。',
  lead: '查看模型内部，用自己的图片运行，测量它有多快。文件不会离开你的设备。',
  chooseFiles: '选择文件…',
  modelFiles: '模型文件',
  skip: '跳到正文',
  cameraHint: '用你的摄像头做人脸检测；画面不会离开你的设备',
  useCamera: '使用摄像头',
  addressOfModel: '模型地址',
  openAddress: '打开地址',
  gallery: '模型库',
  resultOn: (model, sample, result) => `${model}，输入为${sample}：${result}`,
  lookingUp: '正在读取 Litescope 自带的模型列表…',
  flow: (nodes) => `一张照片经过“人脸检测，近距离”计算图的 ${nodes} 个节点：找到 1 张人脸`,

  opening: '正在打开',
  bundle: (name, models) => `${name} 中有 ${models} 个模型，打开哪一个？`,
  openAll: '全部打开',
  memberOf: (member, bundle) => `${bundle} 中的 ${member}`,
  openingModel: (model) => `正在打开 ${model}`,
  linkAsks: (measure, host) => `此链接要求打开${measure ? '并测量' : ''}来自 ${host} 的模型`,
  open: '打开',
  dismiss: '忽略',
  messages: '消息',
  dismissAll: (failures) => `全部关闭（${failures}）`,
  theLink: '该链接',
  noRoomFor: (name) => `此浏览器没有空间保留 ${name}：重新加载后将丢失。`,

  openModels: '已打开的模型',
  openModel: '打开模型',
  close: (model) => `关闭 ${model}`,
  closed: (model) => `已关闭 ${model}。`,
  undo: '撤销',
};
