import { variants as english } from './en/variants';
import { messages } from './messages';

export const variants = messages('variants', english);
