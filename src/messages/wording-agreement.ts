import { wordingAgreement as english } from './en/wording-agreement';
import { messages } from './messages';

export const wordingAgreement = messages('wording-agreement', english);
