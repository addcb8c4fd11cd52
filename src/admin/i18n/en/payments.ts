/** The payments page: figures, charts, the table of attempts and an attempt's own page. */
export const payments = {
  title: "Payments",
};
