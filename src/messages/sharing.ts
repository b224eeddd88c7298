import { sharing as english } from './en/sharing';
import { messages } from './messages';

export const sharing = messages('sharing', english);
