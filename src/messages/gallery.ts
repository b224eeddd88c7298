import { gallery as english } from './en/gallery';
import { messages } from './messages';

export const gallery = messages('gallery', english);
