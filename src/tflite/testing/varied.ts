import { addition, buildMetadata, buildModel, subgraph, tensor } from './build';

/** Small files that have, together, all that a model can have: for tests that damage them. */

const metadata = buildMetadata({ name: 'm', subgraph_metadata: [{ output_tensor_metadata: [{ name: 'o', associated_files: [{ name: 'labels.txt', type: 2 }] }] }] });
/** Metadata, a signature, a sparse constant, free dimensions. */
export const rich = buildModel(addition({
  buffers: [{}, { data: new Uint8Array(8) }, { data: metadata }],
  metadata: [{ name: 'TFLITE_METADATA', buffer: 2 }],
  signature_defs: [{ signature_key: 'serve', inputs: [{ name: 'x', tensor_index: 0 }], outputs: [{ name: 'y', tensor_index: 2 }], subgraph_index: 0 }],
  subgraphs: [subgraph({
    tensors: [
      tensor({ name: 'a', shape_signature: [-1, 2], quantization: { scale: [0.5], zero_point: [3] } }),
      tensor({ name: 'b', buffer: 1, sparsity: { traversal_order: [0, 1], dim_metadata: [{ dense_size: 1 }, { format: 1, array_segments: { member: 'Uint8Vector', value: { values: Uint8Array.of(0, 1) } } }] } }),
      tensor({ name: 'out', shape_signature: [-1, 2] }),
    ],
  })],
}));

/** A body that is called, a signature, a shape that is computed: what `rich` does not have. */
export const calling = buildModel(addition({
  operator_codes: [{ builtin_code: 119 }, { builtin_code: 0 }, { builtin_code: 22 }, { builtin_code: 32, custom_code: 'Mystery' }],
  buffers: [{}, { data: new Uint8Array(8) }, { data: Uint8Array.of(255, 255, 255, 255, 2, 0, 0, 0) }],
  subgraphs: [
    subgraph({
      tensors: [tensor({ name: 'a', shape_signature: [-1, 2] }), tensor({ buffer: 1, quantization: { min: [0], max: [6] } }), tensor(), tensor({ type: 2, shape: [2], buffer: 2 }), tensor(), tensor()],
      outputs: [5],
      operators: [
        { opcode_index: 0, inputs: [0], outputs: [2], builtin_options: { member: 'WhileOptions', value: { cond_subgraph_index: 1, body_subgraph_index: 1 } } },
        { opcode_index: 2, inputs: [2, 3], outputs: [4], builtin_options: { member: 'ReshapeOptions', value: { new_shape: [-1, 2] } } },
        { opcode_index: 3, inputs: [4], outputs: [5], custom_options: Uint8Array.of(1, 2, 3) },
      ],
    }),
    subgraph({ operators: [{ opcode_index: 1, inputs: [0, 1], outputs: [2] }] }),
  ],
}));

/** A convolution with a scale for each channel. */
export const perChannel = buildModel(addition({
  operator_codes: [{ builtin_code: 3, version: 3 }],
  buffers: [{}, { data: new Uint8Array(36) }, { data: new Uint8Array(16) }],
  subgraphs: [subgraph({
    tensors: [
      tensor({ name: 'x', type: 9, shape: [1, 8, 8, 1], quantization: { scale: [0.5], zero_point: [-1] } }),
      tensor({ type: 9, shape: [4, 3, 3, 1], buffer: 1, quantization: { scale: [1, 2, 3, 4], zero_point: [0, 0, 0, 0] } }),
      tensor({ type: 2, shape: [4], buffer: 2 }), tensor({ type: 9, shape: [1, 4, 4, 4] }),
    ],
    outputs: [3],
    operators: [{ inputs: [0, 1, 2], outputs: [3], builtin_options: { member: 'Conv2DOptions', value: { stride_w: 2, stride_h: 2 } } }],
  })],
}));
