import { crossCheck as english } from './en/cross-check';
import { messages } from './messages';

export const crossCheck = messages('cross-check', english);
