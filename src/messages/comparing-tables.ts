import { comparingTables as english } from './en/comparing-tables';
import { messages } from './messages';

export const comparingTables = messages('comparing-tables', english);
