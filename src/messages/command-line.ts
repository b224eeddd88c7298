import { commandLine as english } from './en/command-line';
import { messages } from './messages';

export const commandLine = messages('command-line', english);
