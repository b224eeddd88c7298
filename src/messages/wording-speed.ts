import { wordingSpeed as english } from './en/wording-speed';
import { messages } from './messages';

export const wordingSpeed = messages('wording-speed', english);
