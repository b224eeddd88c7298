/** What a model was recognised as, and from what. */
export const recognition = {
  families: {
    moveNetSingle: 'MoveNet, one body',
    moveNetMulti: 'MoveNet, several bodies',
    poseNet: 'PoseNet',
    handLandmarks: 'MediaPipe hand landmarks',
    poseLandmarks: 'MediaPipe pose landmarks',
    faceMesh: 'MediaPipe face mesh',
    faceMeshWithIrises: 'MediaPipe face mesh with irises',
    attentionMesh: 'MediaPipe face mesh with attention',
    iris: 'MediaPipe iris',
  },
  /** One sentence; shapes and sizes come formatted. */
  because: {
    moveNetSingle: (shape: string) => `Its one output, ${shape}, holds y, x and score of 17 points.`,
    moveNetMulti: (shape: string) => `Its one output, ${shape}, holds 17 points, a box and a score for each body.`,
    poseNet: (rows: number, columns: number) => `It gives heat maps of 17 points and their offsets on a grid of ${rows} × ${columns}.`,
    poseNetOfSeveral: (rows: number, columns: number) => `It gives heat maps of 17 points, their offsets and the ways between joints on a grid of ${rows} × ${columns}.`,
    sizes: (sizes: string) => `Its outputs have ${sizes} values, for a square picture.`,
  },
};
