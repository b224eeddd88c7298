import { benchmark as english } from './en/benchmark';
import { messages } from './messages';

export const benchmark = messages('benchmark', english);
