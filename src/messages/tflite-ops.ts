import { tfliteOps as english } from './en/tflite-ops';
import { messages } from './messages';

export const tfliteOps = messages('tflite-ops', english);

/** What an op's input is for. */
export type InputRole = keyof typeof english.roles;
/** Why an op had better not compute with integers. */
export type IntegerDoubt = keyof typeof english.doubts;
