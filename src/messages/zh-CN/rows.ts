import type { rows as english } from '../en/rows';
import { formatCount } from '../format';
import type { Translation } from '../translation';

export const rows: Translation<typeof english> = {
  heading: '批量运行',
  hintRows: '每行一条，可直接从表格软件复制；如有标签列，则给出准确率。',
  paste: '粘贴多行（CSV）',
  file: 'CSV 文件…',
  run: (count) => `运行 ${formatCount(count)} 行`,
  clear: '清除',
  taken: (rows, columns, label) => `${formatCount(rows)} 行，每行 ${formatCount(columns)} 个数值${label === null ? '' : `，标签在「${label}」列`}。`,
  unused: (columns) => `未使用的列：${columns.map((name) => `「${name}」`).join('、')}。`,
  namesByLabels: (names) => `模型没有给出类别名称：把标签按字母顺序当作类别：${names.map((name, index) => `${index} ${name}`).join('、')}。`,

  caption: '模型对每一行的结果',
  number: '行',
  answer: '结果',
  score: '得分',
  label: '标签',
  output: (index) => `输出 ${index}`,
  more: (count) => `还有 ${formatCount(count)} 个`,
  order: '排序',
  orders: { table: '按表格顺序', wrong: '错误的在前' },
  save: '另存为 CSV',
  stopped: (done, all) => `已停止，完成了 ${formatCount(all)} 行中的 ${formatCount(done)} 行。`,
  accuracy: (right, labelled, share) => `${labelled} 行中 ${right} 行正确：${share}`,
  unknownLabels: (count) => `${formatCount(count)} 个标签不是模型的类别。`,
  confused: (truth, answer, times) => `最常见的混淆：把 ${truth} 当成 ${answer}，共 ${formatCount(times)} 次。`,
  meanError: (error) => `平均绝对误差 ${error}`,
  confusion: '混淆矩阵',
  right: '正确',
  wrong: '错误',

  row: (number) => `第 ${number} 行`,
  column: (number) => `第 ${number} 列`,
  noRows: '没有数值行。',
  otherColumns: (columns, values, names) => `表格有 ${columns} 列数值，而模型需要 ${values} 个${names.length === 0 ? '' : `（${names.slice(0, 12).join('、')}${names.length > 12 ? '……' : ''}）`}，另外最多一列标签。`,
  noNumber: (row, column, cell) => `第 ${row} 行，${column}：${cell.trim() === '' ? '单元格为空' : `「${cell.slice(0, 40)}」不是数字`}。`,
  noCategory: (row, column, cell, categories) => `第 ${row} 行，${column}：「${cell.slice(0, 40)}」不在 ${categories.slice(0, 8).map((name) => `「${name}」`).join('、')}${categories.length > 8 ? '……' : ''} 之中。`,
};
