import { golden as english } from './en/golden';
import { messages } from './messages';

export const golden = messages('golden', english);
