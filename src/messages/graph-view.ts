import { graphView as english } from './en/graph-view';
import { messages } from './messages';

export const graphView = messages('graph-view', english);
