import { openedModel as english } from './en/opened-model';
import { messages } from './messages';

export const openedModel = messages('opened-model', english);
