//! `breezeway peer doctor`: what is wrong with a site, step by step.

use anyhow::bail;

use crate::federation::doctor::{Report, Verdict, examine};
use crate::platform::services::Services;

/// Looks a site over and prints what was found. Fails if a step did.
pub async fn run(services: &Services, place: &str, json: bool) -> anyhow::Result<()> {
    let report = examine(services, place).await?;
    if json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print(&report);
    }
    let failed: Vec<&str> = report.failed().map(|step| step.name).collect();
    if failed.is_empty() {
        return Ok(());
    }
    bail!("{} does not work: {}", report.host, failed.join(", "))
}

fn print(report: &Report) {
    println!("{} at {}", report.host, report.url);
    for step in &report.steps {
        println!("{:<5} {:<13} {}", step.verdict.word(), step.name, step.found);
        if let Some(mend) = step.mend.as_ref().filter(|_| step.verdict != Verdict::Ok) {
            for line in mend.lines() {
                println!("{:<19}> {line}", "");
            }
        }
    }
}
