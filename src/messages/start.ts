import { start as english } from './en/start';
import { messages } from './messages';

export const start = messages('start', english);
