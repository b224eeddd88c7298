import { tflitePlaces as english } from './en/tflite-places';
import { messages } from './messages';

export const tflitePlaces = messages('tflite-places', english);
