/** Does on the bank's page what the shopper would: presses the button. */
export async function decide(url: string, choice: string): Promise<Response> {
  const answer = await fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: new URL(url).origin },
    body: new URLSearchParams({ decision: choice }),
  });
  // The bank leads back (303), or says "you may close this page" where no address to come back to was given.
  expect([200, 303]).toContain(answer.status);
  return answer;
}
