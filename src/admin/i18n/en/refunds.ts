/** Refunds that payee and operator carry out. */
export const refunds = {
  title: "Refunds by hand",
};
