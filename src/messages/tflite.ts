import { tflite as english } from './en/tflite';
import { messages } from './messages';

export const tflite = messages('tflite', english);
