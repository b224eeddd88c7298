import { sharedReport as english } from './en/shared-report';
import { messages } from './messages';

export const sharedReport = messages('shared-report', english);
