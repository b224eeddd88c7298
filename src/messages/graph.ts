import { graph as english } from './en/graph';
import { messages } from './messages';

export const graph = messages('graph', english);
