import { frame as english } from './en/frame';
import { messages } from './messages';

export const frame = messages('frame', english);
