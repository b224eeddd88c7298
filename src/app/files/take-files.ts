import type { Shared } from '../context';
import { runModel } from '../result/actions';
import { takeTableFile } from '../rows/actions';
import { takesRows } from '../rows/take-rows';
import { offerLabels } from '../setup/actions';
import type { InputChoice } from '../setup/input-choice.svelte';
import type { Picture } from '../setup/pictures.svelte';
import type { WorkModel } from '../state/work-model.svelte';
import { droppedFiles, isInFolder } from './dropped-files';
import { looksLikeRun } from '../../golden/page/golden';
import { replayRun, replayWaiting } from '../golden/actions';
import { fileKind, isModelFile, isTable, isVocabulary, sortFiles } from './file-kinds';
import { files as text } from '../../messages/files';

/** Takes whatever files the person brought, each for what it is. */
export async function takeFiles(shared: Shared, given: readonly File[]): Promise<void> {
  const runs = await runsAmong(given);
  const files = given.filter((file) => !runs.includes(file));
  await takeOthers(shared, files);
  if (files.some(isModel)) await replayWaiting(shared);
  for (const file of runs) await replayRun(shared, file);
}

/** Saved runs are archives, as bundles of models are: their first bytes tell. */
async function runsAmong(files: readonly File[]): Promise<readonly File[]> {
  const looks = await Promise.all(files.map((file) => (/\.zip$/i.test(file.name) ? looksLikeRun(file) : false)));
  return files.filter((_, place) => looks[place]);
}

const isModel = (file: File): boolean => fileKind(file) === 'model';

async function takeOthers(shared: Shared, files: readonly File[]): Promise<void> {
  const { notices, pictures, preferences, workbench, opening } = shared;
  const sorted = sortFiles(files, workbench.selected !== null);
  // Models that come with a picture are to run on it from the start.
  const brought = sorted.pictures.map((file) => pictures.add(file));
  if (sorted.models.length > 0) await opening.fromFiles(sorted.models);
  for (const picture of brought) takePicture(shared, picture);
  for (const sound of sorted.sounds) takeSound(shared, sound);
  if (sorted.elsewhere.length > 0) notices.say(text.jsonElsewhere(namesOf(sorted.elsewhere)));
  if (sorted.early.length > 0) notices.say(text.early(namesOf(sorted.early)));
  const target = workbench.selected;
  if (target === null) return;
  for (const file of sorted.labels) {
    const worded = isVocabulary(file) ? target.inputs.worded : null;
    if (worded !== null) takeVocabulary(shared, target, worded, file);
    else await (isTable(file) && takesRows(target.inputs) ? takeTableFile(shared, target, file) : offerLabels(shared, target, file));
  }
  for (const values of sorted.values) takeValues(shared, target, values);
  // Whoever brings a picture or a sound to a model that is open wants to see what it makes of it.
  if (preferences.byItself && sorted.models.length === 0 && ((sorted.pictures.length > 0 && target.inputs.pictured !== null) || (sorted.sounds.length > 0 && target.inputs.sounding !== null))) void runModel(shared, target);
}

const namesOf = (files: readonly File[]): string => files.map(({ name }) => name).join(text.separator);

/** Takes what was dropped on the page: files for what they are for, of folders the models. */
export async function takeDrop(shared: Shared, transfer: DataTransfer): Promise<void> {
  const { notices, problems } = shared;
  try {
    const placed = await droppedFiles(transfer);
    const wanted = placed.filter((each) => !isInFolder(each) || isModelFile(each.file));
    if (wanted.length > 0) await takeFiles(shared, wanted.map(({ file }) => file));
    else notices.say(text.noModelInFolder);
  } catch (error) {
    problems.add('open', text.folder, error);
  }
}

function takePicture({ workbench, notices }: Shared, picture: Picture): void {
  const target = workbench.selected;
  if (target === null) notices.say(text.pictureForNext(picture.name));
  else if (target.inputs.takePicture(picture) === 0) notices.say(text.pictureNotUsed(picture.name, target.model.name));
  else notices.say(text.pictureTaken(picture.name));
}

function takeSound({ workbench, notices }: Shared, file: File): void {
  const target = workbench.selected;
  if (target === null) notices.say(text.soundEarly(file.name));
  else if (target.inputs.takeSound(file)) notices.say(text.soundTaken(file.name));
  else notices.say(text.soundNotUsed(file.name, target.model.name));
}

/** Whoever brings the vocabulary of a model wants to see it read. */
function takeVocabulary(shared: Shared, work: WorkModel, input: InputChoice, file: File): void {
  input.chooseVocabulary(file);
  shared.notices.say(text.vocabularyTaken(file.name));
  if (shared.preferences.byItself) void runModel(shared, work);
}

function takeValues({ valueQuestion, notices }: Shared, { inputs }: WorkModel, values: { readonly file: File; readonly format: 'npy' | 'raw' }): void {
  const [only, ...others] = inputs.list;
  if (only === undefined) return;
  if (others.length > 0) {
    valueQuestion.ask(values, inputs.list);
    return;
  }
  only.chooseFile(values);
  notices.say(text.valuesTaken(values.file.name, only.tensor.name));
}
