import type { MadeModel } from './made-sentencepiece';

const frame = [{ text: '<unk>', type: 'unknown' }, { text: '<s>', type: 'control' }, { text: '</s>', type: 'control' }] as const;

/** Models that tests make, with sentences and the ids that Google's own library (sentencepiece 0.2.2) gave for them from the same bytes. */
export const cases: Readonly<Record<string, { readonly model: MadeModel; readonly segmentations: readonly (readonly [sentence: string, ids: readonly number[]])[] }>> = {
  unigram: {
    model: {
      pieces: [
        ...frame, { text: '<sep>', type: 'userDefined' }, { text: '▁', score: -2.5 }, { text: '▁the', score: -2 }, { text: '▁th', score: -4.5 }, { text: 'e', score: -3 }, { text: 't', score: -3.25 }, { text: 'h', score: -3.5 },
        { text: '▁film', score: -5 }, { text: 'fi', score: -4 }, { text: 'lm', score: -4.125 }, { text: 'f', score: -5.5 }, { text: 'i', score: -3.125 }, { text: 'l', score: -3.75 }, { text: 'm', score: -3.875 }, { text: 's', score: -3.0625 },
        { text: '▁was', score: -4.75 }, { text: 'was', score: -6, type: 'unused' }, { text: 'w', score: -5.25 }, { text: 'a', score: -2.75 }, { text: '电影', score: -6.5 }, { text: 'A', score: -7 },
      ],
      replacements: { '　': ' ', 'Ａ': 'A', 'ﬁ': 'fi', 'ﬁlm': 'film', '\u200b': '' },
    },
    segmentations: [
      ['the film was', [5, 4, 11, 15, 11, 12, 18]],
      [' the   films ', [5, 4, 11, 15, 11, 12, 17]],
      ['themes', [5, 11, 12, 7, 17]],
      ['电影 was 电', [4, 22, 18, 4, 0]],
      ['Ａ　ﬁlms ﬁ\u200b', [4, 23, 11, 12, 17, 4, 11]],
      ['the<sep>film', [5, 3, 11, 15, 11, 12]],
      ['xyz the', [4, 0, 5]],
      ['was wash', [18, 18, 9]],
      ['', []],
      ['<s> the', [4, 0, 17, 0, 5]],
    ],
  },
  pairs: {
    model: {
      algorithm: 2, byteFallback: true, ids: { bos: -1 },
      pieces: [
        ...frame, ...Array.from({ length: 256 }, (_, byte) => ({ text: `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`, type: 'byte' as const })),
        ...['th', '▁th', '▁the', 'in', 'ing', '▁film', 'fi', 'lm', 'film'].map((text, index) => ({ text, score: -index })), { text: 'mi', score: -9, type: 'unused' }, { text: 'mis', score: -10 },
        ...['▁', 't', 'h', 'e', 'i', 'n', 'g', 'f', 'l', 'm', 's'].map((text, index) => ({ text, score: -20 - index })), { text: '<sep>', type: 'userDefined' },
      ],
    },
    segmentations: [
      ['the thing', [261, 260, 263]],
      ['filming films', [264, 263, 264, 280]],
      ['mist mi', [270, 269, 271, 270, 279, 274]],
      ['é', [270, 198, 172]],
      ['the<sep>the', [261, 281, 259, 273]],
      ['😀', [270, 243, 162, 155, 131]],
      ['inging', [270, 263, 263]],
    ],
  },
};
