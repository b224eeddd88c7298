import { compiler as text } from '../../messages/compiler';
import { movement, part, whole } from '../kernels/movement';
import type { Graph } from './graph';
import { aligned, arrange, type Block } from './arena';
import { denseLayout, denseStrides, noMargins, paddedLayout, shape4, slackBytes, type Layout, type Margins, type Shape4, type View } from '../kernels/layout';
import type { PlacedStep } from './lower/lower';
import type { JoinStep, KernelStep } from './step';

/** A kernel with its tensors, in order of execution. */
export interface Call {
  readonly step: KernelStep;
  readonly operators: readonly number[];
  /** The tensor whose margins are zeroed before, because others had its memory. */
  readonly clears: readonly number[];
}

/** Memory of one tensor, or of several that lie in each other. */
export interface Storage {
  readonly root: number;
  readonly layout: Layout;
  readonly shape: Shape4;
  readonly margins: Margins;
  readonly address: number;
  /** First and last call that touch it; −1 for an input, Infinity for an output. */
  readonly from: number;
  readonly to: number;
}

export interface Placement {
  readonly calls: readonly Call[];
  readonly views: ReadonlyMap<number, View>;
  /** The tensor whose storage each of the tensors lies in. */
  readonly roots: ReadonlyMap<number, number>;
  readonly storages: readonly Storage[];
  /** Tensors of the file that kernels read as they are, with their addresses. */
  readonly constants: ReadonlyMap<number, number>;
  /** The model's outputs in order: tensors of their own. */
  readonly outputs: readonly number[];
  /** Bytes of memory from `begin` on. */
  readonly bytes: number;
}

/** Where a tensor lies inside of another one. */
interface Parent {
  readonly of: number;
  /** null for one that is the other in another shape. */
  readonly part: null | { readonly axis: number; readonly begin: number };
}

const isNone = ({ top, left, bottom, right }: Margins): boolean => top + left + bottom + right === 0;
const widest = (one: Margins, other: Margins): Margins => ({
  top: Math.max(one.top, other.top), left: Math.max(one.left, other.left), bottom: Math.max(one.bottom, other.bottom), right: Math.max(one.right, other.right),
});

/** A tensor's elements in another: in the same layout or, of another shape, one behind the other. */
function copyStep(graph: Graph, input: number, output: number): KernelStep {
  const [from, to] = [shape4(graph.shape(input)), shape4(graph.shape(output))];
  if (from.join() === to.join()) return { kind: 'kernel', kernel: movement(text.copy, [{ extents: from, from: whole, to: whole }]), inputs: [input], outputs: [output] };
  const row = { extents: [graph.elements(input)], from: ({ base }: View) => ({ base, strides: [4] }), to: ({ base }: View) => ({ base, strides: [4] }) };
  return { kind: 'kernel', kernel: { ...movement(text.copy, [row]), wishes: [{ margins: noMargins, dense: true }], denseOutputs: true }, inputs: [input], outputs: [output] };
}

/**
 * Gives every tensor its place: with the margins that those who read it want, dense where it must be, inside of what it is
 * joined to where that costs nothing, in memory that others had before or get afterwards.
 *
 * @param inputs tensors that are there before a run
 * @param outputs tensors that are there after it
 * @param begin address from which on memory is free
 */
export function place(graph: Graph, steps: readonly PlacedStep[], inputs: readonly number[], outputs: readonly number[], begin: number): Placement {
  return new Placer(graph, inputs).place(steps, outputs, begin);
}

class Placer {
  readonly #graph: Graph;
  readonly #inputs: ReadonlySet<number>;
  readonly #parents = new Map<number, Parent>();
  readonly #dense = new Set<number>();
  readonly #margins = new Map<number, Margins>();

  constructor(graph: Graph, inputs: readonly number[]) {
    this.#graph = graph;
    this.#inputs = new Set(inputs);
  }

  place(given: readonly PlacedStep[], wantedOutputs: readonly number[], begin: number): Placement {
    const { steps, outputs } = this.#ownOutputs(given, wantedOutputs);
    for (const tensor of [...this.#inputs, ...outputs]) this.#dense.add(tensor);
    const reshaped = this.#reshapes(steps, outputs);
    const kernels = this.#joins(this.#withMargins(reshaped), outputs);
    const constants = new Map<number, number>();
    let free = aligned(begin);
    for (const { step } of kernels) {
      for (const tensor of step.inputs) {
        if (!this.#graph.isKnown(tensor) || constants.has(tensor)) continue;
        constants.set(tensor, free);
        free = aligned(free + this.#graph.elements(tensor) * 4 + slackBytes);
      }
    }
    const storages = this.#storages(kernels, outputs, free);
    const addresses = new Map(storages.map((storage) => [storage.root, storage]));
    const views = new Map<number, View>();
    for (const tensor of new Set([...this.#inputs, ...outputs, ...kernels.flatMap(({ step }) => [...step.inputs, ...step.outputs])])) views.set(tensor, this.#view(tensor, addresses, constants));
    const end = storages.reduce((most, { address, layout }) => Math.max(most, address + layout.bytes), free);
    return { calls: this.#calls(kernels, storages), views, roots: new Map([...views.keys()].map((tensor) => [tensor, this.#root(tensor)])), storages, constants, outputs, bytes: aligned(end + slackBytes) - begin };
  }

  #shape(tensor: number): Shape4 {
    return shape4(this.#graph.shape(tensor));
  }

  /** Outputs that are computed for themselves alone: what is constant, an input or already an output is copied. */
  #ownOutputs(given: readonly PlacedStep[], wanted: readonly number[]): { readonly steps: readonly PlacedStep[]; readonly outputs: readonly number[] } {
    const copies: PlacedStep[] = [];
    const taken = new Set<number>();
    const outputs = wanted.map((tensor) => {
      if (!this.#graph.isKnown(tensor) && !this.#inputs.has(tensor) && !taken.has(tensor)) {
        taken.add(tensor);
        return tensor;
      }
      const own = this.#graph.add(this.#graph.shape(tensor));
      copies.push({ step: copyStep(this.#graph, tensor, own), operators: [] });
      return own;
    });
    return { steps: [...given, ...copies], outputs };
  }

  #root(tensor: number): number {
    const parent = this.#parents.get(tensor);
    return parent === undefined ? tensor : this.#root(parent.of);
  }

  #link(child: number, parent: Parent): void {
    this.#parents.set(child, parent);
    this.#margins.set(parent.of, widest(this.#margins.get(child) ?? noMargins, this.#margins.get(parent.of) ?? noMargins));
  }

  /** Lets tensors that are others in another shape lie in them; what is left are kernels and joins. */
  #reshapes(steps: readonly PlacedStep[], outputs: readonly number[]): readonly PlacedStep[] {
    return steps.map(({ step, operators }) => {
      if (step.kind !== 'reshape') return { step, operators };
      const { input, output } = step;
      const shared = this.#shape(input).join() === this.#shape(output).join();
      const free = !this.#parents.has(input) && !this.#inputs.has(input) && !outputs.includes(input);
      const ofInput = this.#inputs.has(this.#root(input)) && outputs.includes(output);
      if (this.#graph.isKnown(input) || ofInput || (!free && outputs.includes(output))) return { step: copyStep(this.#graph, input, output), operators };
      if (free) this.#link(input, { of: output, part: null });
      else this.#link(output, { of: input, part: null });
      if (!shared) for (const tensor of [input, output]) this.#dense.add(tensor);
      return { step, operators };
    });
  }

  /** All that lies in the same place as a tensor, in whatever shape. */
  #isDense(tensor: number): boolean {
    const root = this.#root(tensor);
    if (this.#graph.isKnown(tensor)) return true;
    for (const each of this.#dense) if (this.#root(each) === root) return true;
    return false;
  }

  /** Takes up what kernels want, and copies dense tensors for those that want margins around them. */
  #withMargins(steps: readonly PlacedStep[]): readonly PlacedStep[] {
    for (const { step } of steps) {
      if (step.kind !== 'kernel') continue;
      step.inputs.forEach((tensor, position) => { if (step.kernel.wishes[position]?.dense === true) this.#dense.add(tensor); });
      if (step.kernel.denseOutputs) for (const tensor of step.outputs) this.#dense.add(tensor);
    }
    const copies = new Map<number, number>();
    return steps.flatMap(({ step, operators }): PlacedStep[] => {
      if (step.kind !== 'kernel') return [{ step, operators }];
      const before: PlacedStep[] = [];
      const inputs = step.inputs.map((tensor, position) => {
        const margins = step.kernel.wishes[position]?.margins ?? noMargins;
        if (isNone(margins)) return tensor;
        let target = tensor;
        if (this.#isDense(tensor)) {
          target = copies.get(tensor) ?? this.#graph.add(this.#graph.shape(tensor));
          if (!copies.has(tensor)) before.push({ step: copyStep(this.#graph, tensor, target), operators: [] });
          copies.set(tensor, target);
        }
        const root = this.#root(target);
        this.#margins.set(root, widest(this.#margins.get(root) ?? noMargins, margins));
        return target;
      });
      return [...before, { step: { ...step, inputs }, operators }];
    });
  }

  /** Lets what is joined be computed where it belongs, and copies the rest there. */
  #joins(steps: readonly PlacedStep[], outputs: readonly number[]): readonly (PlacedStep & { readonly step: KernelStep })[] {
    const made = new Set(steps.flatMap(({ step }) => (step.kind === 'kernel' ? step.outputs : step.kind === 'join' ? [step.output] : [])));
    return steps.flatMap(({ step, operators }) => {
      if (step.kind === 'reshape') return [];
      if (step.kind === 'kernel') return [{ step, operators }];
      let begin = 0;
      return step.inputs.flatMap((input) => {
        const [first, shape] = [begin, this.#shape(input)];
        begin += shape[step.axis] ?? 0;
        const root = this.#root(input);
        const computedHere = !this.#graph.isKnown(input) && !this.#inputs.has(root) && !outputs.some((output) => this.#root(output) === root) && root !== this.#root(step.output);
        // What lies in this part in another shape is there as long as the part is the end of its chain.
        if (computedHere && root === input && (made.has(input) || this.#isAlias(input)) && this.#fits(input, step)) {
          this.#link(input, { of: step.output, part: { axis: step.axis, begin: first } });
          return [];
        }
        const at = [0, 1, 2, 3].map((axis) => (axis === step.axis ? first : 0));
        return [{ step: { kind: 'kernel', kernel: movement(text.concatenation, [{ extents: shape, from: whole, to: (view) => part(view, at) }]), inputs: [input], outputs: [step.output] } as const, operators }];
      });
    });
  }

  #isAlias(tensor: number): boolean {
    for (const { of } of this.#parents.values()) if (of === tensor) return true;
    return false;
  }

  #fits(input: number, { output, axis }: JoinStep): boolean {
    const [dense, whole4] = [this.#isDense(output), this.#shape(output)];
    if (this.#isDense(input)) return dense && whole4.slice(0, axis).every((size) => size === 1);
    return isNone(this.#margins.get(input) ?? noMargins) || (axis === 3 && !dense);
  }

  #layout(root: number): { readonly layout: Layout; readonly margins: Margins } {
    const shape = this.#shape(root);
    const margins = this.#margins.get(root) ?? noMargins;
    return this.#isDense(root) ? { layout: denseLayout(shape), margins: noMargins } : { layout: paddedLayout(shape, margins), margins };
  }

  #storages(kernels: readonly { readonly step: KernelStep }[], outputs: readonly number[], begin: number): readonly Storage[] {
    const lives = new Map<number, { from: number; to: number }>();
    const touch = (tensor: number, at: number): void => {
      if (this.#graph.isKnown(tensor)) return;
      const root = this.#root(tensor);
      const life = lives.get(root);
      lives.set(root, life === undefined ? { from: at, to: at } : { from: Math.min(life.from, at), to: Math.max(life.to, at) });
    };
    for (const tensor of this.#inputs) for (const at of [-1, Infinity]) touch(tensor, at);
    kernels.forEach(({ step }, at) => { for (const tensor of [...step.inputs, ...step.outputs]) touch(tensor, at); });
    for (const tensor of outputs) touch(tensor, Infinity);
    const roots = [...lives].map(([root, life]) => ({ root, ...life, ...this.#layout(root), shape: this.#shape(root) }));
    const blocks = roots.map(({ layout, from, to }): Block => ({ bytes: layout.bytes + slackBytes, from, to }));
    const { offsets } = arrange(blocks);
    return roots.map((each, index) => ({ ...each, address: begin + (offsets[index] ?? 0) }));
  }

  #view(tensor: number, storages: ReadonlyMap<number, Storage>, constants: ReadonlyMap<number, number>): View {
    const shape = this.#shape(tensor);
    const parent = this.#parents.get(tensor);
    const constant = constants.get(tensor);
    if (constant !== undefined) return { shape, base: constant, strides: denseStrides(shape), room: shape[3] };
    if (parent === undefined) {
      const storage = storages.get(tensor);
      return { shape, base: (storage?.address ?? 0) + (storage?.layout.before ?? 0), strides: storage?.layout.strides ?? denseStrides(shape), room: storage?.layout.room ?? shape[3] };
    }
    const around = this.#view(parent.of, storages, constants);
    if (parent.part === null) return shape.join() === around.shape.join() ? around : { shape, base: around.base, strides: denseStrides(shape), room: shape[3] };
    const { axis, begin } = parent.part;
    const base = around.base + begin * (around.strides[axis] ?? 0);
    if (this.#isDenseHere(tensor)) return { shape, base, strides: denseStrides(shape), room: shape[3] };
    const room = axis !== 3 ? around.room : begin + shape[3] === around.shape[3] ? around.room - begin : shape[3];
    return { shape, base, strides: around.strides, room };
  }

  /** Whether a part, or what lies in it in another shape, must be dense: what it is a part of may be so without it. */
  #isDenseHere(tensor: number): boolean {
    const within = (each: number): boolean => each === tensor || (this.#parents.has(each) && within(this.#parents.get(each)?.of ?? -1));
    for (const each of this.#dense) if (within(each)) return true;
    return false;
  }

  /** Margins are zeroed by the first call that writes a tensor, where its memory is not its own alone. */
  #calls(kernels: readonly PlacedStep[], storages: readonly Storage[]): readonly Call[] {
    const overlaps = (one: Storage, other: Storage): boolean => one.address < other.address + other.layout.bytes + slackBytes && other.address < one.address + one.layout.bytes + slackBytes;
    const shared = storages.filter((storage) => !isNone(storage.margins) && storages.some((other) => other !== storage && overlaps(storage, other)));
    return kernels.map(({ step, operators }, at) => ({
      step: step as KernelStep, operators,
      clears: shared.filter(({ from }) => from === at).map(({ root }) => root),
    }));
  }
}
