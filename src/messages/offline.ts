import { offline as english } from './en/offline';
import { messages } from './messages';

export const offline = messages('offline', english);
