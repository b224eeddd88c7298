import { inspect as english } from './en/inspect';
import { messages } from './messages';

export const inspect = messages('inspect', english);
