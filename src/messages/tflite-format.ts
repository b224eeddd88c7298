import { tfliteFormat as english } from './en/tflite-format';
import { messages } from './messages';

export const tfliteFormat = messages('tflite-format', english);
