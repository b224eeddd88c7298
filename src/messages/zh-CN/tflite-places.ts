import type { tflitePlaces as english } from '../en/tflite-places';
import type { Translation } from '../translation';

export const tflitePlaces: Translation<typeof english> = {
  header: '文件头',
  model: '模型',
  modelMetadata: '元数据',
  weights: '权重',
  subgraph: (subgraph) => `子图 ${subgraph}`,
  op: (subgraph, op) => `子图 ${subgraph}，算子 ${op}`,
  operator: (subgraph, op, name) => `子图 ${subgraph}，算子 ${op}，${name}`,
  tensor: (subgraph, tensor) => `子图 ${subgraph}，张量 ${tensor}`,
  named: (place, name) => `${place}「${name}」`,
  input: (place, position) => `${place}，输入 ${position}`,
  output: (place, position) => `${place}，输出 ${position}`,
  intermediate: (place, position) => `${place}，中间张量 ${position}`,
  operatorCode: (index) => `算子代码 ${index}`,
  buffer: (index) => `缓冲区 ${index}`,
  metadata: (index) => `元数据 ${index}`,
  oldMetadata: (index) => `旧式元数据 ${index}`,
  signature: (index) => `签名 ${index}`,
  externalBuffer: (index) => `外部缓冲区 ${index}`,
  externalBufferGroup: (index) => `外部缓冲区组 ${index}`,
};
