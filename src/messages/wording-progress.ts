import { wordingProgress as english } from './en/wording-progress';
import { messages } from './messages';

export const wordingProgress = messages('wording-progress', english);
