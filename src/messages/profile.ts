import { profile as english } from './en/profile';
import { messages } from './messages';

export const profile = messages('profile', english);
