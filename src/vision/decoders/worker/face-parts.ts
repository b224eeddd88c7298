import type { Connections } from '../../shared/types';

/** Points around an eye in the order in which the attention mesh and the iris model give them: 71 of the face's 468. */
export interface EyePoints {
  readonly lower: readonly number[];
  /** Without the corners, which `lower` has. */
  readonly upper: readonly number[];
  /** Lids, sockets and brows around it. */
  readonly around: readonly number[];
}

/** The eye to the left in a picture that is not mirrored; MediaPipe calls it the left one. */
export const leftEye: EyePoints = {
  lower: [33, 7, 163, 144, 145, 153, 154, 155, 133],
  upper: [246, 161, 160, 159, 158, 157, 173],
  around: [
    130, 25, 110, 24, 23, 22, 26, 112, 243, 247, 30, 29, 27, 28, 56, 190,
    226, 31, 228, 229, 230, 231, 232, 233, 244, 113, 225, 224, 223, 222, 221, 189,
    35, 124, 46, 53, 52, 65,
    143, 111, 117, 118, 119, 120, 121, 128, 245, 156, 70, 63, 105, 66, 107, 55, 193,
  ],
};

export const rightEye: EyePoints = {
  lower: [263, 249, 390, 373, 374, 380, 381, 382, 362],
  upper: [466, 388, 387, 386, 385, 384, 398],
  around: [
    359, 255, 339, 254, 253, 252, 256, 341, 463, 467, 260, 259, 257, 258, 286, 414,
    446, 261, 448, 449, 450, 451, 452, 453, 464, 342, 445, 444, 443, 442, 441, 413,
    265, 353, 276, 283, 282, 295,
    372, 340, 346, 347, 348, 349, 350, 357, 465, 383, 300, 293, 334, 296, 336, 285, 417,
  ],
};

/** Four rings of the lips, from the edge of the mouth's skin to its opening, each as its lower half and its upper half without corners. */
const lipRings = [
  { lower: [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291], upper: [185, 40, 39, 37, 0, 267, 269, 270, 409] },
  { lower: [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308], upper: [191, 80, 81, 82, 13, 312, 311, 310, 415] },
  { lower: [76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306], upper: [184, 74, 73, 72, 11, 302, 303, 304, 408] },
  { lower: [62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292], upper: [183, 42, 41, 38, 12, 268, 271, 272, 407] },
] as const;

/** The 80 points of the lips in the order of the attention mesh. */
export const lipPoints: readonly number[] = lipRings.flatMap(({ lower, upper }) => [...lower, ...upper]);

export const eyePoints = ({ lower, upper, around }: EyePoints): readonly number[] => [...lower, ...upper, ...around];

const oval = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];
const brows = [[46, 53, 52, 65, 55], [70, 63, 105, 66, 107], [276, 283, 282, 295, 285], [300, 293, 334, 296, 336]];

const chain = (points: readonly number[]): Connections => points.slice(1).map((point, index) => [points[index] ?? point, point] as const);
/** Joins the last point to the first too. */
const ring = (points: readonly number[]): Connections => chain([...points, ...points.slice(0, 1)]);
/** Two halves that begin at the same corner; the upper one has no corners. */
const closed = ({ lower, upper }: { readonly lower: readonly number[]; readonly upper: readonly number[] }): Connections => ring([...lower, ...[...upper].reverse()]);

/** Outlines of face, brows, eyes and lips: what a person recognises in 468 points. */
export const faceConnections: Connections = [...ring(oval), ...brows.flatMap(chain), ...[leftEye, rightEye, lipRings[0], lipRings[1]].flatMap(closed)];

/** An iris's four points around its centre, from the index of the centre. */
export const irisConnections = (centre: number): Connections => ring([centre + 1, centre + 2, centre + 3, centre + 4]);

/** The lids in the 71 points of one eye. */
export const lidConnections: Connections = closed({ lower: leftEye.lower.map((_, index) => index), upper: leftEye.upper.map((_, index) => leftEye.lower.length + index) });
