// Tells the scores of reports, and what costs points; fails below 95 of 100.
import { readFileSync } from "node:fs";

const LEAST = 0.95;
let short = false;
for (const file of process.argv.slice(2)) {
  const report = JSON.parse(readFileSync(file, "utf8"));
  if (report.runtimeError) throw new Error(report.runtimeError.message);
  // A door instead of the page would score well and mean nothing.
  if (new URL(report.finalDisplayedUrl).pathname !== new URL(report.requestedUrl).pathname)
    throw new Error(`${report.requestedUrl} led to ${report.finalDisplayedUrl}`);
  console.log(report.finalDisplayedUrl);
  for (const category of Object.values(report.categories)) {
    console.log(`  ${category.title}: ${category.score === null ? "not measured" : Math.round(category.score * 100)}`);
    if (category.score === null || category.score < LEAST) short = true;
    for (const { id, weight } of category.auditRefs) {
      const audit = report.audits[id];
      if (weight > 0 && audit?.score !== null && audit?.score < 0.9)
        console.log(`    ${id}: ${Math.round(audit.score * 100)} ${audit.displayValue ?? ""}`);
    }
  }
}
process.exit(short ? 1 : 0);
