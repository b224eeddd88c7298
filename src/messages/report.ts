import { report as english } from './en/report';
import { messages } from './messages';

export const report = messages('report', english);
