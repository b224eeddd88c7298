import { tensor as english } from './en/tensor';
import { messages } from './messages';

export const tensor = messages('tensor', english);
