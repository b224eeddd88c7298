import { assertAvailable, maximumThreads } from '../engine/session/shared/attempts';
import type { Accelerator, Capabilities, Configuration, RequestedConfiguration } from '../engine/configuration/shared/configuration';
import { LitescopeError, type SerializedError } from '../errors';
import { wording as text } from '../messages/wording';

/** `WebAssembly`, `WebGPU`, `WebNN`, `JavaScript`: names as their makers write them. */
export const acceleratorNames: Readonly<Record<Accelerator, string>> = { wasm: 'WebAssembly', webgpu: 'WebGPU', webnn: 'WebNN', cpu: 'JavaScript' };

/** A configuration as the engine knows it, or as a report from elsewhere states it. */
export interface AnyConfiguration {
  readonly runtime: string;
  readonly accelerator: string;
  readonly threads: number;
}

/** `litert · WebAssembly · 2 threads`. */
export function describeConfiguration({ runtime, accelerator, threads }: AnyConfiguration): string {
  const name = (acceleratorNames as Readonly<Record<string, string>>)[accelerator] ?? accelerator;
  return `${runtime} · ${name} · ${text.threads(threads)}`;
}

/** The same for what was asked for, of which parts may be left to the engine. */
export function describeRequested({ runtime, accelerator, threads }: RequestedConfiguration): string {
  return [runtime === 'auto' ? text.anyRuntime : runtime, accelerator === 'auto' ? text.anyAccelerator : acceleratorNames[accelerator], threads === 'auto' ? text.threadsByChoice : text.threads(threads)].join(' · ');
}

/**
 * A configuration in one line, `Auto: tfjs-tflite, WebAssembly, 1 thread`: what was chosen, and what the rest came to.
 * @param ran null where nothing ran with these choices yet
 */
export function configurationLine({ runtime, accelerator, threads }: RequestedConfiguration, ran: AnyConfiguration | null): string {
  const named = (name: string) => (acceleratorNames as Readonly<Record<string, string>>)[name] ?? name;
  const parts = [
    { isAuto: runtime === 'auto', text: runtime === 'auto' ? ran?.runtime : runtime },
    { isAuto: accelerator === 'auto', text: accelerator === 'auto' ? ran && named(ran.accelerator) : named(accelerator) },
    { isAuto: threads === 'auto', text: threads === 'auto' ? ran && text.threads(ran.threads) : text.threads(threads) },
  ];
  const known = parts.flatMap(({ isAuto, text: one }) => (one ? [{ isAuto, text: one }] : []));
  if (parts.every(({ isAuto }) => isAuto)) return known.length === 0 ? text.allAuto : text.autoCameTo(known.map(({ text: one }) => one));
  return text.configuration(known, known.length < parts.length);
}

/** Why this device cannot run a configuration; null if it can, as far as one knows before trying. */
export function unavailability(configuration: Configuration, capabilities: Capabilities): string | null {
  try {
    assertAvailable(configuration, capabilities);
    return null;
  } catch (error) {
    const { title, details } = LitescopeError.from(error);
    return details === '' ? title : details;
  }
}

/** The most threads that a choice of runtime leaves open. */
export function threadLimit(runtime: RequestedConfiguration['runtime'], capabilities: Capabilities): number {
  return runtime === 'auto'
    ? Math.max(maximumThreads('litert', capabilities), maximumThreads('tfjs-tflite', capabilities), maximumThreads('tfjs-kernels', capabilities))
    : maximumThreads(runtime, capabilities);
}

/** One sentence: what was wanted and what runs instead. */
export function describeFallback(requested: RequestedConfiguration, refused: AnyConfiguration, produced: AnyConfiguration): string {
  const named = requested.runtime !== 'auto' || requested.accelerator !== 'auto';
  const [before, after] = refused.runtime === produced.runtime ? [describeConfiguration(refused), describeConfiguration(produced)] : [refused.runtime, produced.runtime];
  return named ? text.askedFor(before, after) : text.passedOver(before, after);
}

/** The reason of a refusal in one line: the most particular thing that is known. */
export function reasonOf({ title, details, place }: SerializedError): string {
  return text.reason(title, details, place ?? null);
}
