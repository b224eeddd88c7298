import { runs as english } from './en/runs';
import { messages } from './messages';

export const runs = messages('runs', english);
