import type { Page } from "playwright-core";

/** Has the page note what its policy refuses from now on. */
export async function watchPolicy(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const refused: string[] = [];
    Object.assign(window, { refusedByPolicy: refused });
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      refused.push(`${violatedDirective} ${blockedURI}`),
    );
  });
}

export function policyRefusals(page: Page): Promise<string[]> {
  return page.evaluate(() => Reflect.get(window, "refusedByPolicy") as string[]);
}
