import { numbers as english } from './en/numbers';
import { messages } from './messages';

export const numbers = messages('numbers', english);
