import { audio as english } from './en/audio';
import { messages } from './messages';

export const audio = messages('audio', english);
