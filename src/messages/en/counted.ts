import { formatCount } from '../format';

/** `1 tensor`, `2 tensors`: for English sentences alone. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
