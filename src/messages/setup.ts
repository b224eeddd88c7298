import { setup as english } from './en/setup';
import { messages } from './messages';

export const setup = messages('setup', english);
