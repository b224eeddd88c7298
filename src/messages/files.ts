import { files as english } from './en/files';
import { messages } from './messages';

export const files = messages('files', english);
