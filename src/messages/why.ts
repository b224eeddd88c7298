import { why as english } from './en/why';
import { messages } from './messages';

export const why = messages('why', english);
