/** Families that the gallery has no model of, by models of their form: recognised by themselves and decoded to what is in the picture. */
import type { Page } from '@playwright/test';
import { openPage } from './support/engine';
import { drawnPicture } from './support/drawn-picture';
import { expect, test } from './support/fixtures';
import { centreModel, depthModel, enlargingModel, yoloOrientedModel, yoloPoseModel, yoloSegmentationModel } from './support/made-families';

/** What a model is taken for, and what is decoded of a picture; lists of numbers as plain ones. */
async function recognised(page: Page, model: Uint8Array, picture: Uint8Array) {
  return page.evaluate(async ({ modelBytes, pictureBytes }) => {
    const { id, summary } = await window.litescope.open(new Blob([Uint8Array.from(modelBytes)]));
    const { decoded, decodeError, recognised: found } = await window.litescope.run(
      id, {}, { [summary.signatures[0]?.inputs[0]?.name ?? '']: { kind: 'image', image: new Blob([Uint8Array.from(pictureBytes)]) } }, { decoder: 'auto' },
    );
    window.litescope.close(id);
    const plain = decoded === null ? null : Object.fromEntries(Object.entries(decoded).map(([name, value]) => [name, ArrayBuffer.isView(value) ? [...(value as Uint8Array)] : value]));
    return { name: found?.name, decoded: plain, decodeError };
  }, { modelBytes: [...model], pictureBytes: [...picture] });
}

/** Letterboxed into 64 × 64 at half size, below 16 rows of black: red cell 3, 3 and blue cell 6, 5 of the finest grid; green takes the right half of the red one. */
const things = drawnPicture(128, 64, [
  { colour: [255, 0, 0], x: 48, y: 16, width: 16, height: 16 }, { colour: [255, 255, 0], x: 56, y: 16, width: 8, height: 16 }, { colour: [0, 0, 230], x: 96, y: 48, width: 16, height: 16 },
]);
const redBox = { x: 48, y: 16, width: 16, height: 16 };
const blueBox = { x: 96, y: 48, width: 16, height: 16 };
const blueScore = 230 / 255 - 0.25;

test('models of the YOLO family’s other tasks give masks, bodies and oriented boxes', async ({ page }) => {
  await openPage(page);
  const masked = await recognised(page, yoloSegmentationModel(), things);
  expect(masked.name).toBe('YOLO11n instance segmentation');
  expect(masked.decoded).toMatchObject({
    kind: 'instances', width: 16, height: 16,
    detections: [{ box: redBox, label: 'red thing', score: expect.closeTo(0.75, 5) }, { box: blueBox, label: 'blue thing', score: expect.closeTo(blueScore, 5) }],
  });
  const owned = (masked.decoded?.['ids'] as number[]).flatMap((id, at) => (id === 0 ? [] : [[id, at % 16, Math.floor(at / 16)]]));
  // Of the red box the left half alone, of the blue one all.
  expect(owned).toEqual([[1, 6, 6], [1, 6, 7], [2, 12, 10], [2, 13, 10], [2, 12, 11], [2, 13, 11]]);

  const bodies = await recognised(page, yoloPoseModel(), things);
  expect(bodies.name).toBe('YOLO11n pose');
  const points = Array.from({ length: 17 }, (_, point): unknown => ({ x: expect.closeTo(56 + point, 3), y: expect.closeTo(24, 3), visibility: 0.75 }));
  expect(bodies.decoded).toMatchObject({ kind: 'skeletons', skeletons: [{ box: redBox, score: expect.closeTo(0.75, 5), points }] });

  const turned = await recognised(page, yoloOrientedModel(), things);
  expect(turned.name).toBe('YOLO11n oriented boxes');
  expect(turned.decoded).toMatchObject({ kind: 'detections', detections: [{ box: redBox, angle: expect.closeTo(0.5, 6), label: 'red thing' }, { box: blueBox, angle: expect.closeTo(0.5, 6), label: 'blue thing' }] });
});

test('CenterNet, depth and super resolution are known by form and name', async ({ page }) => {
  await openPage(page);
  const spots = drawnPicture(128, 64, [{ colour: [255, 0, 0], x: 48, y: 16, width: 8, height: 8 }, { colour: [0, 0, 204], x: 96, y: 48, width: 8, height: 8 }]);
  const centres = await recognised(page, centreModel(), spots);
  expect(centres.decoded).toMatchObject({
    kind: 'detections',
    detections: [{ box: { x: 44, y: 12, width: 16, height: 16 }, score: expect.closeTo(1, 5) }, { box: { x: 92, y: 44, width: 16, height: 16 }, score: expect.closeTo(0.8, 5) }],
  });

  const ramp = drawnPicture(16, 16, Array.from({ length: 16 }, (_, x) => ({ colour: [17 * x, 0, 255], x, y: 0, width: 1, height: 16 })));
  const depth = await recognised(page, depthModel(), ramp);
  expect(depth.decoded).toMatchObject({ kind: 'depth', width: 16, height: 16 });
  expect((depth.decoded?.['nearness'] as number[]).slice(0, 16)).toEqual(Array.from({ length: 16 }, (_, x) => 17 * x));

  const tiles = drawnPicture(8, 8, [{ colour: [255, 128, 0], x: 2, y: 5, width: 1, height: 1 }]);
  const larger = await recognised(page, enlargingModel(), tiles);
  expect(larger.decoded).toMatchObject({ kind: 'picture', width: 16, height: 16, enlarged: 2 });
  const lit = (larger.decoded?.['pixels'] as number[]).flatMap((value, at, all) => (at % 4 === 0 && value > 0 ? [[(at / 4) % 16, Math.floor(at / 64), value, all[at + 1], all[at + 2]]] : []));
  expect(lit).toEqual([[4, 10, 255, 128, 0], [5, 10, 255, 128, 0], [4, 11, 255, 128, 0], [5, 11, 255, 128, 0]]);
});
