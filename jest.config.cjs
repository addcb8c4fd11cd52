/**
 * Two kinds of tests: `unit` beside the code in src/, and `integration` against real parts (Postgres, Medusa,
 * the sandbox bank, Chromium). `npm test` prepares those parts; jest alone runs the unit tests.
 */
const transform = {
  "^.+\\.[cm]?[jt]sx?$": [
    "@swc/jest",
    {
      jsc: {
        target: "es2022",
        parser: { syntax: "typescript", tsx: true, decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true, react: { runtime: "automatic" } },
      },
      module: { type: "commonjs" },
      sourceMaps: "inline",
    },
  ],
};

const common = {
  rootDir: __dirname,
  testEnvironment: "node",
  transform,
  // Packages and build output hold copies of our own files, which must not be taken for sources.
  modulePathIgnorePatterns: ["<rootDir>/.medusa/", "<rootDir>/.tender/", "<rootDir>/public/"],
};

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    {
      ...common,
      displayName: "unit",
      testMatch: ["<rootDir>/src/**/__tests__/**/*.spec.{ts,tsx}"],
    },
    {
      ...common,
      displayName: "integration",
      testMatch: ["<rootDir>/integration-tests/**/*.spec.{ts,tsx}"],
      setupFiles: ["<rootDir>/scripts/lib/jest-integration-setup.cjs"],
    },
  ],
  testTimeout: 180_000,
  // Every file that boots Medusa leaves something of it behind: a worker that has gathered much starts anew.
  workerIdleMemoryLimit: "1GB",
};
