import { LitescopeError } from '../../../errors';
import { tfliteFormat as text } from '../../../messages/tflite-format';
import { type QuantizationDetails, type SparseDimension, type SparseIndices, type Sparsity, type Tensor, type TensorQuantization, type VariantType, absent } from '../model';
import type { ModelSchema } from '../schema/tables';
import type { TableView } from './table';
import { unknownFields } from './unknown-fields';

type View<Name extends keyof ModelSchema> = TableView<ModelSchema, Name>;

/** Reads one tensor's description. @throws LitescopeError as `readModel` does */
export function readTensor(view: View<'Tensor'>, index: number): Tensor {
  const quantization = view.table('quantization');
  const sparsity = view.table('sparsity');
  return {
    index,
    name: view.value('name') ?? '',
    dtype: view.value('type'),
    shape: view.value('shape') ?? absent,
    shapeSignature: view.value('shape_signature'),
    hasRank: view.value('has_rank'),
    buffer: view.value('buffer'),
    externalBuffer: view.value('external_buffer'),
    quantization: quantization === null ? null : readQuantization(quantization),
    isVariable: view.value('is_variable'),
    sparsity: sparsity === null ? null : readSparsity(sparsity),
    variants: view.vector('variant_tensors', 4) === null ? absent : readVariants(view),
    ...unknownFields(view),
  };
}

function readVariants(view: View<'Tensor'>): VariantType[] {
  return Array.from(view.tables('variant_tensors', () => view.place), (variant) => ({
    shape: variant.value('shape') ?? absent,
    dtype: variant.value('type'),
    hasRank: variant.value('has_rank'),
    ...unknownFields(variant),
  }));
}

function readQuantization(view: View<'QuantizationParameters'>): TensorQuantization {
  return {
    scale: view.value('scale') ?? absent,
    zeroPoint: view.value('zero_point')?.map(Number) ?? absent,
    dimension: view.value('quantized_dimension'),
    min: view.value('min') ?? absent,
    max: view.value('max') ?? absent,
    details: readDetails(view),
    ...unknownFields(view),
  };
}

function readDetails(parent: View<'QuantizationParameters'>): QuantizationDetails | null {
  const details = parent.union('details');
  if (details === null) return null;
  if (!details.known) return { kind: 'unknown', member: details.member, content: details.content };
  switch (details.name) {
    case 'CustomQuantization':
      return { kind: 'custom', bytes: (details.view as View<'CustomQuantization'>).value('custom') ?? new Uint8Array(0), ...unknownFields(details.view) };
    case 'BlockwiseQuantization': {
      const { scales, zero_points: zeroPoints, block_size: blockSize } = (details.view as View<'BlockwiseQuantization'>).values();
      return { kind: 'blockwise', scales, zeroPoints, blockSize, ...unknownFields(details.view) };
    }
    case 'MultiAxisQuantization': {
      const values = (details.view as View<'MultiAxisQuantization'>).values();
      return { kind: 'multi-axis', scales: values.scales, zeroPoints: values.zero_points, blockSize: values.block_size, dimensions: values.quantized_dimensions ?? absent, ...unknownFields(details.view) };
    }
  }
}

function readSparsity(view: View<'SparsityParameters'>): Sparsity {
  return {
    traversalOrder: view.value('traversal_order') ?? absent,
    blockMap: view.value('block_map') ?? absent,
    dimensions: Array.from(view.tables('dim_metadata', () => view.place), (dimension): SparseDimension => ({
      format: dimension.value('format'),
      denseSize: dimension.value('dense_size'),
      segments: readIndices(dimension, 'array_segments'),
      indices: readIndices(dimension, 'array_indices'),
      ...unknownFields(dimension),
    })),
    ...unknownFields(view),
  };
}

const indexWidths = { Int32Vector: 4, Uint16Vector: 2, Uint8Vector: 1 } as const;

function readIndices(parent: View<'DimensionMetadata'>, key: 'array_segments' | 'array_indices'): SparseIndices | null {
  const indices = parent.union(key);
  if (indices === null) return null;
  if (!indices.known) throw new LitescopeError('CORRUPTED', text.unknownKind(key, indices.member), { place: parent.place });
  const elementBytes = indexWidths[indices.name];
  const location = indices.view.vector('values', elementBytes);
  const start = location?.start ?? 0;
  return { elementBytes, bytes: parent.source.bytes.subarray(start, start + (location?.count ?? 0) * elementBytes) };
}
