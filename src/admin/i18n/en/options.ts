/** The settings of providers and methods, and the region's. */
export const options = {
  title: "Payment options",
};
