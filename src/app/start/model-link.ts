import { acceleratorKinds, runtimeNames } from '../../engine/session/shared/attempts';
import type { RequestedConfiguration } from '../../engine/configuration/shared/configuration';
import type { ConfigurationChoice } from '../setup/configuration-choice.svelte';

/** What `?model=` asks for. A link comes from anybody, so only what is this page's own opens by itself. */
export type ModelLink =
  | { readonly kind: 'none' }
  | { readonly kind: 'gallery'; readonly id: string }
  /** A name that the gallery does not have. */
  | { readonly kind: 'unknown'; readonly name: string }
  /** Of this page's own origin. */
  | { readonly kind: 'own'; readonly url: string }
  /** Of another origin: opened only when the person says so. */
  | { readonly kind: 'foreign'; readonly url: string; readonly host: string }
  | { readonly kind: 'invalid'; readonly text: string };

/**
 * @param asked the parameter's value, null when it is missing
 * @param base the page's address
 * @param galleryIds what the gallery offers
 */
export function classifyModelLink(asked: string | null, base: string, galleryIds: readonly string[]): ModelLink {
  const text = asked?.trim() ?? '';
  if (text === '') return { kind: 'none' };
  if (galleryIds.includes(text)) return { kind: 'gallery', id: text };
  if (isName(text)) return { kind: 'unknown', name: text };
  if (!URL.canParse(text, base)) return { kind: 'invalid', text };
  const url = new URL(text, base);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { kind: 'invalid', text };
  if (url.origin === new URL(base).origin) return { kind: 'own', url: url.href };
  return { kind: 'foreign', url: url.href, host: url.host };
}

/** Files have endings and addresses more than that; what has neither is meant for a name. */
const isName = (text: string): boolean => !/[./\\:?#%&]/.test(text);

/** An address that a person typed or pasted; null for anything else. */
export function asWebAddress(text: string): string | null {
  const trimmed = text.trim();
  if (!/^https?:\/\/\S+$/i.test(trimmed) || !URL.canParse(trimmed)) return null;
  return new URL(trimmed).href;
}

const runtimes: readonly RequestedConfiguration['runtime'][] = ['auto', ...runtimeNames];
const accelerators: readonly RequestedConfiguration['accelerator'][] = ['auto', ...acceleratorKinds];

/** Takes `runtime`, `accelerator` and `threads` from an address; what is no such thing changes nothing. */
export function configureFrom(parameters: URLSearchParams, configuration: Pick<ConfigurationChoice, 'chooseRuntime' | 'chooseAccelerator' | 'chooseThreads'>): void {
  const runtime = runtimes.find((known) => known === parameters.get('runtime'));
  const accelerator = accelerators.find((known) => known === parameters.get('accelerator'));
  const threads = parameters.get('threads') ?? '';
  if (runtime !== undefined) configuration.chooseRuntime(runtime);
  if (accelerator !== undefined) configuration.chooseAccelerator(accelerator);
  if (threads === 'auto') configuration.chooseThreads('auto');
  else if (/^[1-9]\d{0,2}$/.test(threads)) configuration.chooseThreads(Number(threads));
}
