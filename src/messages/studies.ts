import { studies as english } from './en/studies';
import { messages } from './messages';

export const studies = messages('studies', english);
