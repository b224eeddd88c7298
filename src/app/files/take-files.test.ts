import { expect, test } from 'vitest';
import { LitescopeError } from '../../errors';
import type { Shared } from '../context';
import { WaitingRuns } from '../golden/replay-state.svelte';
import { LabelQuestions } from '../setup/label-questions.svelte';
import { ValueQuestion } from '../setup/value-question.svelte';
import { Problems } from '../state/problems.svelte';
import type { Workbench } from '../state/workbench.svelte';
import { fakeLitescope, setupOf, type TestSetup } from '../testing/fakes';
import { takeDrop, takeFiles } from './take-files';

const file = (name: string, content = 'x') => new File([content], name);

/** As much of the page as files are taken by, with this model in front. */
function scene(selected: TestSetup | null) {
  const said: string[] = [];
  const opened: string[] = [];
  const problems = new Problems();
  const labelQuestions = new LabelQuestions({ get models() { return selected === null ? [] : [selected]; } } as unknown as Workbench);
  const shared = {
    litescope: fakeLitescope({}), labelQuestions, problems, valueQuestion: new ValueQuestion(), pictures: (selected ?? setupOf()).pictures,
    notices: { say: (text: string) => { said.push(text); } },
    workbench: { selected }, preferences: { byItself: false }, waitingRuns: new WaitingRuns(),
    opening: { fromFiles: (files: readonly File[]) => { opened.push(...files.map(({ name }) => name)); return Promise.resolve(); } },
  };
  return { shared: shared as unknown as Shared, said, opened, problems, question: shared.valueQuestion, labelQuestions };
}

test('Each file is taken for what it is: models first, then the picture and values of the model in front, and labels once they are wanted', async () => {
  const setup = setupOf();
  const { shared, said, opened, labelQuestions } = scene(setup);
  await takeFiles(shared, [file('labels.txt', 'cat\ndog'), file('values.npy'), file('photo.png'), file('b.tflite')]);
  expect(opened).toEqual(['b.tflite']);
  expect(said).toEqual(['photo.png is the input picture now.', `values.npy is the input “${setup.inputs.list[0]?.tensor.name}” now.`]);
  expect([setup.decoding.ownLabels, setup.inputs.list[0]?.kind]).toEqual([null, 'file']);
  const [question] = labelQuestions.open;
  if (question === undefined) throw new Error('Nothing was asked.');
  expect([question.modelId, question.name, question.list]).toEqual([setup.model.id, 'labels.txt', ['cat', 'dog']]);
  labelQuestions.answer(question, true);
  expect([setup.decoding.ownLabels, labelQuestions.open]).toEqual([{ name: 'labels.txt', list: ['cat', 'dog'] }, []]);
});

test('Labels that are not wanted change nothing, and a later list takes the place of one that waits', async () => {
  const setup = setupOf();
  const { shared, labelQuestions } = scene(setup);
  await takeFiles(shared, [file('notes.txt', 'call Bob'), file('labels.txt', 'cat\ndog')]);
  expect(labelQuestions.open.map(({ name }) => name)).toEqual(['labels.txt']);
  for (const question of labelQuestions.open) labelQuestions.answer(question, false);
  expect([setup.decoding.ownLabels, labelQuestions.open]).toEqual([null, []]);
});

test.each([
  ['empty.txt', '\n', 'empty.txt holds no label.'],
  ['archive.txt', 'PK\u0003\u0004\u0000', 'archive.txt is no text.'],
  ['table.csv', 'file,label\na/1.jpg,cat\nb/2.jpg,dog\n', 'table.csv is a table of files: choose it under “Compare & shrink”, together with the files that it names.'],
])('%s can be no labels, which is said before anything is asked, until the model is closed', async (name, content, details) => {
  const setup = setupOf();
  const { shared, problems, labelQuestions } = scene(setup);
  await takeFiles(shared, [file(name, content)]);
  expect(problems.at('open').map(({ subject, modelId, error }) => [subject, modelId, error.code, error.details])).toEqual([[name, setup.model.id, 'INVALID_LABELS', details]]);
  expect([setup.decoding.ownLabels, labelQuestions.open]).toEqual([null, []]);
  problems.forget(setup.model.id);
  expect(problems.list).toEqual([]);
});

test('JSON files are shown the way to where they belong, and what belongs to a model waits for one', async () => {
  const { shared, said, opened } = scene(null);
  await takeFiles(shared, [file('runs.json'), file('labels.txt'), file('values.npy'), file('weights.bin')]);
  expect(opened).toEqual(['weights.bin']);
  expect(said).toEqual([
    'runs.json: JSON files are taken where they belong, runs under “Runs”, numbers for ops under “Graph”, recipes under “Compare & shrink”.',
    'labels.txt, values.npy: such files belong to a model. Open one first, then drop them again.',
  ]);
});

test('A picture without a model waits for the next one', async () => {
  const { shared, said } = scene(null);
  await takeFiles(shared, [file('photo.png')]);
  expect(said).toEqual(['photo.png will be the input of the next model that takes pictures.']);
});

test('Values that fit several inputs are asked about', async () => {
  const setup = setupOf();
  const [input] = setup.inputs.list;
  if (input === undefined) throw new Error('The model has no input.');
  const two = { ...setup, inputs: { list: [input, input] } } as unknown as TestSetup;
  const { shared, said, question } = scene(two);
  await takeFiles(shared, [file('values.bin')]);
  expect([said, question.current?.file.file.name, question.current?.choices.length, input.file]).toEqual([[], 'values.bin', 2, null]);
});

/** What a browser gives for a folder with these files in it. */
function folderOf(...files: readonly File[]): DataTransfer {
  const entries = files.map((each) => ({ isFile: true, fullPath: `/folder/${each.name}`, file: (resolve: (file: File) => void) => { resolve(each); } }));
  const reads = [entries, []];
  const folder = { isFile: false, createReader: () => ({ readEntries: (resolve: (entries: unknown) => void) => { resolve(reads.shift()); } }) };
  return { items: [{ webkitGetAsEntry: () => folder }], files: [] } as unknown as DataTransfer;
}

test('Of a folder only the models are taken, and one without any is told where its pictures are wanted', async () => {
  const setup = setupOf();
  const before = setup.pictures.latest;
  const { shared, said, opened } = scene(setup);
  await takeDrop(shared, folderOf(file('1.png'), file('b.tflite')));
  expect([opened, said, setup.pictures.latest]).toEqual([['b.tflite'], [], before]);
  await takeDrop(shared, folderOf(file('1.png')));
  expect([opened, said]).toEqual([['b.tflite'], ['There is no model in that folder. Pictures of a folder are samples in “Compare & shrink”: drop them there.']]);
});

test('A saved run is replayed and opened as no model; one whose model is not open waits for it', async () => {
  const { shared, opened, problems } = scene(null);
  const zip = (name: string) => file(name, `PK\u0003\u0004${'\0'.repeat(26)}run.json`);
  const replayed: string[] = [];
  Object.assign(shared, {
    activity: { giveWay: () => undefined },
    litescope: fakeLitescope({ replay: (run) => { replayed.push((run as File).name); return Promise.reject(new LitescopeError('RUN_NEEDS_MODEL', 'It was made with “b.tflite”.')); } }),
  });
  await takeFiles(shared, [zip('mine.zip'), file('bundle.zip')]);
  expect([opened, replayed, problems.at('open').map(({ error }) => error.code)]).toEqual([['bundle.zip'], ['mine.zip'], ['RUN_NEEDS_MODEL']]);
  await takeFiles(shared, [file('b.tflite')]);
  expect([opened, replayed]).toEqual([['bundle.zip', 'b.tflite'], ['mine.zip', 'mine.zip']]);
});
