import type { Shared } from '../context';
import { runModel } from '../result/actions';
import { takeLabels } from '../setup/actions';
import type { WorkModel } from '../state/work-model.svelte';
import { droppedFiles, isInFolder } from './dropped-files';
import { isModelFile, sortFiles } from './file-kinds';

/** Takes whatever files the person brought, each for what it is. */
export async function takeFiles(shared: Shared, files: readonly File[]): Promise<void> {
  const { workbench, opening } = shared;
  const sorted = sortFiles(files, workbench.selected !== null);
  if (sorted.models.length > 0) await opening.fromFiles(sorted.models);
  for (const file of sorted.pictures) takePicture(shared, file);
  const target = workbench.selected;
  if (target === null) return;
  for (const file of sorted.labels) await takeLabels(shared, target, file);
  for (const values of sorted.values) takeValues(shared, target, values);
  // Whoever brings a picture to a model that is open wants to see what it makes of it.
  if (shared.preferences.byItself && sorted.models.length === 0 && sorted.pictures.length > 0 && target.inputs.pictured !== null) void runModel(shared, target);
}

/** Takes what was dropped on the page: files for what they are for, of folders the models. */
export async function takeDrop(shared: Shared, transfer: DataTransfer): Promise<void> {
  const { notices, problems } = shared;
  try {
    const placed = await droppedFiles(transfer);
    const wanted = placed.filter((each) => !isInFolder(each) || isModelFile(each.file));
    if (wanted.length > 0) await takeFiles(shared, wanted.map(({ file }) => file));
    else notices.say('There is no model in that folder. Pictures of a folder are samples in “Compare & shrink”: drop them there.');
  } catch (error) {
    problems.add('open', 'The folder', error);
  }
}

function takePicture({ pictures, workbench, notices }: Shared, file: File): void {
  const picture = pictures.add(file);
  const target = workbench.selected;
  if (target === null) notices.say(`${file.name} will be the input of the next model that takes pictures.`);
  else if (target.inputs.takePicture(picture) === 0) notices.say(`${file.name} is not used: ${target.model.name} takes no picture.`);
  else notices.say(`${file.name} is the input picture now.`);
}

function takeValues({ valueQuestion, notices }: Shared, { inputs }: WorkModel, values: { readonly file: File; readonly format: 'npy' | 'raw' }): void {
  const [only, ...others] = inputs.list;
  if (only === undefined) return;
  if (others.length > 0) {
    valueQuestion.ask(values, inputs.list);
    return;
  }
  only.chooseFile(values);
  notices.say(`${values.file.name} is the input “${only.tensor.name}” now.`);
}
