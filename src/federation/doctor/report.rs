//! What a look at a site found.

use serde::Serialize;

/// All steps, in the order in which they are taken.
const STEPS: [&str; 16] = [
    "standing",
    "name",
    "address",
    "connection",
    "certificate",
    "answer",
    "clock",
    "nodeinfo",
    "webfinger",
    "actor",
    "keys",
    "signed fetch",
    "peering",
    "inbox",
    "delete",
    "signatures",
];

/// The last one, which is about this site.
const QUEUE: &str = "queue";

/// What a look at a site found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// With port, if it is not the scheme's own.
    pub host: String,
    /// Where it was asked.
    pub url: String,
    /// In order.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// As in `certificate`.
    pub name: &'static str,
    /// How it went.
    pub verdict: Verdict,
    /// What was found, in words.
    pub found: String,
    /// What to mend, if there is something to mend.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mend: Option<String>,
}

/// How a step went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// As it should be.
    Ok,
    /// Works, or may work, but somebody should look at it.
    Warn,
    /// Does not work.
    Fail,
    /// Not looked at.
    Skipped,
}

impl Verdict {
    /// As it is printed.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fail => "FAIL",
            Self::Skipped => "skip",
        }
    }
}

impl Report {
    pub(super) fn new(host: &str, url: &str) -> Self {
        Self { host: host.to_owned(), url: url.to_owned(), steps: Vec::new() }
    }

    /// The steps that failed.
    pub fn failed(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.verdict == Verdict::Fail)
    }

    /// Whether that step went well.
    pub(super) fn is_ok(&self, name: &str) -> bool {
        self.steps.iter().any(|step| step.name == name && step.verdict == Verdict::Ok)
    }

    pub(super) fn ok(&mut self, name: &'static str, found: &str) {
        self.add(name, Verdict::Ok, found, None);
    }

    pub(super) fn warn(&mut self, name: &'static str, found: &str, mend: &str) {
        self.add(name, Verdict::Warn, found, Some(mend));
    }

    pub(super) fn fail(&mut self, name: &'static str, found: &str, mend: &str) {
        self.add(name, Verdict::Fail, found, Some(mend));
    }

    pub(super) fn skip(&mut self, name: &'static str, why: &str) {
        self.add(name, Verdict::Skipped, why, None);
    }

    fn add(&mut self, name: &'static str, verdict: Verdict, found: &str, mend: Option<&str>) {
        let found = crate::base::text::clean_line(found, 400);
        self.steps.push(Step { name, verdict, found, mend: mend.map(str::to_owned) });
    }

    /// In order, and with a word about what was not reached.
    pub(super) fn finished(mut self) -> Self {
        let culprit = self.failed().last().map(|step| step.name);
        let why = culprit.map_or_else(
            || "not needed".to_owned(),
            |name| format!("not looked at, since \"{name}\" failed"),
        );
        for name in STEPS {
            if !self.steps.iter().any(|step| step.name == name) {
                self.skip(name, &why);
            }
        }
        let place = |step: &Step| STEPS.iter().position(|name| *name == step.name).unwrap_or(STEPS.len());
        self.steps.sort_by_key(place);
        debug_assert!(self.steps.last().is_some_and(|step| step.name == QUEUE));
        self
    }
}
