import { wordingVariants as english } from './en/wording-variants';
import { messages } from './messages';

export const wordingVariants = messages('wording-variants', english);
