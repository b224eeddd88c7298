import { describe, expect, it } from 'vitest';
import { recognise } from './recognise';
import { edge, subjectOf, subjectWith } from './testing/subjects';
import type { RecognitionSubject } from './types';

const zeroToOne = { kind: 'normalise', mean: [0], std: [255] };
const zeroTo255 = { kind: 'normalise', mean: [0], std: [1] };
const minusOneToOne = { kind: 'normalise', mean: [127.5], std: [127.5] };
const pixels = { kind: 'pixels' };
const keyPoints = { kind: 'key-points', scoreThreshold: 0.3 };

it('takes a batch of any size for one', () => {
  expect(recognise(subjectOf([['picture', [-1, 192, 192, 3]]], [['out', [-1, 1404]], ['flag', [-1, 1]]]))).toMatchObject({ decoder: { kind: 'face-mesh' } });
});

describe('points', () => {
  it.each<[string, RecognitionSubject, string, object, object]>([
    // As tensorflow.org/hub and google-coral/test_data publish them.
    ['MoveNet Lightning', subjectOf([['serving_default_input:0', [1, 192, 192, 3], 'uint8', { scale: [1], zeroPoint: [0], dimension: 0 }]], [['StatefulPartitionedCall:0', [1, 1, 17, 3]]]), 'MoveNet, one body', keyPoints, { fit: 'letterbox', values: pixels }],
    ['MoveNet Thunder of whole numbers', subjectOf([['input', [1, 256, 256, 3], 'int32']], [['output_0', [1, 1, 17, 3]]]), 'MoveNet, one body', keyPoints, { fit: 'letterbox', values: pixels }],
    ['MoveNet of 8 bits with a sign', subjectOf([['input', [1, 192, 192, 3], 'int8', { scale: [1], zeroPoint: [-128], dimension: 0 }]], [['output_0', [1, 1, 17, 3]]]), 'MoveNet, one body', keyPoints, { fit: 'letterbox', values: zeroTo255 }],
    ['MoveNet MultiPose of any size', subjectOf([['input', [1, -1, -1, 3], 'uint8']], [['output_0', [1, 6, 56]]]), 'MoveNet, several bodies', keyPoints, { fit: 'letterbox', values: pixels }],
    [
      'PoseNet', subjectOf([['sub_2', [1, 257, 257, 3]]], [['float_heatmaps', [1, 9, 9, 17]], ['float_short_offsets', [1, 9, 9, 34]], ['float_mid_offsets', [1, 9, 9, 64]], ['float_segments', [1, 9, 9, 1]]]),
      'PoseNet', { kind: 'key-points', scoreThreshold: 0.5 }, { fit: 'letterbox', values: minusOneToOne },
    ],
    // As they stand in @mediapipe/face_mesh and @mediapipe/holistic.
    ['the face mesh', subjectOf([['input_1', [1, 192, 192, 3]]], [['conv2d_21', [1, 1, 1, 1404]], ['conv2d_31', [1, 1, 1, 1]]]), 'MediaPipe face mesh', { kind: 'face-mesh' }, { fit: 'letterbox', values: zeroToOne }],
    [
      'the face mesh with attention', subjectOf([['input_1', [1, 192, 192, 3]]], [
        ['output_mesh_identity', [1, 1, 1, 1404]], ['output_lips', [1, 1, 1, 160]], ['output_left_eye', [1, 1, 1, 142]], ['output_right_eye', [1, 1, 1, 142]],
        ['output_left_iris', [1, 1, 1, 10]], ['output_right_iris', [1, 1, 1, 10]], ['conv_faceflag', [1, 1, 1, 1]],
      ]), 'MediaPipe face mesh with attention', { kind: 'face-mesh' }, { fit: 'letterbox', values: zeroToOne },
    ],
    ['the face mesh of the landmarker', subjectOf([['input_12', [1, 256, 256, 3]]], [['Identity', [1, 1, 1, 1434]], ['Identity_1', [1, 1, 1, 1]], ['Identity_2', [1, 1]]]), 'MediaPipe face mesh with irises', { kind: 'face-mesh' }, { fit: 'letterbox', values: zeroToOne }],
    ['the iris', subjectOf([['input_1', [1, 64, 64, 3]]], [['output_eyes_contours_and_brows', [1, 213]], ['output_iris', [1, 15]]]), 'MediaPipe iris', { kind: 'iris' }, { fit: 'letterbox', values: zeroToOne }],
    ['a hand', subjectOf([['input_1', [1, 224, 224, 3]]], [['Identity', [1, 63]], ['Identity_1', [1, 1]], ['Identity_2', [1, 1]], ['Identity_3', [1, 63]]]), 'MediaPipe hand landmarks', { kind: 'hand-landmarks' }, { fit: 'letterbox', values: zeroToOne }],
    ['a body', subjectOf([['input_1', [1, 256, 256, 3]]], [['Identity', [1, 195]], ['Identity_1', [1, 1]], ['Identity_2', [1, 256, 256, 1]], ['Identity_3', [1, 64, 64, 39]], ['Identity_4', [1, 117]]]), 'MediaPipe pose landmarks', { kind: 'pose-landmarks' }, { fit: 'letterbox', values: zeroToOne }],
  ])('are known by their form: %s', (_, subject, name, decoder, preprocessing) => {
    const recognition = recognise(subject);
    expect(recognition).toMatchObject({ name, decoder, preprocessing });
    expect(recognition?.because).toMatch(/\.$/);
  });

  it.each<[string, RecognitionSubject]>([
    ['from no picture', subjectOf([['audio', [1, 16000]]], [['out', [1, 1, 17, 3]]])],
    ['beside other outputs', subjectOf([['picture', [1, 192, 192, 3]]], [['out', [1, 1, 17, 3]], ['more', [1, 10]]])],
    ['without offsets', subjectOf([['picture', [1, 257, 257, 3]]], [['heatmaps', [1, 9, 9, 17]]])],
    ['with offsets of another grid', subjectOf([['picture', [1, 257, 257, 3]]], [['heatmaps', [1, 9, 9, 17]], ['offsets', [1, 17, 17, 34]]])],
    ['a mesh without presence', subjectOf([['picture', [1, 192, 192, 3]]], [['out', [1, 1404]]])],
    ['a mesh of free size', subjectOf([['picture', [1, 192, 192, 3]]], [['out', [1, -1]], ['flag', [-1, 1]]])],
    ['a mesh of a wide picture', subjectOf([['picture', [1, 192, 256, 3]]], [['out', [1, 1404]], ['flag', [1, 1]]])],
    ['nothing at all', subjectOf([], [])],
  ])('are not made up: %s', (_, subject) => {
    expect(recognise(subject)).toBeNull();
  });
});

const photo = ['picture', [1, 256, 256, 3]] as const;

describe('probabilities of what is no picture', () => {
  const named = (shape: readonly number[], more: object = {}) => [edge('Identity', shape, more)];
  const flower = [edge('dense_input', [-1, 4])];

  it('are classes where SOFTMAX ends the model, and nothing without it, of several outputs or of a picture', () => {
    expect(recognise(subjectWith(flower, named([-1, 3], { probabilities: true })))).toMatchObject({ name: 'Classifier', decoder: { kind: 'classification', top: 5 } });
    expect(recognise(subjectWith(flower, named([1, 3])))).toBeNull();
    expect(recognise(subjectWith(flower, [...named([1, 3], { probabilities: true }), edge('other', [1, 3])]))).toBeNull();
    expect(recognise(subjectWith([edge('picture', [1, 32, 32, 3])], named([1, 10], { probabilities: true })))).toBeNull();
  });
});

describe('pictures, maps, text and vectors', () => {
  const labels = (count: number) => ({ metadata: { outputs: [{ name: 'out', labels: Array.from({ length: count }, (_, index) => `class ${index}`) }] } });

  it.each<[string, RecognitionSubject, string, object]>([
    ['depth by its output', subjectOf([photo], [['inverse_depth', [1, 256, 256, 1]]]), 'Depth', { decoder: { kind: 'depth', nearer: 'higher' }, preprocessing: { fit: 'stretch' } }],
    ['depth by the description', subjectOf([photo], [['Identity', [1, 256, 256]]], { description: 'MiDaS v2.1 small' }), 'Depth', { decoder: { kind: 'depth', nearer: 'higher' } }],
    ['depth by the file’s name', subjectOf([['serving_default_input', [1, 256, 256, 3]]], [['Identity', [1, 256, 256, 1]]], { fileName: 'midas_v2_1_small.tflite' }), 'Depth', { decoder: { kind: 'depth', nearer: 'higher' }, preprocessing: { values: { mean: [123.675, 116.28, 103.53] } } }],
    ['depth that normalises itself', subjectOf([['image', [1, 256, 256, 3]]], [['depth_estimates', [1, 256, 256, 1]]], { fileName: 'midas-v2.tflite' }), 'Depth', { preprocessing: { values: zeroToOne } }],
    ['distances', subjectOf([photo], [['metric_depth', [1, 1, 224, 224]]]), 'Depth', { decoder: { kind: 'depth', nearer: 'lower' } }],
    ['super resolution', subjectOf([['original_image', [1, 50, 50, 3]]], [['output', [1, 200, 200, 3]]]), 'Super resolution, 4×', { decoder: { kind: 'image' }, preprocessing: { fit: 'letterbox' } }],
    ['super resolution of luma', subjectOf([['y', [1, 224, 224, 1]]], [['output', [1, 672, 672, 1]]]), 'Super resolution, 3×', { decoder: { kind: 'image' } }],
    // Magenta's two halves, as TensorFlow Hub publishes them.
    ['style transfer', subjectOf([['content_image', [1, 384, 384, 3]], ['mobilenet_conv/Conv/BiasAdd', [1, 1, 1, 100]]], [['transformer/expand/conv3/conv/Sigmoid', [1, 384, 384, 3]]]), 'Style transfer', { decoder: { kind: 'image', range: { lowest: 0, highest: 1 } }, preprocessing: { fit: 'letterbox', values: zeroToOne } }],
    ['style transfer of two pictures', subjectOf([['content', [1, 256, 256, 3]], ['style', [1, 256, 256, 3]]], [['out', [1, 256, 256, 3]]]), 'Style transfer', { decoder: { kind: 'image', range: { lowest: 0, highest: 1 } } }],
    ['a style', subjectOf([['style_image', [1, 256, 256, 3]]], [['mobilenet_conv/Conv/BiasAdd', [1, 1, 1, 100]]]), 'Style of a picture, for style transfer', { decoder: { kind: 'embedding' }, preprocessing: { values: zeroToOne } }],
    ['a picture from a picture and a mask', subjectOf([photo, ['mask', [1, 256, 256, 1]]], [['out', [1, 256, 256, 3]]]), 'Picture to picture', { decoder: { kind: 'image' } }],
    ['whole numbers', subjectOf([['picture', [1, 513, 513, 3], 'uint8']], [['ArgMax', [1, 513, 513], 'int64']]), 'Segmentation', { decoder: { kind: 'segmentation' } }],
    ['winners as 8 bits', subjectOf([photo], [['out', [256, 256], 'uint8']], { ops: ['CONV_2D', 'ARG_MAX', 'CAST'] }), 'Segmentation', { decoder: { kind: 'segmentation' } }],
    ['a line of text', subjectOf([['picture', [1, 31, 200, 1]]], [['out', [1, 48, 37]]]), 'Reader of a line of text', { decoder: { kind: 'text' }, preprocessing: { fit: 'stretch' } }],
    ['a line with time first', subjectOf([['picture', [1, 32, 100, 1]]], [['out', [26, 1, 37]]]), 'Reader of a line of text', { decoder: { kind: 'text' } }],
    ['characters', subjectOf([['picture', [1, 31, 200, 1]]], [['out', [1, 48], 'int64']]), 'Reader of a line of text', { decoder: { kind: 'text' } }],
    ['an embedding by its name', subjectOf([['input', [1, 112, 112, 3]]], [['embeddings', [1, 192]]]), 'Embedding', { decoder: { kind: 'embedding' } }],
    ['an embedding by the file’s name', subjectOf([['input', [1, 160, 160, 3]]], [['Identity', [1, 99]]], { fileName: 'facenet.tflite' }), 'Embedding', { decoder: { kind: 'embedding' } }],
    ['an embedding by its pooling', subjectOf([['input', [1, 224, 224, 3], 'uint8']], [['MobilenetV1/Logits/AvgPool_1a/AvgPool', [1, 1, 1, 1024], 'uint8']], { ops: ['CONV_2D', 'SOFTMAX'] }), 'Embedding', { decoder: { kind: 'embedding' } }],
    ['an embedding of length 1', subjectOf([photo], [['Identity', [1, 100]]], { ops: ['CONV_2D', 'L2_NORMALIZATION'] }), 'Embedding', { decoder: { kind: 'embedding' } }],
    ['a vector as long as embeddings', subjectOf([photo], [['Identity', [-1, 512]]]), 'Embedding', { decoder: { kind: 'embedding' } }],
    ['classes beside another output', subjectOf([photo], [['features', [1, 1024]], ['scores', [1, 3]]], labels(3)), 'Classifier', { decoder: { kind: 'classification', top: 5 }, labels: ['class 0', 'class 1', 'class 2'] }],
  ])('are known: %s', (_, subject, name, more) => {
    const recognition = recognise(subject);
    expect(recognition).toMatchObject({ name, ...more });
    expect(recognition?.because).toMatch(/\.$/);
  });

  it.each<[string, RecognitionSubject]>([
    ['a single channel without a word', subjectOf([photo], [['Identity', [1, 256, 256, 1]]])],
    ['depthwise convolutions', subjectOf([photo], [['model/depthwise_conv2d', [1, 256, 256, 1]]])],
    ['depth to space', subjectOf([photo], [['DepthToSpace', [1, 256, 256, 1]]])],
    ['three classes of twice the size', subjectOf([photo], [['out', [1, 512, 512, 3]]], labels(3))],
    ['a picture of another form', subjectOf([photo], [['out', [1, 512, 768, 3]]])],
    ['boxes in a wide picture', subjectOf([['images', [1, 320, 640, 3]]], [['Identity', [1, 4200, 85]]])],
    ['scores of classes', subjectOf([photo], [['Identity', [1, 1000]]], { ops: ['CONV_2D', 'SOFTMAX'] })],
    ['as many scores as embeddings have values', subjectOf([photo], [['Identity', [1, 512]]], { ops: ['CONV_2D', 'SOFTMAX'] })],
    ['named scores', subjectOf([photo], [['embedding', [1, 512]]], labels(512))],
    ['two outputs that the labels fit', subjectOf([photo], [['a', [1, 3]], ['b', [1, 3]]], labels(3))],
    ['a vector from sound', subjectOf([['audio', [1, 15600]]], [['embedding', [1, 1024]]])],
  ])('are not made up: %s', (_, subject) => {
    expect(recognise(subject)).toBeNull();
  });
});
