import { quantize as english } from './en/quantize';
import { messages } from './messages';

export const quantize = messages('quantize', english);
