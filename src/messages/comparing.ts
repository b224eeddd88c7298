import { comparing as english } from './en/comparing';
import { messages } from './messages';

export const comparing = messages('comparing', english);
