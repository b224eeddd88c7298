import type { graphView as english } from '../en/graph-view';
import { formatCount } from '../format';
import type { Translation } from '../translation';

const listed = (words: readonly string[]): string => words.join('、');
const withUnit = (title: string, unit: string): string => (unit === '' ? title : `${title}（${unit}）`);

export const graphView: Translation<typeof english> = {
  // The drawing
  title: (model) => `${model} 的计算图`,
  drawing: '正在绘制计算图…',
  zoomIn: '放大',
  zoomOut: '缩小',
  showWhole: '显示整个计算图',
  fit: '全图',
  selection: '所选内容',
  model: '模型',
  groupTip: (title, ops) => `${title} · ${ops} 个算子`,
  share: (time, share) => `${time}，占所有算子耗时的 ${share}`,

  // Calls between subgraphs
  noName: '未命名',
  calls: (op) => `${op} 调用`,
  calledBy: '调用者',
  opIn: (op, graph) => `${graph} 中的 ${op}`,
  more: (count) => `另有 ${count} 个`,

  // Legend and colours
  legend: '图例',
  scaleTitle: (title, unit, steps) => `${withUnit(title, unit)}${steps ? '，不超过' : ''}`,
  noneOfItsOwn: '没有单独的数值',
  colour: '着色',
  kindOfOp: '算子类型',
  numbers: withUnit,

  // Search
  search: '搜索算子',
  searchFor: 'CONV_2D 3x3、int8、1x112x112',
  hits: (count, hidden) => `${formatCount(count)} 个结果${hidden === 0 ? '' : `，${hidden} 个已隐藏`}`,
  hitOf: (hit, count) => `${hit} / ${count}`,
  previousHit: '上一个结果',
  nextHit: '下一个结果',

  // Menu
  subgraph: '子图',
  viewAndExport: '视图与导出',
  columns: '分多列显示',
  hideConstant: (count) => `隐藏 ${formatCount(count)} 个只读取常量的算子`,
  closeGroups: '折叠分组',
  openGroups: '展开分组',
  save: '保存计算图',
  opsCsv: '算子（CSV）',
  numbersOnOps: '算子上的数值',
  load: '加载 JSON',
  saveForModelExplorer: '保存为 Model Explorer 格式',
  saveForNetron: '保存为 Netron 格式',
  colourToSave: '先按某项数值着色，才能保存。',
  keys: '快捷键',
  keyList: '↑ ↓ 沿张量移动 · ← → 移到旁边 · p n 上一个和下一个算子 · / 搜索 · f 居中 · Enter 打开 · g 展开、折叠分组或进入所调用的子图 · + − 0 缩放 · Esc 取消',
  keyHelp: '下键和上键移到张量的使用者和来源，左右键移到旁边的节点，N 和 P 按执行顺序移动，Home 和 End 到首尾。Enter 打开选中项，Escape 返回。',
  coloured: (file) => `计算图已按 ${file} 着色。`,
  colouredInPart: (file, unmatched) => `计算图已按 ${file} 着色；其中 ${unmatched} 项在这里没有对应的算子。`,

  // A closed group
  group: '分组',
  closedGroup: (ops) => `已折叠的分组，含 ${formatCount(ops)} 个算子`,
  openGroup: '展开分组',
  op: '算子',
  count: '数量',
  input: '输入',
  inputs: '输入',
  output: '输出',
  outputs: '输出',
  none: '无',
  tensor: (index) => `张量 ${index}`,
  costs: '单次推理的开销',
  weights: '权重',
  activations: '激活值',

  // Hidden ops
  hiddenOp: (op, name) => `算子 ${op}（${name}）只读取常量，已隐藏。没有算子使用它的结果。`,
  hiddenOpUsed: (op, name, user, userName) => `算子 ${op}（${name}）只读取常量，已隐藏。它的结果由算子 ${user}（${userName}）使用。`,
  showHidden: (count) => `显示 ${formatCount(count)} 个隐藏的算子`,
  hidden: (count) => `已隐藏 ${formatCount(count)} 个只读取常量的算子`,
  hiddenWithTime: (count, time) => `已隐藏 ${formatCount(count)} 个只读取常量的算子，共耗时 ${time}`,

  // As a screen reader says it
  spoken: {
    place: (step, steps, before, after, beside) => [
      ...(step === null ? [] : [`第 ${step} 步，共 ${steps} 步`]), ...(before === 0 ? [] : [`前面 ${before} 个`]), ...(after === 0 ? [] : [`后面 ${after} 个`]), ...(beside === 0 ? [] : [`旁边 ${beside} 个`]),
    ].join('，'),
    parts: (parts) => parts.join('；'),
    hidden: (op, user, userName) => `${op}；已隐藏，结果由算子 ${user}（${userName}）使用`,
    tensor: (index, name, form, place) => `张量 ${index}，${name}，${form}${place === '' ? '' : `；${place}`}`,
    op: (index, name, place, inputs, outputs, constants) =>
      `算子 ${index}，${name}${place === '' ? '' : `；${place}`}；输入：${listed(inputs) || '无'}；输出：${listed(outputs)}${constants.length === 0 ? '' : `；常量：${listed(constants)}`}`,
    group: (title, ops, kinds) => `已折叠的分组 ${title}，${ops} 个算子：${listed(kinds.map(([name, count]) => (count === 1 ? name : `${count} 个 ${name}`)))}`,
    numbers: (title, value) => `${title} ${value}`,
  },
};
