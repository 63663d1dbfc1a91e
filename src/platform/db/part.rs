//! Parts of a transaction that can be taken back while the rest goes on.

use super::conn::{Sql, Tx};
use crate::base::Result;

/// Where a transaction stood.
#[derive(Debug)]
pub struct Mark {
    changes: u64,
    gathered: Vec<usize>,
    after: usize,
    woken: bool,
}

impl Tx {
    /// Where it stands now.
    pub fn mark(&self) -> Mark {
        Mark {
            changes: self.conn.changes,
            gathered: self.gathered.iter().map(|(_, rows)| rows.len()).collect(),
            after: self.after.len(),
            woken: self.woken,
        }
    }

    /// Forgets what was gathered and put off until the commit since `mark`. `false` if rows were changed meanwhile,
    /// or may have been: then only a rollback takes back what was done.
    pub fn forget_since(&mut self, mark: &Mark) -> bool {
        self.gathered.truncate(mark.gathered.len());
        for ((_, rows), length) in self.gathered.iter_mut().zip(&mark.gathered) {
            rows.truncate(*length);
        }
        self.after.truncate(mark.after);
        self.woken = mark.woken;
        self.conn.changes == mark.changes
    }

    /// Begins a part that can be rolled back alone. One at a time.
    ///
    /// # Errors
    /// As the database.
    pub async fn begin_part(&mut self) -> Result<()> {
        self.conn.execute(Sql::literal("SAVEPOINT part"), Vec::new()).await.map(drop)
    }

    /// The part is done and stays.
    ///
    /// # Errors
    /// As the database.
    pub async fn keep_part(&mut self) -> Result<()> {
        self.conn.execute(Sql::literal("RELEASE SAVEPOINT part"), Vec::new()).await.map(drop)
    }

    /// Rolls back what was written since [`Tx::begin_part`], also after a statement that failed.
    ///
    /// # Errors
    /// As the database.
    pub async fn roll_part_back(&mut self, mark: &Mark) -> Result<()> {
        self.conn.execute(Sql::literal("ROLLBACK TO SAVEPOINT part"), Vec::new()).await?;
        self.keep_part().await?;
        self.forget_since(mark);
        Ok(())
    }
}
