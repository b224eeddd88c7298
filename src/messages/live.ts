import { live as english } from './en/live';
import { messages } from './messages';

export const live = messages('live', english);
