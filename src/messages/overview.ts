import { overview as english } from './en/overview';
import { messages } from './messages';

export const overview = messages('overview', english);
