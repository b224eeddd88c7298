import { expect, test } from 'vitest';
import type { Shared } from '../context';
import { ValueQuestion } from '../setup/value-question.svelte';
import { Problems } from '../state/problems.svelte';
import { fakeLitescope, setupOf, type TestSetup } from '../testing/fakes';
import { takeDrop, takeFiles } from './take-files';

const file = (name: string, content = 'x') => new File([content], name);

/** As much of the page as files are taken by, with this model in front. */
function scene(selected: TestSetup | null) {
  const said: string[] = [];
  const opened: string[] = [];
  const problems = new Problems();
  const shared = {
    litescope: fakeLitescope({}), problems, valueQuestion: new ValueQuestion(), pictures: (selected ?? setupOf()).pictures,
    notices: { say: (text: string) => { said.push(text); } },
    workbench: { selected }, preferences: { byItself: false },
    opening: { fromFiles: (files: readonly File[]) => { opened.push(...files.map(({ name }) => name)); return Promise.resolve(); } },
  };
  return { shared: shared as unknown as Shared, said, opened, problems, question: shared.valueQuestion };
}

test('Each file is taken for what it is: models first, then the picture, labels and values of the model in front', async () => {
  const setup = setupOf();
  const { shared, said, opened } = scene(setup);
  await takeFiles(shared, [file('labels.txt', 'cat\ndog'), file('values.npy'), file('photo.png'), file('b.tflite')]);
  expect(opened).toEqual(['b.tflite']);
  expect(said).toEqual(['photo.png is the input picture now.', 'labels.txt gives the labels now.', `values.npy is the input “${setup.inputs.list[0]?.tensor.name}” now.`]);
  expect([setup.decoding.ownLabels?.list, setup.inputs.list[0]?.kind]).toEqual([['cat', 'dog'], 'file']);
});

test('Labels that are none are told beside the result, and the former ones stay', async () => {
  const setup = setupOf();
  const { shared, problems } = scene(setup);
  await takeFiles(shared, [file('empty.txt', '\n')]);
  expect(problems.list.map(({ place, subject, modelId, error: { code } }) => [place, subject, modelId, code])).toEqual([['run', 'empty.txt', setup.model.id, 'INVALID_LABELS']]);
  expect(setup.decoding.ownLabels).toBeNull();
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
