/** What a model was recognised as, and from what. */
export const recognition = {
  families: {},
};
