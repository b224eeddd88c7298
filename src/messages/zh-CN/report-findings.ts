import type { reportFindings as english } from '../en/report-findings';
import type { Translation } from '../translation';

export const reportFindings: Translation<typeof english> = {
};
