import { threadsView as english } from './en/threads-view';
import { messages } from './messages';

export const threadsView = messages('threads-view', english);
