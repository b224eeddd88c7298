import { parts as english } from './en/parts';
import { messages } from './messages';

export const parts = messages('parts', english);
