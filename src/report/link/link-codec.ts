/**
 * A report as the text of a link: `1.` and base64url of a checksum and the deflated, packed report. The version belongs to
 * this form; the report inside has its own. What a version reads, it reads for ever: a new form gets a new number.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { base64urlnopad } from '@scure/base';
import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { LitescopeError } from '../../errors';
import { report as wording } from '../../messages/report';
import { atClockResolution, leaveOut, type Detail } from '../left-out';
import { parseReport, type Report } from '../report';
import { pack, unpack, type Json } from './packing';
import { version1Words } from './version-1-words';

/** What chats, mails and browsers pass on whole. */
export const linkLimit = 8000;

/** Characters that are read at all: more than any version has written. */
const readLimit = 2 * linkLimit;
/** Bytes that a report may inflate to: what unpacking and checking so many takes is not felt, whatever they say. */
const inflatedLimit = 64 * 2 ** 10;
/** Bytes that are inflated at a time: deflate makes at most 1032 out of one. */
const inflateStep = 512;
const checksumBytes = 4;
const version = '1';
const dictionary = strToU8(version1Words);

/** From much to as little as still says what was measured. Samples go first, then the ops that take the least time. */
const details: readonly Detail[] = [
  ...[400, 200, 100, 50].map((samples) => ({ samples, ops: Infinity, opDigits: Infinity, text: Infinity })),
  { samples: 50, ops: Infinity, opDigits: 6, text: 1000 },
  { samples: 25, ops: Infinity, opDigits: 6, text: 300 },
];
const leanest: Detail = { samples: 9, ops: Infinity, opDigits: 6, text: 100 };

/**
 * The report as a link's text. What had no room is told in the `left_out` of the report that the link gives.
 * @param most characters
 * @throws LitescopeError LINK_TOO_LONG when the report does not fit however much is left out
 */
export function encodeReport(report: Report, most = linkLimit): string {
  const whole = encodeWhole(report);
  if (whole.length <= most) return whole;
  let shorter = atClockResolution(report);
  for (const detail of [null, ...details]) {
    if (detail !== null) shorter = leaveOut(shorter, detail);
    const text = encodeWhole(shorter);
    if (text.length <= most) return text;
  }
  const text = withMostOps(shorter, most) ?? withMostOps(leaveOut(shorter, leanest), most);
  if (text === null) throw new LitescopeError('LINK_TOO_LONG', wording.doesNotFit(most));
  return text;
}

/** The link with as many of the slowest ops as there is room for; null where there is none even without ops. */
function withMostOps(report: Report, most: number): string | null {
  const attempt = (ops: number) => {
    const text = encodeWhole(leaveOut(report, { ...leanest, samples: Infinity, text: Infinity, ops }));
    return text.length <= most ? text : null;
  };
  let best = attempt(0);
  let fits = 0;
  let fails = Math.max(0, ...report.results.map((result) => ('op_profile' in result ? result.op_profile?.ops.length ?? 0 : 0)));
  while (best !== null && fails - fits > 1) {
    const middle = (fits + fails) >> 1;
    const text = attempt(middle);
    if (text === null) fails = middle;
    else {
      best = text;
      fits = middle;
    }
  }
  return best;
}

function encodeWhole(report: Report): string {
  const text = strToU8(JSON.stringify(pack(report as unknown as Json)));
  // What would not be read again is not written; as far as `encodeReport` is concerned, it is too long.
  const deflated = text.length > inflatedLimit ? new Uint8Array(readLimit) : deflateSync(text, { level: 9, mem: 9, dictionary });
  const bytes = new Uint8Array(checksumBytes + deflated.length);
  bytes.set(checksum(deflated));
  bytes.set(deflated, checksumBytes);
  return `${version}.${base64urlnopad.encode(bytes)}`;
}

/**
 * The report that a link carries. Nothing is inflated before length and checksum were looked at, and never more than a report may hold.
 * @throws LitescopeError INVALID_LINK, UNKNOWN_LINK_VERSION, LINK_TOO_LONG, INVALID_REPORT
 */
export function decodeReport(text: string): Report {
  if (text.length > readLimit) throw new LitescopeError('LINK_TOO_LONG', wording.tooManyCharacters(text.length, readLimit));
  const [, made, body] = /^(\d{1,4})\.([\w-]+)$/.exec(text.trim()) ?? [];
  if (made === undefined || body === undefined) throw new LitescopeError('INVALID_LINK', wording.noLinkForm);
  if (made !== version) throw new LitescopeError('UNKNOWN_LINK_VERSION', wording.otherForm(made, version));
  const bytes = readBase64url(body);
  if (bytes.length <= checksumBytes) throw new LitescopeError('INVALID_LINK', wording.tooShort);
  const deflated = bytes.subarray(checksumBytes);
  if (!checksum(deflated).every((byte, index) => byte === bytes[index])) throw new LitescopeError('INVALID_LINK', wording.wrongChecksum);
  let json: Json;
  try {
    json = unpack(JSON.parse(strFromU8(inflate(deflated))));
  } catch (error) {
    throw LitescopeError.from(error, 'INVALID_LINK');
  }
  return parseReport(json);
}

function readBase64url(text: string): Uint8Array {
  try {
    return base64urlnopad.decode(text);
  } catch {
    throw new LitescopeError('INVALID_LINK', wording.noBase64url);
  }
}

function checksum(bytes: Uint8Array): Uint8Array {
  return sha256(bytes).subarray(0, checksumBytes);
}

function inflate(deflated: Uint8Array): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  const stream = new Inflate({ dictionary }, (chunk, final) => {
    length += chunk.length;
    if (length > inflatedLimit) throw new LitescopeError('LINK_TOO_LONG', wording.inflatesToMore(inflatedLimit));
    chunks.push(chunk);
    ended ||= final;
  });
  for (let at = 0; at < deflated.length; at += inflateStep) stream.push(deflated.subarray(at, at + inflateStep), at + inflateStep >= deflated.length);
  if (!ended) throw new LitescopeError('INVALID_LINK', wording.endsEarly);
  const text = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    text.set(chunk, at);
    at += chunk.length;
  }
  return text;
}
