import js from "@eslint/js";
import tseslint from "typescript-eslint";

/**
 * Node's globals that the plain scripts use; TypeScript files are checked by the compiler instead.
 * @type {Record<string, "readonly" | "writable">}
 */
const SCRIPT_GLOBALS = {
  console: "readonly",
  process: "readonly",
  Buffer: "readonly",
  URL: "readonly",
  AbortSignal: "readonly",
  fetch: "readonly",
  setTimeout: "readonly",
  clearTimeout: "readonly",
  setInterval: "readonly",
  clearInterval: "readonly",
  require: "readonly",
  module: "writable",
  __dirname: "readonly",
};

export default tseslint.config(
  {
    ignores: [
      ".medusa/**",
      ".tender/**",
      "coverage/**",
      "public/**",
      "src/checkout/dist/**",
      "**/migrations/**",
    ],
  },
  js.configs.recommended,
  {
    files: ["**/*.{mjs,cjs,js}"],
    languageOptions: { globals: SCRIPT_GLOBALS },
  },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [...tseslint.configs.recommended],
    languageOptions: {
      parserOptions: { project: "./tsconfig.check.json", tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      // Event handlers may be async, and query builders, which are thenable, are answered to callbacks.
      "@typescript-eslint/no-misused-promises": [
        "error",
        { checksVoidReturn: { attributes: false, arguments: false } },
      ],
      // Medusa's generated services hand their constructor's arguments on untyped.
      "prefer-rest-params": "off",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  {
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-empty": ["error", { allowEmptyCatch: false }],
    },
  },
  {
    // A shop's log is Medusa's logger; the sandbox bank's command line is the only thing that prints.
    files: ["src/**"],
    ignores: ["src/providers/sandbox/bank/main.ts"],
    rules: { "no-console": "error" },
  },
);
