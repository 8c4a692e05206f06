import assert from "node:assert/strict";
import { test } from "node:test";

import { nameMatches } from "../source/names.ts";
import { fromHex, vectors } from "./vectors.ts";

const CHECKS = vectors("qr/vectors.json").name_checks;

test("every name of the vectors gives the check stated", async () => {
  assert.ok(CHECKS.length > 0);
  for (const { token, name, name_check: check } of CHECKS) {
    assert.ok(await nameMatches(name, token, fromHex(check)), name);
    assert.ok(await nameMatches(` ${name}\u3000`, token.toLowerCase(), fromHex(check)), name);
    assert.ok(!(await nameMatches(`${name}某`, token, fromHex(check))), name);
  }
});
