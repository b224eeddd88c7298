import { result as english } from './en/result';
import { messages } from './messages';

export const result = messages('result', english);
