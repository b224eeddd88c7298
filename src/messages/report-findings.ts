import { reportFindings as english } from './en/report-findings';
import { messages } from './messages';

export const reportFindings = messages('report-findings', english);
