import { engine as english } from './en/engine';
import { messages } from './messages';

export const engine = messages('engine', english);
