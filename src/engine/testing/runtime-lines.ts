/**
 * What the runtimes print when they refuse a model: taken from scripts/measure-op-support.ts --verbose, and for
 * operands that do not fit into memory and ops of full TensorFlow from models made for it, with
 * tfjs-tflite 0.0.1-alpha.10 and @litertjs/core 2.5.3.
 */
export const runtimeLines = {
  tfjsVersion: [
    "ERROR: Didn't find op for builtin opcode 'ADD' version '9'. An older version of this builtin might be supported. Are you using an old TFLite binary with a newer model?",
    '',
    'ERROR: Registration failed.',
    '',
  ],
  tfjsOutOfRange: ['ERROR: Op builtin_code out of range: 159. Are you using old TFLite binary with newer model?', 'ERROR: Registration failed.', ''],
  tfjsCustom: [
    'ERROR: Encountered unresolved custom op: TransformTensor.',
    'See instructions: https://www.tensorflow.org/lite/guide/ops_custom ',
    'ERROR: Node number 0 (TransformTensor) failed to prepare.',
    'ERROR: Encountered unresolved custom op: TransformTensor.',
    'See instructions: https://www.tensorflow.org/lite/guide/ops_custom ',
    'ERROR: Node number 0 (TransformTensor) failed to prepare.',
  ],
  litertCustom: [
    'INFO: Created TensorFlow Lite XNNPACK delegate for CPU.',
    'ERROR: Encountered unresolved custom op: odml.rms_norm.',
    'See instructions: https://www.tensorflow.org/lite/guide/ops_custom ',
    'ERROR: Node number 12 (odml.rms_norm) failed to prepare.',
    'ERROR: [litert_compiled_model.cc:164] Failed to allocate tensors',
  ],
  litertFlex: [
    'ERROR: Select TensorFlow op(s), included in the given model, is(are) not supported by this interpreter. Make sure you apply/link the Flex delegate before inference. For the Android, it can be resolved by adding "org.tensorflow:tensorflow-lite-select-tf-ops" dependency. See instructions: https://www.tensorflow.org/lite/guide/ops_select',
    'ERROR: Node number 0 (FlexAddV2) failed to prepare.',
    'ERROR: [litert_compiled_model.cc:164] Failed to allocate tensors',
  ],
  litertPrepare: [
    'ERROR: third_party/tensorflow/lite/kernels/pad.cc:79 num_inputs == 3 || num_inputs == 2 was not true.',
    'ERROR: Node number 0 (PAD) failed to prepare.',
    'ERROR: [litert_compiled_model.cc:164] Failed to allocate tensors',
  ],
  litertOptions: ["ERROR: Could not get 'stablehlo.pad' operation parameters."],
  tfjsAbort: ['INFO: Created TensorFlow Lite XNNPACK delegate for CPU.', 'Aborted()'],
} as const;
