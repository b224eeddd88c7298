import { compiler as english } from './en/compiler';
import { messages } from './messages';

export const compiler = messages('compiler', english);
