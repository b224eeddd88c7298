import { rows as english } from './en/rows';
import { messages } from './messages';

export const rows = messages('rows', english);
