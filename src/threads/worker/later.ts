import type { Methods } from '../shared/methods';

/**
 * Methods whose code is fetched when the first of them is asked for: a worker is there the sooner, the less it begins with.
 * @param load gives the methods; called once
 * @returns makes of a method's name one that a worker can offer in its place
 */
export function later<M extends Methods>(load: () => Promise<M>) {
  let loading: Promise<M> | null = null;
  return <Name extends keyof M>(name: Name) => async (...asked: Parameters<M[Name]>): Promise<Awaited<ReturnType<M[Name]>>> => {
    loading ??= load();
    const method = (await loading)[name] as (...given: Parameters<M[Name]>) => ReturnType<M[Name]>;
    return await method(...asked);
  };
}
