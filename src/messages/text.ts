import { text as english } from './en/text';
import { messages } from './messages';

export const text = messages('text', english);
