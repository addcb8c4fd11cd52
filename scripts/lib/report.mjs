/** What the person at the terminal sees: steps with their seconds, and problems in one line. */

const STILL_EVERY_MS = 10_000;
const startedAt = Date.now();

/** Something the person can mend. Its message is the one line they read, so it says what to do. */
export class Problem extends Error {}

/** @param {unknown} error */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

/** @param {number} since */
function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

/** @param {string} text */
export function say(text) {
  console.log(`[${seconds(startedAt).padStart(8)}] ${text}`);
}

/**
 * Runs one step and says when it begins, that it still runs, and how long it took.
 * @template T
 * @param {string} title
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const since = Date.now();
  say(`${title} …`);
  const still = setInterval(() => say(`  still: ${title.toLowerCase()} (${seconds(since)})`), STILL_EVERY_MS);
  try {
    const result = await work();
    if (Date.now() - since > 1000) say(`  done in ${seconds(since)}`);
    return result;
  } finally {
    clearInterval(still);
  }
}
