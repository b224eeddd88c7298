import type { gallery as english } from '../en/gallery';
import type { Translation } from '../translation';

export const gallery: Translation<typeof english> = {
  models: {
    'face-detection-short-range': { title: '人脸检测，近距离', description: '检测镜头前约两米内的人脸，每张人脸有六个关键点。' },
    'face-detection-full-range': { title: '人脸检测，全距离', description: '检测镜头前约五米内的人脸，每张人脸有六个关键点。' },
    'face-detection-full-range-sparse': { title: '人脸检测，全距离，稀疏', description: '全距离人脸检测模型，大部分权重置为零，适合能跳过零值的运行时。' },
    'selfie-segmentation': { title: '自拍分割', description: '将镜头前的人与背景分离，用于方形画面。' },
    'selfie-segmentation-landscape': { title: '自拍分割，横屏', description: '将镜头前的人与背景分离，用于宽幅画面，计算量更小。' },
    'hand-landmarks-lite': { title: '手部关键点，轻量版', description: '在占据大部分画面的手上找出 21 个点；两种规模中较快的一种。' },
    'hand-landmarks-full': { title: '手部关键点，完整版', description: '在占据大部分画面的手上找出 21 个点；两种规模中较准确的一种。' },
    'pose-landmarks-lite': { title: '姿态关键点，轻量版', description: '在占据大部分画面的人体上找出 33 个点；三种规模中最快的一种。' },
    'pose-landmarks-full': { title: '姿态关键点，完整版', description: '在占据大部分画面的人体上找出 33 个点；三种规模中居中的一种。' },
    'pose-landmarks-heavy': { title: '姿态关键点，高精度版', description: '在占据大部分画面的人体上找出 33 个点；三种规模中最准确的一种。' },
    digits: { title: '手写数字', description: '识别画出的是哪个数字，由本项目训练的网络完成。' },
    'digits-int8': { title: '手写数字，int8', description: '权重和激活值均为 8 位的数字分类模型，由本项目量化。' },
  },
  tasks: {
    'face detection': '人脸检测',
    'selfie segmentation': '自拍分割',
    'hand landmarks': '手部关键点',
    'pose landmarks': '姿态关键点',
    'handwritten digits': '手写数字识别',
  },
  results: {
    'face-detection-short-range': '检测到 1 张人脸',
    'face-detection-full-range': '检测到 1 张人脸',
    'face-detection-full-range-sparse': '检测到 1 张人脸',
    'selfie-segmentation': '256 × 256 像素的掩码',
    'selfie-segmentation-landscape': '256 × 144 像素的掩码',
    'hand-landmarks-lite': '21 个关键点，得分 98.7 %',
    'hand-landmarks-full': '21 个关键点，得分 98.4 %',
    'pose-landmarks-lite': '33 个关键点，得分 100.0 %',
    'pose-landmarks-full': '33 个关键点，得分 100.0 %',
    'pose-landmarks-heavy': '33 个关键点，得分 100.0 %',
    digits: '7，99.0 %',
    'digits-int8': '7，98.8 %',
  },
  samples: {
    'Sample photo': '样例照片',
    'Sample hand': '样例手部',
    'Sample body': '样例人体',
    'Sample digit': '样例数字',
  },
  testInputs: {
    digit: '数字',
  },
  ofThisProject: (version) => `本项目，版本 ${version}`,

  noPicture: '该模型没有像图片的输入，因此无法接收画面帧。',
  ofGallery: '这正是模型库中的文件。',
  byForm: '依据仅为输出的形状。',
  otherCount: (labels, samples) => `${samples} 个样例却有 ${labels} 个标签。`,
  holdsModels: (names) => `其中有 ${names.join('、')}。`,
  noMember: (member, names) => `包中没有 ${member}；其中有 ${names.join('、')}。`,
  damagedMember: (name) => `${name} 解压后与压缩包的记录不符`,
  unexpectedHash: (expected, got, bytes) => `应为 ${expected}，实际为 ${got}（${bytes} 字节）。`,

  // Downloads
  answered: (host, status) => `${host} 返回 ${status}。`,
  reasonAndAddress: (reason, address) => `${reason}（${address}）`,
  mixedContent: (address) => `https:// 页面不能读取 http:// 地址 ${address}。`,
  unsupportedProtocol: (protocol) => `不支持 ${protocol}。`,
  hasPassword: '地址中含有用户名或密码。',
  largerThan: (bytes) => `文件大于 ${bytes} 字节。`,

  // The catalogue
  theCatalogue: '模型列表',
  idForm: '必须是以连字符相连的小写单词',
  fileForm: '必须是以 .tflite 结尾的文件名，不含路径',
  digestForm: '必须是 64 位小写十六进制数字',
  idTwice: '同一个 id 不能使用两次',
  fileTwice: '同一个文件名不能使用两次',
};
