import { counted } from './counted';

/** The model as a drawing, and what stands around it. */
export const graphView = {
  // The drawing
  title: (model: string) => `Graph of ${model}`,
  drawing: 'Drawing the graph …',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  showWhole: 'Show the whole graph',
  fit: 'Fit',
  selection: 'Selection',
  model: 'Model',
  groupTip: (title: string, ops: number) => `${title} · ${ops} ops`,
  share: (time: string, share: string) => `${time}, ${share} of the time of all ops`,

  // Calls between subgraphs
  noName: 'no name',
  calls: (op: string) => `${op} calls`,
  calledBy: 'Called by',
  opIn: (op: string, graph: string) => `${op} in ${graph}`,
  more: (count: number) => `and ${count} more`,

  // Legend and colours
  legend: 'Legend',
  scaleTitle: (title: string, unit: string, steps: boolean) => `${title}${unit === '' ? '' : `, ${unit}`}${steps ? ', up to' : ''}`,
  noneOfItsOwn: 'none of its own',
  colour: 'Colour',
  kindOfOp: 'Kind of op',
  numbers: (title: string, unit: string) => `${title}${unit === '' ? '' : `, ${unit}`}`,

  // Search
  search: 'Search ops',
  searchFor: 'CONV_2D 3x3, int8, 1x112x112',
  hits: (count: number, hidden: number) => `${counted(count, 'hit')}${hidden === 0 ? '' : `, ${hidden} hidden`}`,
  hitOf: (hit: number, count: number) => `${hit} of ${count}`,
  previousHit: 'Previous hit',
  nextHit: 'Next hit',

  // Menu
  subgraph: 'Subgraph',
  viewAndExport: 'View and export',
  columns: 'Several columns',
  hideConstant: (count: number) => `Hide ${counted(count, 'op')} on constants`,
  closeGroups: 'Close groups',
  openGroups: 'Open groups',
  save: 'Save the graph',
  opsCsv: 'Ops as CSV',
  numbersOnOps: 'Numbers on ops',
  load: 'Load JSON',
  saveForModelExplorer: 'Save for Model Explorer',
  saveForNetron: 'Save for Netron',
  colourToSave: 'Colour by a number to save it.',
  keys: 'Keys',
  keyList: '↑ ↓ along the tensors · ← → beside · p n previous and next op · / search · f focus · Enter opens · g opens and closes a group, follows a call · + − 0 zoom · Esc clear',
  keyHelp: 'Down and Up go to what reads and what gives a tensor, Right and Left to what stands beside, N and P in the order of execution, Home and End to its ends. Enter opens what is selected, Escape leads back.',
  coloured: (file: string) => `${file} colours the graph now.`,
  colouredInPart: (file: string, unmatched: number) => `${file} colours the graph now; ${unmatched} of its entries belong to no op here.`,

  // A closed group
  group: 'Group',
  closedGroup: (ops: number) => `Closed group of ${counted(ops, 'op')}`,
  openGroup: 'Open the group',
  op: 'Op',
  count: 'Count',
  input: 'Input',
  inputs: 'Inputs',
  output: 'Output',
  outputs: 'Outputs',
  none: 'none',
  tensor: (index: number) => `tensor ${index}`,
  costs: 'Costs of one run',
  weights: 'weights',
  activations: 'activations',

  // Hidden ops
  hiddenOp: (op: number, name: string) => `Op ${op}, ${name}, reads constants alone and is hidden. No op uses its result.`,
  hiddenOpUsed: (op: number, name: string, user: number, userName: string) => `Op ${op}, ${name}, reads constants alone and is hidden. Op ${user}, ${userName}, uses its result.`,
  showHidden: (count: number) => `Show ${counted(count, 'hidden op')}`,
  hidden: (count: number) => `${counted(count, 'op')} on constants hidden`,
  hiddenWithTime: (count: number, time: string) => `${counted(count, 'op')} on constants hidden, ${time}`,

  // As a screen reader says it
  spoken: {
    place: (step: number | null, steps: number, before: number, after: number, beside: number) => [
      ...(step === null ? [] : [`step ${step} of ${steps}`]), ...(before === 0 ? [] : [`${before} before it`]), ...(after === 0 ? [] : [`${after} after it`]), ...(beside === 0 ? [] : [`${beside} beside it`]),
    ].join(', '),
    parts: (parts: readonly string[]) => parts.join('; '),
    hidden: (op: string, user: number, userName: string) => `${op}; hidden, op ${user}, ${userName}, uses its result`,
    tensor: (index: number, name: string, form: string, place: string) => `Tensor ${index}, ${name}, ${form}${place === '' ? '' : `; ${place}`}`,
    op: (index: number, name: string, place: string, inputs: readonly string[], outputs: readonly string[], constants: readonly string[]) =>
      `Op ${index}, ${name}${place === '' ? '' : `; ${place}`}; from ${inputs.join(', ') || 'nothing'}; to ${outputs.join(', ')}${constants.length === 0 ? '' : `; with constants ${constants.join(', ')}`}`,
    group: (title: string, ops: number, kinds: readonly (readonly [name: string, count: number])[]) =>
      `Closed group ${title}, ${ops} ops: ${kinds.map(([name, count]) => (count === 1 ? name : `${count} ${name}`)).join(', ')}`,
    numbers: (title: string, value: string) => `${title} ${value}`,
  },
};
