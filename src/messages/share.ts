import { share as english } from './en/share';
import { messages } from './messages';

export const share = messages('share', english);
