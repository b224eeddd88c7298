import { vision as english } from './en/vision';
import { messages } from './messages';

export const vision = messages('vision', english);
