/** Does on the bank's page what the shopper would: presses the button. */
export async function decide(url: string, choice: string): Promise<Response> {
  const answer = await fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: new URL(url).origin },
    body: new URLSearchParams({ decision: choice }),
  });
  expect(answer.status).toBe(303);
  return answer;
}
