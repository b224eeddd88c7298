import { speed as english } from './en/speed';
import { messages } from './messages';

export const speed = messages('speed', english);
