import { inspector as english } from './en/inspector';
import { messages } from './messages';

export const inspector = messages('inspector', english);
