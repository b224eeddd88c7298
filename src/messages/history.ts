import { history as english } from './en/history';
import { messages } from './messages';

export const history = messages('history', english);
