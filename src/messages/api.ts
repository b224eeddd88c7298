import { api as english } from './en/api';
import { messages } from './messages';

export const api = messages('api', english);
