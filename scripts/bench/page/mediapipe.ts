/** FaceDetector of @mediapipe/tasks-vision on the page, with the gallery's own model. */
import { FaceDetector } from '@mediapipe/tasks-vision';
import wasmBinaryPath from '@mediapipe/tasks-vision/vision_wasm_internal.wasm?url';
import wasmLoaderPath from '@mediapipe/tasks-vision/vision_wasm_internal.js?url';
import { addBuffer } from '../../../src/tflite/format/edit';
import { metadataName } from '../../../src/tflite/metadata/metadata';
import { readModel } from '../../../src/tflite/format/read/reader';
import { buildMetadata } from '../../../src/tflite/testing/build';
import { writeModel } from '../../../src/tflite/format/write/writer';

/** MediaPipe's tasks take only models that say how their pictures are normalised; this one is as bare as it is packaged. */
function withNormalisation(bytes: Uint8Array): Uint8Array {
  const model = readModel(bytes);
  const metadata = buildMetadata({
    name: 'FaceDetector',
    subgraph_metadata: [{
      input_tensor_metadata: [{
        name: 'image',
        content: { content_properties: { member: 'ImageProperties', value: { color_space: 1 } } },
        process_units: [{ options: { member: 'NormalizationOptions', value: { mean: [127.5], std: [127.5] } } }],
      }],
      output_tensor_metadata: [{ name: 'regressors' }, { name: 'classificators' }],
    }],
  });
  const { whole, index } = addBuffer(model, metadata);
  return writeModel({ ...whole, metadata: [...whole.metadata, { name: metadataName, buffer: index }] });
}

export async function createFaceDetector(model: Blob): Promise<FaceDetector> {
  const modelAssetBuffer = withNormalisation(new Uint8Array(await model.arrayBuffer()));
  return FaceDetector.createFromOptions({ wasmBinaryPath, wasmLoaderPath }, { baseOptions: { modelAssetBuffer, delegate: 'CPU' }, runningMode: 'VIDEO', minDetectionConfidence: 0.5 });
}
