import { threads as english } from './en/threads';
import { messages } from './messages';

export const threads = messages('threads', english);
