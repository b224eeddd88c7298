import { apiTest as test, expect, serveFiles, sharedModel } from './support/fixtures';
import { toneSamples } from '../src/audio/shared/sample-sounds';
import { writeWav } from '../src/audio/shared/wav';
import { modelTones, toneModel } from './support/made-models';
import { madeClips, sampleClip, soundTimes } from './support/sounds';

const yamnet = sharedModel('yamnet_audio_classifier_with_metadata.tflite');

test.skip(yamnet === null, '../shared/models/yamnet_audio_classifier_with_metadata.tflite is not there');

test('a tone, noise and a voice are what YAMNet says they are, on both runtimes that run it', async ({ page }) => {
  const { addresses: [address = ''], stop } = await serveFiles(page, [yamnet ?? '']);
  const heard = await page.evaluate(async ({ file, clips }) => {
    const { litescope } = window;
    const model = await litescope.open(file);
    const found: Record<string, readonly string[]> = {};
    const notes: object[] = [];
    for (const runtime of ['tfjs-tflite', 'litert'] as const) {
      for (const [name, base64] of Object.entries(clips)) {
        const clip = new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))]);
        const { decoded, sounds: [sound] } = await litescope.run(model.id, { runtime, threads: 1 }, { waveform_binary: { kind: 'audio', clip } }, { decoder: 'auto', fallback: false });
        found[`${name}, ${runtime}`] = decoded?.kind === 'classes' ? decoded.classes.slice(0, 3).map(({ label }) => label) : [];
        if (runtime === 'litert' && sound !== undefined) notes.push({ from: sound.sampleRate, to: sound.modelRate, padded: sound.padded_s });
      }
    }
    litescope.close(model.id);
    return { found, notes };
  }, { file: address, clips: await madeClips() });
  stop();
  for (const runtime of ['tfjs-tflite', 'litert']) {
    expect(heard.found[`tone, ${runtime}`]?.[0]).toBe('Sine wave');
    expect(heard.found[`noise, ${runtime}`]?.join()).toMatch(/Static|White noise|Noise/);
    expect(heard.found[`speech, ${runtime}`]?.[0]).toBe('Speech');
  }
  expect(heard.notes).toEqual([{ from: 48_000, to: 16_000, padded: 0 }, { from: 44_100, to: 16_000, padded: 0 }, { from: 16_000, to: 16_000, padded: 0 }]);
});

test('what is no WAV file is decoded by the browser; what is no sound has its error; what is short is padded', async ({ page }) => {
  const { addresses: [address = ''], stop } = await serveFiles(page, [yamnet ?? '']);
  const outcome = await page.evaluate(async ({ file, tone }) => {
    const { litescope } = window;
    const model = await litescope.open(file);
    const classify = async (clip: Blob) => {
      const { decoded, sounds } = await litescope.run(model.id, { threads: 1 }, { waveform_binary: { kind: 'audio', clip } }, { decoder: 'auto' });
      return { label: decoded?.kind === 'classes' ? decoded.classes[0]?.label : null, sound: sounds[0] };
    };
    // The browser's own recorder makes an Opus file of the tone.
    const context = new AudioContext({ sampleRate: 48_000 });
    const source = context.createBufferSource();
    source.buffer = await context.decodeAudioData(Uint8Array.from(atob(tone), (letter) => letter.charCodeAt(0)).buffer);
    const destination = context.createMediaStreamDestination();
    source.connect(destination);
    const recorder = new MediaRecorder(destination.stream);
    const recorded = new Promise<Blob>((resolve) => { recorder.ondataavailable = ({ data }) => { resolve(data); }; });
    recorder.start();
    source.start();
    await new Promise((resolve) => { source.onended = resolve; });
    recorder.stop();
    const opus = await classify(await recorded);
    await context.close();
    const refused = await classify(new Blob(['no sound'])).then(() => null, (error: { code: string }) => error.code);
    const short = await classify(new Blob([Uint8Array.from(atob(tone), (letter) => letter.charCodeAt(0)).slice(0, 44 + 4 * 24_000)]));
    litescope.close(model.id);
    return { opus, refused, short };
  }, { file: address, tone: (await madeClips()).tone });
  stop();
  expect(outcome.opus).toMatchObject({ label: 'Sine wave', sound: { sampleRate: 48_000, modelRate: 16_000 } });
  expect(outcome.refused).toBe('INVALID_AUDIO');
  expect(outcome.short.sound).toMatchObject({ duration_s: 0.5, padded_s: 0.475 });
});

test('a clip that is longer than the window is heard window by window, each with its class', async ({ page }) => {
  const { addresses: [address = ''], stop } = await serveFiles(page, [yamnet ?? '']);
  const heard = await page.evaluate(async ({ file, clip }) => {
    const { litescope } = window;
    const model = await litescope.open(file);
    const progress: number[] = [];
    const { windows, ...rest } = await litescope.listen(model.id, new Blob([Uint8Array.from(atob(clip), (letter) => letter.charCodeAt(0))]), { threads: 1 }, {
      onProgress: (step) => { if (step.kind === 'listen') progress.push(step.heard_s); },
    });
    litescope.close(model.id);
    return { rest, windows: windows.map(({ end_s, decoded, scores }) => ({ end_s, label: decoded?.kind === 'classes' ? decoded.classes[0]?.label : null, classes: scores?.length })) };
  }, { file: address, clip: await sampleClip(22_050) });
  stop();
  expect(heard.rest).toMatchObject({ duration_s: 7.5, window_s: 0.975, hop_s: 0.488 });
  expect(heard.windows.length).toBe(15);
  expect(heard.windows.every(({ classes }) => classes === 521)).toBe(true);
  const within = ([from, to]: readonly [number, number]) => heard.windows.filter(({ end_s }) => end_s - 0.975 >= from - 0.01 && end_s <= to + 0.01).map(({ label }) => label);
  expect(within(soundTimes.tone)).toEqual(['Sine wave', 'Sine wave', 'Sine wave']);
  expect(within(soundTimes.noise).every((label) => /Static|noise|Spray|Noise/.test(label ?? ''))).toBe(true);
  expect(within(soundTimes.speech)).toContain('Speech');
});

test('clips calibrate an int8 variant, which is compared with its original on clips, with labels', async ({ page }) => {
  const { addresses: [address = ''], stop } = await serveFiles(page, [{ name: 'tones.tflite', bytes: Buffer.from(toneModel()) }]);
  const clips = await Promise.all(modelTones.flatMap((hertz) => [0.1, 0.25, 0.4].map(async (level) => ({
    label: `${modelTones.indexOf(hertz)}`, base64: Buffer.from(await writeWav({ samples: toneSamples(hertz, 48_000, 0.2).map((value) => value * level * 2), sampleRate: 48_000 }).arrayBuffer()).toString('base64'),
  }))));
  const outcome = await page.evaluate(async ({ file, clips: given }) => {
    const { litescope } = window;
    const model = await litescope.open(file);
    const samples = given.map(({ label, base64 }) => ({ label, inputs: { audio: { kind: 'audio' as const, clip: new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))]) } } }));
    const made = await litescope.quantize(model.id, 'int8', samples.map(({ inputs }) => inputs), { prove: false });
    const compared = await litescope.compare([model.id, made.model.id], { threads: 1 }, samples, { decoder: { kind: 'classification', top: 1 } });
    litescope.close(model.id);
    litescope.close(made.model.id);
    return { dtype: made.model.summary.weights.map(({ dtype }) => dtype), compared };
  }, { file: address, clips });
  stop();
  expect(outcome.dtype).toContain('int8');
  expect(outcome.compared.models.map(({ error, samples }) => [error, samples])).toEqual([[null, 9], [null, 9]]);
  expect(outcome.compared.models[1]?.outputs[0]?.metrics?.sqnr_db).toBeGreaterThan(40);
  expect(outcome.compared.models[1]?.accuracy).toMatchObject({ right: 9, labelled: 9 });
});
