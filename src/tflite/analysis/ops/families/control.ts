import { type OpGroup, unknownArithmetic } from '../description';

/** What other subgraphs do, and what lives from run to run. */
export const control = {
  CALL: {}, IF: {}, WHILE: {}, CALL_ONCE: {}, VAR_HANDLE: {}, READ_VARIABLE: {}, ASSIGN_VARIABLE: {}, STABLEHLO_WHILE: {}, STABLEHLO_COMPOSITE: {},
  STABLEHLO_CASE: {}, DELEGATE: unknownArithmetic, HASHTABLE: unknownArithmetic, HASHTABLE_FIND: unknownArithmetic,
  HASHTABLE_IMPORT: unknownArithmetic, HASHTABLE_SIZE: unknownArithmetic, STABLEHLO_CUSTOM_CALL: unknownArithmetic,
} as const satisfies OpGroup;
