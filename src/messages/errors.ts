import { errors as english } from './en/errors';
import { messages } from './messages';

export const errors = messages('errors', english);

export type ErrorCode = keyof typeof english;

/** All codes, for documentation and tests. */
export const errorCodes = Object.keys(english) as ErrorCode[];
