import { describe, expect, it } from 'vitest';
import { recognise } from './recognise';
import { subjectOf } from './testing/subjects';
import type { RecognitionSubject } from './types';

const zeroToOne = { kind: 'normalise', mean: [0], std: [255] };
const zeroTo255 = { kind: 'normalise', mean: [0], std: [1] };
const minusOneToOne = { kind: 'normalise', mean: [127.5], std: [127.5] };
const pixels = { kind: 'pixels' };
const keyPoints = { kind: 'key-points', scoreThreshold: 0.3 };

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
    ['a mesh of free size', subjectOf([['picture', [1, 192, 192, 3]]], [['out', [-1, 1404]], ['flag', [-1, 1]]])],
    ['a mesh of a wide picture', subjectOf([['picture', [1, 192, 256, 3]]], [['out', [1, 1404]], ['flag', [1, 1]]])],
    ['nothing at all', subjectOf([], [])],
  ])('are not made up: %s', (_, subject) => {
    expect(recognise(subject)).toBeNull();
  });
});
