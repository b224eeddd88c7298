import { op, type Code } from '../../../compiler/emit/assembler';

export const vectorBytes = 16;

/** Runs a body as often as a local says, once at least; the local is 0 afterwards. */
export const loop = (turns: number, ...body: Code[]): Code => op.loop(...body, op.get(turns), op.i32Const(1), op.i32Subtract, op.tee(turns));

/** Puts all of some locals together, so that no engine may leave one out. */
export const total = (locals: readonly number[], together: Code): Code => locals.flatMap((local, index) => [...op.get(local), ...(index === 0 ? [] : together)]);
