import { charts as english } from './en/charts';
import { messages } from './messages';

export const charts = messages('charts', english);
