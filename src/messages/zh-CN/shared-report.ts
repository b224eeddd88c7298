import type { sharedReport as english } from '../en/shared-report';
import type { Translation } from '../translation';

export const sharedReport: Translation<typeof english> = {
};
