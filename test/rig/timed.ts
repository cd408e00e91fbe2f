/** Options of a test that bounds a time: what else the machine does only makes it longer, so the best of three tries counts. */
export const timed = { retry: 2 };
