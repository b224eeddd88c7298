/** Types only: how a worker's methods are written, and what they are called through. */

/** What a method is told of the call that it serves. */
export interface Call<Progress = never> {
  /** Tells the caller how far the work is. Nothing is awaited: what the caller does with it holds up no work. */
  readonly report: (progress: Progress) => void;
  /** Aborted when the caller cancels. A worker hears of it between two turns of its event loop only. */
  readonly signal: AbortSignal;
  /** Gives the event loop a turn and says whether the caller has cancelled meanwhile; for work in a loop. */
  readonly interrupted: () => Promise<boolean>;
}

/**
 * A worker's methods: each takes one request, told about its call, and gives an answer or throws. Written once, as an
 * object of functions; the page calls them through the object's type.
 */
export type Methods = Readonly<Record<string, (request: never, call: never) => unknown>>;

type ProgressOf<Method extends Methods[string]> = Parameters<Method> extends readonly [unknown, Call<infer Progress>] ? Progress : never;

type RequestOf<Method extends Methods[string]> = Parameters<Method> extends readonly [infer Request, ...unknown[]] ? Request : undefined;

export interface CallOptions<Progress = never> {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Milliseconds without progress after which the worker counts as hung; 0 for never. */
  readonly watchdog_ms?: number | undefined;
}

type Remote<Method extends Methods[string]> = undefined extends RequestOf<Method>
  ? (request?: RequestOf<Method>, options?: CallOptions<ProgressOf<Method>>) => Promise<Awaited<ReturnType<Method>>>
  : (request: RequestOf<Method>, options?: CallOptions<ProgressOf<Method>>) => Promise<Awaited<ReturnType<Method>>>;

/** The methods as the other thread calls them. Requests are copied, except for what `transfer` of comlink marks as moved. */
export type RemoteMethods<M extends Methods> = { readonly [Name in keyof M]: Remote<M[Name]> };
