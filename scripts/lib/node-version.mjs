/**
 * Stops with one line where Node is too old. Written in the plainest syntax: an old Node must be able to read it.
 */
const NEEDED = { major: 20, minor: 19 };

export function requireNode() {
  const major = parseInt(process.versions.node, 10);
  const minor = parseInt(process.versions.node.slice(String(major).length + 1), 10);
  if (major > NEEDED.major || (major === NEEDED.major && minor >= NEEDED.minor)) return;
  console.error(
    "tender: Node " +
      NEEDED.major +
      "." +
      NEEDED.minor +
      " or newer is needed; this is " +
      process.version +
      ".",
  );
  process.exit(1);
}
