import * as v from 'valibot';
import type { ErrorCode } from '../errors';
import { check, withMethods } from './check';
import { hasClips, withReadableClips } from './readable-clips';
import * as schemas from './schemas';
import type { Litescope } from './types';

interface Parameter {
  readonly name: string;
  readonly schema: v.GenericSchema;
  readonly code: ErrorCode;
}

/** Methods that give a promise and take something. */
type CheckedMethod = Exclude<{ [Name in keyof Litescope]: Litescope[Name] extends (...given: never[]) => Promise<unknown> ? Name : never }[keyof Litescope], 'capabilities' | 'gallery'>;
type OneEach<Given extends readonly unknown[]> = { readonly [Place in keyof Given]: Parameter };
type ParametersOf<Method extends CheckedMethod> = OneEach<Required<Parameters<Litescope[Method]>>>;

function parameter(name: string, schema: v.GenericSchema, code: ErrorCode = 'INVALID_ARGUMENT'): Parameter {
  return { name, schema, code };
}

const frameSource = withMethods('start', 'close');
const id = parameter('id', schemas.id);
const ids = parameter('ids', schemas.ids);
const inputs = parameter('inputs', schemas.inputs);
const inputsOfModels = parameter('inputs', schemas.inputsOfModels);
const samples = parameter('samples', schemas.samples);
const plan = parameter('plan', schemas.plan);
const threadCounts = parameter('threadCounts', schemas.threadCounts);
const configuration = parameter('configuration', schemas.configuration, 'INVALID_CONFIGURATION');
const options = (schema: v.GenericSchema) => parameter('options', schema);

const parameters: { readonly [Method in CheckedMethod]: ParametersOf<Method> } = {
  openFromGallery: [id, options(schemas.openOptions)],
  open: [parameter('source', schemas.modelSource), options(schemas.openOptions)],
  run: [id, configuration, inputs, options(schemas.runOptions)],
  saveRun: [id, parameter('run', schemas.finishedRun), inputs, options(schemas.saveOptions)],
  replay: [parameter('file', schemas.file), configuration, options(schemas.replayOptions)],
  profile: [id, configuration, inputs, options(schemas.profileOptions)],
  crossCheck: [id, inputs, options(schemas.crossCheckOptions)],
  compare: [ids, configuration, samples, options(schemas.comparisonSettings)],
  compareLayers: [parameter('ids', schemas.twoIds), samples, options(schemas.layersOptions)],
  previewPasses: [id, options(schemas.callOptions)],
  estimateRecipe: [id, parameter('recipe', schemas.recipe, 'INVALID_RECIPE'), options(schemas.callOptions)],
  rewrite: [id, parameter('rewriting', schemas.rewriting), parameter('inputs', schemas.listOfInputs), options(schemas.variantOptions)],
  quantize: [id, parameter('recipe', schemas.recipe, 'INVALID_RECIPE'), parameter('samples', schemas.listOfInputs), options(schemas.quantizeOptions)],
  stream: [id, parameter('source', frameSource), parameter('watcher', withMethods('show')), configuration, options(schemas.streamOptions)],
  listen: [id, parameter('clip', schemas.file), configuration, options(schemas.soundOptions)],
  streamSound: [id, parameter('source', frameSource), parameter('watcher', withMethods('onWindow')), configuration, options(schemas.soundOptions)],
  switchStream: [parameter('stream', withMethods('switchTo', 'endSession')), id, configuration, options(schemas.streamOptions)],
  benchmark: [ids, parameter('configurations', schemas.configurations, 'INVALID_CONFIGURATION'), plan, inputsOfModels, options(schemas.benchmarkOptions)],
  benchmarkRows: [parameter('rows', schemas.rows), plan, inputsOfModels, options(schemas.benchmarkOptions)],
  sweep: [ids, parameter('configurations', schemas.configurationsWithoutThreads, 'INVALID_CONFIGURATION'), threadCounts, plan, inputsOfModels, options(schemas.benchmarkOptions)],
  peak: [threadCounts, options(schemas.callOptions)],
  timeUnfolding: [id, parameter('configuration', schemas.wholeConfiguration, 'INVALID_CONFIGURATION'), options(schemas.unfoldingOptions)],
  timeSigning: [id, parameter('configuration', schemas.wholeConfiguration, 'INVALID_CONFIGURATION'), inputs, options(schemas.unfoldingOptions)],
  reportLink: [parameter('report', schemas.report, 'INVALID_REPORT'), options(schemas.callOptions)],
  readReportLink: [parameter('text', v.string(), 'INVALID_LINK'), options(schemas.callOptions)],
};

type Sources = Litescope['sources'];
type SourceParameters<Name extends keyof Sources> = { readonly [Each in Name]: OneEach<Required<Parameters<Sources[Each]>>> };

const openingParameters: SourceParameters<'openCamera' | 'openScreen' | 'openVideo' | 'openPicture'> = {
  openCamera: [options(schemas.cameraOptions)],
  openScreen: [options(schemas.wayOptions)],
  openVideo: [parameter('file', schemas.file), parameter('name', schemas.name), options(schemas.wayOptions)],
  openPicture: [parameter('picture', schemas.file), parameter('name', schemas.name), parameter('frameRate', schemas.frameRate)],
};
const directParameters: SourceParameters<'watchCameras' | 'shareSource'> = {
  watchCameras: [parameter('listener', schemas.listener)],
  shareSource: [parameter('source', frameSource), parameter('count', schemas.parts)],
};

function assertGiven(own: readonly Parameter[], given: readonly unknown[]): void {
  for (const [place, { name, schema, code }] of own.entries()) check(schema, given[place], name, code);
}

type Method = (...given: readonly unknown[]) => unknown;

/** These methods of an object, in another form. */
function formed<Whole extends object, Name extends keyof Whole & string>(whole: Whole, names: Readonly<Record<Name, readonly Parameter[]>>, form: (work: Method, own: readonly Parameter[]) => Method): Pick<Whole, Name> {
  return Object.fromEntries(Object.entries<readonly Parameter[]>(names).map(([method, own]) => [method, form(whole[method as Name] as Method, own)])) as Pick<Whole, Name>;
}

/** They first check what they are given. */
const checked: Parameters<typeof formed>[2] = (work, own) => (...given) => {
  assertGiven(own, given);
  return work(...given);
};

/** The same where every method gives a promise, which then says what was wrong. Sound is decoded before the work begins. */
const checkedLater: Parameters<typeof formed>[2] = (work, own) => async (...given) => {
  assertGiven(own, given);
  return work(...(hasClips(given) ? await withReadableClips(given) : given));
};

/**
 * The API for those outside of it: nothing starts before all that was given is what the types say.
 * @throws LitescopeError in each method's promise: INVALID_ARGUMENT, or INVALID_CONFIGURATION, INVALID_RECIPE, INVALID_REPORT, INVALID_LINK for what these are about
 */
export function withCheckedArguments(litescope: Litescope): Litescope {
  const methods = formed(litescope, parameters, checkedLater);
  return {
    ...litescope,
    ...methods,
    sources: { ...litescope.sources, ...formed(litescope.sources, directParameters, checked), ...formed(litescope.sources, openingParameters, checkedLater) },
    async stream(id, source, ...rest) {
      try {
        return await methods.stream(id, source, ...rest);
      } catch (error) {
        // A stream owns its source, whatever comes of it.
        if (v.is(frameSource, source)) source.close();
        throw error;
      }
    },
    async streamSound(id, source, ...rest) {
      try {
        return await methods.streamSound(id, source, ...rest);
      } catch (error) {
        if (v.is(frameSource, source)) source.close();
        throw error;
      }
    },
  };
}
