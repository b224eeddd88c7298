import { wording as english } from './en/wording';
import { messages } from './messages';

export const wording = messages('wording', english);
