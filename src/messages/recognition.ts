import { recognition as english } from './en/recognition';
import { messages } from './messages';

export const recognition = messages('recognition', english);
