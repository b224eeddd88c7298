import { describe, expect, it } from 'vitest';
import { recognise } from './recognise';
import { soundByForm } from './sounds';
import { subjectOf } from './testing/subjects';

const scale = { scale: [0.1], zeroPoint: [-128], dimension: 0 };

describe('models that hear', () => {
  it('YAMNet, of one window or of any length', () => {
    for (const shape of [[15_600], [1, 15_600], [-1]]) {
      const found = recognise(subjectOf([['waveform', shape]], [['scores', [1, 521]]]));
      expect(found).toMatchObject({ name: 'YAMNet, sounds of AudioSet', decoder: { kind: 'classification' }, sound: { input: 'waveform', from: 'family', window: 15_600, preparation: { sampleRate: 16_000, amplitude: 'unit', hop_s: 0.488, features: { kind: 'waveform' } } } });
    }
    expect(recognise(subjectOf([['features', [1, 96, 64]]], [['scores', [1, 521]]]))).toBeNull();
  });

  it('what the file says of its rate before what the family has', () => {
    const metadata = { inputs: [{ name: 'audio_clip', description: 'Input clip (22.05 kHz float32 waveform)' }] };
    expect(recognise(subjectOf([['waveform', [15_600]]], [['scores', [1, 521]]], { metadata }))?.sound).toMatchObject({ from: 'metadata', preparation: { sampleRate: 22_050 } });
    const properties = { inputs: [{ name: 'a', sound: { sampleRate: 8000, channels: 1 } }] };
    expect(soundByForm(subjectOf([['x', [1, 4000]]], [['y', [1, 3]]], { metadata: properties }))).toMatchObject({ input: 'x', from: 'metadata', preparation: { sampleRate: 8000, hop_s: 0.25 } });
    expect(soundByForm(subjectOf([['x', [1, 4000]]], [['y', [1, 3]]], { metadata: { inputs: [{ name: 'a', sound: { sampleRate: 8000, channels: 2 } }] } }))).toBeNull();
  });

  it('TFLite Micro’s speech commands and wake words, by their front end', () => {
    expect(recognise(subjectOf([['Reshape_1', [1, 1960], 'int8', scale]], [['labels_softmax', [1, 4], 'int8', scale]]))).toMatchObject({
      name: 'TFLite Micro speech commands', labels: ['silence', 'unknown', 'yes', 'no'], sound: { preparation: { features: { kind: 'micro-frontend', window: 480, hop: 320, bands: 40 }, hop_s: 0.1 } },
    });
    expect(recognise(subjectOf([['a', [1, 1960], 'int8', scale]], [['b', [1, 12], 'int8', scale]]))?.labels).toBeUndefined();
    const wake = recognise(subjectOf([['input_audio', [1, 3, 40], 'int8', scale]], [['dense', [1, 1], 'uint8', scale]], { ops: ['VAR_HANDLE', 'CONV_2D'] }));
    expect(wake).toMatchObject({ name: 'microWakeWord', because: 'It takes 3 rows of 40 integers at a time, remembers, and gives one score.', sound: { preparation: { features: { hop: 160 }, hop_s: 0.03 } } });
    // Without memory it is something else.
    expect(recognise(subjectOf([['input_audio', [1, 3, 40], 'int8', scale]], [['dense', [1, 1], 'uint8', scale]]))).toBeNull();
  });

  it('and others by a guess that is called one', () => {
    expect(soundByForm(subjectOf([['decoded_sample_data', [16_000, 1]], ['decoded_sample_data:1', [], 'int32']], [['labels_softmax', [1, 12]]]))).toMatchObject({ input: 'decoded_sample_data', from: 'guess', preparation: { sampleRate: 16_000 } });
    expect(soundByForm(subjectOf([['x', [1, 44_032]]], [['y', [1, 20]]]))).toMatchObject({ from: 'guess', preparation: { sampleRate: 44_100 } });
    expect(soundByForm(subjectOf([['audio', [1, 5000], 'int16']], [['y', [1, 2]]]))).toMatchObject({ preparation: { amplitude: 'int16' } });
    expect(soundByForm(subjectOf([['audio_free', [1, -1]]], [['y', [1, 2]]]))).toMatchObject({ window: 16_000 });
    expect(soundByForm(subjectOf([['x', [1, 13]]], [['y', [1, 3]]]))).toBeNull();
    expect(soundByForm(subjectOf([['image', [1, 224, 224, 3]]], [['y', [1, 1000]]]))).toBeNull();
  });
});
