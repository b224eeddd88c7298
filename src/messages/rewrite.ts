import { rewrite as english } from './en/rewrite';
import { messages } from './messages';

export const rewrite = messages('rewrite', english);
