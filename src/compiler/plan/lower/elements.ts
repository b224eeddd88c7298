import { computations, elementwise, leakyRelu } from '../../kernels/elementwise';
import { type Lowering, type Lowerings, activationOf, settingsOf, shapeOf } from './lowering';

const computed = (name: string, compute: (typeof computations)[keyof typeof computations]): Lowering => (graph, node) => {
  const activation = activationOf(node);
  // Of more than four dimensions the first are one, which nothing may be stretched along.
  const shapes = [...node.inputs, ...node.outputs].map((tensor) => graph.shape(tensor));
  if (activation === null || (shapes.some((shape) => shape.length > 4) && new Set(shapes.map((shape) => shape.join())).size > 1)) return null;
  return [{ kind: 'kernel', kernel: elementwise(name.toLowerCase(), shapeOf(graph, node.outputs[0]), compute, activation), inputs: node.inputs, outputs: node.outputs }];
};

export const elements: Lowerings = {
  ...Object.fromEntries(Object.entries(computations).map(([name, compute]) => [name, computed(name, compute)])),
  LEAKY_RELU: (graph, node) => {
    const settings = settingsOf(node, 'LeakyReluOptions');
    return settings === null ? null : computed('LEAKY_RELU', leakyRelu(settings.alpha))(graph, node);
  },
};
