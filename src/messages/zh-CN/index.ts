import { api } from './api';
import { audio } from './audio';
import { benchmark } from './benchmark';
import { charts } from './charts';
import { commandLine } from './command-line';
import { compiler } from './compiler';
import { comparing } from './comparing';
import { comparingTables } from './comparing-tables';
import { crossCheck } from './cross-check';
import { engine } from './engine';
import { errors } from './errors';
import { files } from './files';
import { frame } from './frame';
import { gallery } from './gallery';
import { graph } from './graph';
import { graphView } from './graph-view';
import { history } from './history';
import { inspect } from './inspect';
import { inspector } from './inspector';
import { live } from './live';
import { numbers } from './numbers';
import { offline } from './offline';
import { openedModel } from './opened-model';
import { overview } from './overview';
import { parts } from './parts';
import { profile } from './profile';
import { quantize } from './quantize';
import { report } from './report';
import { reportFindings } from './report-findings';
import { result } from './result';
import { rewrite } from './rewrite';
import { rows } from './rows';
import { runs } from './runs';
import { setup } from './setup';
import { sharedReport } from './shared-report';
import { golden } from './golden';
import { sharing } from './sharing';
import { speed } from './speed';
import { start } from './start';
import { studies } from './studies';
import { tensor } from './tensor';
import { text } from './text';
import { tflite } from './tflite';
import { tfliteFormat } from './tflite-format';
import { tfliteOps } from './tflite-ops';
import { tflitePlaces } from './tflite-places';
import { threads } from './threads';
import { threadsView } from './threads-view';
import { variants } from './variants';
import { recognition } from './recognition';
import { vision } from './vision';
import { why } from './why';
import { wording } from './wording';
import { wordingAgreement } from './wording-agreement';
import { wordingProgress } from './wording-progress';
import { wordingSpeed } from './wording-speed';
import { wordingVariants } from './wording-variants';

/** All files of this language by their names. */
export const translations = {
  api,
  audio,
  benchmark,
  charts,
  'command-line': commandLine,
  compiler,
  comparing,
  'comparing-tables': comparingTables,
  'cross-check': crossCheck,
  engine,
  errors,
  files,
  frame,
  gallery,
  graph,
  'graph-view': graphView,
  history,
  inspect,
  inspector,
  live,
  numbers,
  offline,
  'opened-model': openedModel,
  overview,
  parts,
  profile,
  quantize,
  report,
  'report-findings': reportFindings,
  result,
  rewrite,
  rows,
  runs,
  setup,
  'shared-report': sharedReport,
  golden,
  sharing,
  speed,
  start,
  studies,
  tensor,
  text,
  tflite,
  'tflite-format': tfliteFormat,
  'tflite-ops': tfliteOps,
  'tflite-places': tflitePlaces,
  threads,
  'threads-view': threadsView,
  variants,
  recognition,
  vision,
  why,
  wording,
  'wording-agreement': wordingAgreement,
  'wording-progress': wordingProgress,
  'wording-speed': wordingSpeed,
  'wording-variants': wordingVariants,
};
