/** What the demo store sells: plain things, a price for each currency it takes. */

export const CURRENCIES = ["eur", "usd", "jpy"] as const;
export const COUNTRIES = ["de", "fr", "nl", "it", "es", "at", "be"] as const;

type Prices = Record<(typeof CURRENCIES)[number], number>;

interface DemoProduct {
  handle: string;
  title: string;
  description: string;
  sku: string;
  prices: Prices;
}

export const PRODUCTS: DemoProduct[] = [
  {
    handle: "demo-tea",
    title: "Mint tea",
    description: "A tin of loose mint tea, 100 g.",
    sku: "DEMO-TEA",
    prices: { eur: 9.5, usd: 10.5, jpy: 1500 },
  },
  {
    handle: "demo-mug",
    title: "Stoneware mug",
    description: "Glazed by hand, holds 350 ml.",
    sku: "DEMO-MUG",
    prices: { eur: 18, usd: 20, jpy: 2900 },
  },
  {
    handle: "demo-teapot",
    title: "Teapot",
    description: "Cast iron, with a strainer, 0.8 l.",
    sku: "DEMO-TEAPOT",
    prices: { eur: 64.9, usd: 69.9, jpy: 10400 },
  },
  {
    handle: "demo-blanket",
    title: "Wool blanket",
    description: "Merino wool, 130 by 180 cm.",
    sku: "DEMO-BLANKET",
    prices: { eur: 129, usd: 139, jpy: 20600 },
  },
];

export const SHIPPING = [
  {
    name: "Standard shipping",
    code: "standard",
    description: "Three to five days.",
    prices: { eur: 4.9, usd: 5.5, jpy: 800 },
  },
  {
    name: "Express shipping",
    code: "express",
    description: "The next working day.",
    prices: { eur: 12, usd: 13, jpy: 1900 },
  },
] satisfies { name: string; code: string; description: string; prices: Prices }[];

/** As Medusa's workflows take them. */
export function priceList(prices: Prices) {
  return CURRENCIES.map((currency_code) => ({ currency_code, amount: prices[currency_code] }));
}
